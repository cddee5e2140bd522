import type { Placeholder, PromptMessage, Role } from '../../document.ts';
import { type ContentMap, contentMap } from '../../parse/contentMap.ts';
import type { Issue } from '../../parse/issue.ts';
import { parseJsonTree } from '../../parse/jsonTree.ts';
import type { ListNode, MapNode, PositionedNode, ScalarNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import { DIALECTS } from '../../template/dialects.ts';
import type { TemplateBlock } from '../../template/nodes.ts';
import { referencesOf } from '../../template/references.ts';
import type { Range } from '../../text/range.ts';
import { treeOf } from './included.ts';

/** One prompt's text, and where each part of it stands in the config. */
export interface PromptSource {
  readonly text: string;
  /** The place in the config of a part of the text: for text of another file the place that names that. */
  readonly place: (part: Range) => Range;
  /** The place that stands for all of it, where that is not the place of its two ends. */
  readonly whole?: Range;
  /** The file that it is from, for messages. */
  readonly file?: string;
}

/** The place of a text as a whole. */
export function wholeOf({ text, place, whole }: PromptSource): Range {
  return whole ?? place({ start: 0, end: text.length });
}

/** What is sent of a prompt. */
export interface ReadPrompt {
  /** Empty where it cannot be sent: an issue says why. */
  readonly messages: readonly PromptMessage[];
  readonly blocks: readonly TemplateBlock[];
  readonly issues: readonly Issue[];
}

/** The text of a scalar of the config. */
export function scalarSource(config: string, node: ScalarNode): PromptSource {
  let map: ContentMap | undefined;
  return {
    text: String(node.value),
    place: (part) => {
      map ??= contentMap(config, node);
      return map.fileRange(part);
    },
  };
}

/** The text of another file, or a part of it. */
export function fileSource(text: string, file: string, range: Range): PromptSource {
  return { text, place: () => range, file };
}

/**
 * A prompt as it is sent: a list of messages where the text is one in JSON or YAML, else one message of the user. The list is read
 * before values are put into its texts, so that no value can end a text or add a message.
 */
export function readPrompt(source: PromptSource, chat: 'maybe' | 'yaml'): ReadPrompt {
  const issues: Issue[] = [];
  const blocks: TemplateBlock[] = [];
  const list = chatOf(source, chat, issues);
  if (list === 'broken') return { messages: [], blocks, issues };
  const messages = list
    ? chatMessages(list, source, blocks, issues)
    : [messageOf('user', wholeOf(source), { text: source.text, place: source.place, range: wholeOf(source) }, blocks, issues)];
  return {
    messages: messages ?? [],
    blocks,
    issues: source.file === undefined ? issues : issues.map((issue) => within(issue, source.file)),
  };
}

/** Whether the text is a list of messages, sound or not. */
export function holdsMessages(source: PromptSource, chat: 'maybe' | 'yaml'): boolean {
  return chatOf(source, chat, []) !== undefined;
}

function within(issue: Issue, file: string | undefined): Issue {
  const { data: _data, ...rest } = issue; // what a fix would change stands in the other file
  return { ...rest, message: `${file}: ${issue.message}` };
}

/** The list of messages that the text is; undefined where it is none. */
function chatOf(source: PromptSource, chat: 'maybe' | 'yaml', issues: Issue[]): ListNode | 'broken' | undefined {
  const { text, place, file } = source;
  const trimmed = text.trimStart();
  if (trimmed.startsWith('[')) {
    const read = parseJsonTree(text);
    if (read.ok) return isChat(read.node) ? read.node : undefined;
    if (!/["']?role["']?\s*:/.test(text)) return undefined;
    issues.push({
      code: 'template.unsupported-construct',
      message: `This list of messages is no JSON before its values are put in (${read.message}). A tag within a text is fine; a tag around texts or messages is not interpreted here, for a value could add messages.`,
      range: place({ start: read.at, end: Math.min(read.at + 1, text.length) }),
    });
    return 'broken';
  }
  if (chat !== 'yaml' && !/^- (?:role|content):/.test(trimmed)) return undefined;
  const found: Issue[] = [];
  const tree = treeOf(text, file ?? 'prompt', wholeOf(source), found);
  if (tree && isChat(tree)) return tree;
  if (chat !== 'yaml' || tree?.kind === 'scalar' || found.length === 0) return undefined;
  issues.push(...found);
  return 'broken';
}

function isChat(node: PositionedNode): node is ListNode {
  return node.kind === 'list' && node.items.length > 0 && node.items.every((item) => item.kind === 'map' && entryOf(item, 'role'));
}

/** Roles of the APIs as ours. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
]);

function chatMessages(
  list: ListNode,
  source: PromptSource,
  blocks: TemplateBlock[],
  issues: Issue[],
): readonly PromptMessage[] | undefined {
  const messages: PromptMessage[] = [];
  // a list in YAML has no places of its own: all of it is where the prompt is
  const inText = source.file === undefined && source.text.trimStart().startsWith('[');
  const at = (node: PositionedNode): Range => (inText ? source.place(node.range) : wholeOf(source));
  for (const item of list.items) {
    if (item.kind !== 'map') continue;
    const role = entryOf(item, 'role')?.value;
    const word = role?.kind === 'scalar' ? String(role.value) : '';
    const own = ROLES.get(word);
    const refuse = (what: string): undefined => {
      issues.push({ code: 'schema.unsupported-value', message: `${what} It cannot be sent from here.`, range: at(role ?? item) });
      return undefined;
    };
    if (!own) return refuse(/\{[{%]/.test(word) ? 'The role of this message is a value.' : `A message has the role \`${word}\`.`);
    const texts = contentOf(item);
    if (!texts) return refuse('The content of a message is no text: pictures, sound and calls are not sent.');
    const parts = texts.map((node) => partOf(node, source, inText, at));
    const content = parts.map(({ text }) => text).join('');
    const [first] = parts;
    const one = parts.length === 1 && first ? first : { text: content, place: () => at(item), range: at(item) };
    messages.push(messageOf(own, at(role ?? item), one, blocks, issues));
  }
  return messages;
}

/** The texts of a message: one, or the parts of a list that are text. Undefined where something else is among them. */
function contentOf(item: MapNode): readonly ScalarNode[] | undefined {
  if (entryOf(item, 'tool_calls') || entryOf(item, 'function_call')) return undefined;
  const content = entryOf(item, 'content')?.value;
  if (content?.kind === 'scalar') return [content];
  if (content?.kind !== 'list') return undefined;
  const parts = content.items.map((part) => {
    if (part.kind === 'scalar') return part;
    const type = part.kind === 'map' ? entryOf(part, 'type')?.value : undefined;
    const text = part.kind === 'map' ? entryOf(part, 'text')?.value : undefined;
    const isText = type === undefined || (type.kind === 'scalar' && (type.value === 'text' || type.value === 'input_text'));
    return isText && text?.kind === 'scalar' ? text : undefined;
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

interface TextPart {
  readonly text: string;
  readonly place: (part: Range) => Range;
  readonly range: Range;
}

function partOf(node: ScalarNode, source: PromptSource, inText: boolean, at: (node: PositionedNode) => Range): TextPart {
  const text = node.value === null ? '' : typeof node.value === 'string' ? node.value : String(toJson(node));
  if (!inText) return { text, place: () => at(node), range: at(node) };
  let map: ContentMap | undefined;
  const place = (part: Range): Range => {
    map ??= contentMap(source.text, node);
    return source.place(map.fileRange(part));
  };
  return { text, place, range: at(node) };
}

function messageOf(
  role: Role,
  roleRange: Range,
  { text, place, range }: TextPart,
  blocks: TemplateBlock[],
  issues: Issue[],
): PromptMessage {
  const { parse, names } = DIALECTS.nunjucks;
  const parsed = parse({ text, start: 0, end: text.length });
  issues.push(...parsed.issues.map((issue) => ({ ...issue, range: place(issue.range) })));
  for (const { name, open, close } of parsed.blocks) blocks.push({ name, open: place(open), close: close && place(close) });
  const placeholders = referencesOf(parsed.nodes, names).variables.map(
    ({ name, nameRange, range: inContent, use, conditional, uncertain }): Placeholder => ({
      name,
      range: place(inContent),
      nameRange: place(nameRange),
      inContent,
      ...(use === 'value' ? {} : { use }),
      ...(conditional ? { conditional } : {}),
      ...(uncertain ? { uncertain } : {}),
    }),
  );
  return { role: { value: role, range: roleRange }, content: { value: text, range }, range, placeholders };
}
