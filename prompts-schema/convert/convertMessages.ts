import type { JsonObject } from '../../safety/index.ts';
import { ownValue } from '../../safety/index.ts';
import type { PromptDocument, Role } from '../document.ts';
import { DIALECTS } from '../template/dialects.ts';
import { scanPlaceholders } from '../template/github/scan.ts';
import { withoutBlankEnds } from '../template/messages.ts';
import type { AssignNode, OutputNode, TemplateNode } from '../template/nodes.ts';
import { type Partials, partialReader } from '../template/partials.ts';
import { referencesOf } from '../template/references.ts';
import { valueText } from '../template/values.ts';
import type { ConversionNote } from './converted.ts';
import { Holes } from './holes.ts';
import { messageRuns } from './messageRuns.ts';

/** The messages of a prompt with `{{name}}` as their only tag. */
export interface ConvertedMessages {
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  /** Names that stand in them and that the prompt knew before. */
  readonly kept: ReadonlySet<string>;
  /** Names that only the native form has. */
  readonly added: readonly string[];
  /** Names that the template read in other ways only. */
  readonly gone: ReadonlySet<string>;
  /** Whether every case says what the messages want as it is. */
  readonly sameCases: boolean;
  /** The variables of a case in the native form. */
  readonly variablesOf: (variables: JsonObject) => JsonObject;
  readonly notes: readonly ConversionNote[];
}

/** Converts the template; throws NotConvertible where that cannot be done. */
export function convertMessages(document: PromptDocument, partials: Partials | undefined): ConvertedMessages {
  const partial = partialReader(document.dialect, partials);
  const read = new Set(document.messages.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)));
  const holes = new Holes(document.dialect, partial, [...read, ...(document.inputs ?? []).map(({ name }) => name)]);
  const kept = new Map<string, OutputNode>();
  const notes: ConversionNote[] = [];
  const assigned: AssignNode[] = [];
  const one = (node: TemplateNode): string => {
    if (node.kind === 'assign') {
      assigned.push(node);
      return '';
    }
    if (node.kind === 'text' && scanPlaceholders(node.text).length === 0) return node.text;
    const plain = plainName(node, assigned);
    if (plain !== undefined && node.kind === 'output') {
      kept.set(plain, kept.get(plain) ?? node);
      return `{{${plain}}}`;
    }
    const name = holes.add(node, [...assigned]);
    notes.push({ range: document.body ? node.range : undefined, message: holeMessage(node, name) });
    return `{{${name}}}`;
  };
  const messages = messageRuns(document, partial).flatMap(({ role, parts, named }) => {
    const content = parts.map((nodes) => nodes.map(one).join('')).join('');
    const tidy = document.format === 'prompty' ? withoutBlankEnds(content) : content;
    return tidy === '' && !named ? [] : [{ role, content: tidy }];
  });
  const defaults = document.defaults ?? {};
  const gone = new Set([...read].filter((name) => !kept.has(name)));
  const variablesOf = (variables: JsonObject): JsonObject => {
    const whole = { ...defaults, ...variables };
    const plain = [...kept].map(([name, node]) => {
      const value = ownValue(whole, name);
      const text = holes.textOf({ nodes: [node] }, whole);
      return [name, value !== undefined && valueText(value) === text ? value : text] as const;
    });
    const others = Object.entries(variables).filter(([name]) => !kept.has(name) && !gone.has(name));
    return Object.fromEntries([...plain, ...holes.all.map((hole) => [hole.name, holes.textOf(hole, whole)] as const), ...others]);
  };
  return {
    messages,
    kept: new Set(kept.keys()),
    added: holes.all.map(({ name }) => name),
    gone,
    sameCases: document.dialect === 'github',
    variablesOf,
    notes,
  };

  function plainName(node: TemplateNode, before: readonly AssignNode[]): string | undefined {
    if (node.kind !== 'output') return undefined;
    const { value } = node;
    if (value.kind !== 'path' || value.from !== 'input' || value.up > 0 || value.steps.length || !/^[^{}\s]+$/.test(value.root)) return undefined;
    if (before.some(({ name }) => name === value.root)) return undefined;
    const { variables } = referencesOf([node], DIALECTS[document.dialect].names);
    return variables.length === 1 && variables[0]?.name === value.root ? value.root : undefined;
  }
}

function holeMessage(node: TemplateNode, name: string): string {
  const becomes = `is the variable \`{{${name}}}\` now, which takes the text it renders to`;
  switch (node.kind) {
    case 'text':
      return `Braces that are no tag: the text ${becomes}.`;
    case 'partial':
      return `The partial \`${node.name}\` ${becomes}.`;
    case 'output':
      return `A tag that does more than put a variable in ${becomes}.`;
    case 'loop':
      return `The loop ${becomes}; whoever calls the prompt makes it.`;
    default:
      return `The block ${becomes}; whoever calls the prompt makes it.`;
  }
}
