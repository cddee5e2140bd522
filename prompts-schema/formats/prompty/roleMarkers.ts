import type { Issue } from '../../parse/issue.ts';
import { PROMPTY_ROLES } from '../../template/messages.ts';
import type { TemplateNode } from '../../template/nodes.ts';
import type { Range } from '../../text/range.ts';
import type { RoleWords } from '../bodyTemplate.ts';

/** How lines such as `system:` divide a Prompty template. */
export const PROMPTY: RoleWords = { roles: PROMPTY_ROLES, first: 'system', keepEmpty: true, afterHistory: undefined };

/** A line of the template that says who speaks. */
interface RoleLine {
  readonly role: string;
  readonly roleRange: Range;
  /** The whole line with its end. */
  readonly range: Range;
  readonly attributes: Range | undefined;
}

/**
 * Cuts the lines that say who speaks out of the template's own text, before anything is put into it. A value that looks like such a
 * line stays text, whatever it holds. In version 1 `function` and `tools` are roles too; a role that data would choose
 * (`{{item.role}}:`) is an issue and stays text.
 */
export function divideByRoles(
  text: string,
  body: Range,
  version: 1 | 2,
  issues: Issue[],
): (nodes: readonly TemplateNode[]) => readonly TemplateNode[] {
  const lines = roleLines(text, body, version, issues);
  return (nodes) => new Divider(lines, issues).divide(nodes);
}

/** A role alone on its line, in front of which a `#` may stand; within brackets attributes. The line comes trimmed. */
const MARKER = /^#?[ \t]*(\w+)[ \t]*(?:(\[.*\])[ \t]*)?:$/;
const FROM_DATA = /^#?[ \t]*(\{\{-?\s*[\w.[\]'"]*\brole\b['"\]]*\s*-?\}\})[ \t]*:$/;
const LONGEST_MARKER = 300;
/** Messages of one prompt. */
const MAX_ROLES = 1_000;
const ROLES_V1: readonly string[] = ['system', 'user', 'assistant', 'function', 'tools'];
const ROLES_V2: readonly string[] = ['system', 'user', 'assistant'];

function roleLines(text: string, { start, end }: Range, version: 1 | 2, issues: Issue[]): readonly RoleLine[] {
  const roles = version === 1 ? ROLES_V1 : ROLES_V2;
  const lines: RoleLine[] = [];
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const line = text.slice(at, next);
    const trimmed = line.trim();
    if (trimmed.endsWith(':') && trimmed.length <= LONGEST_MARKER) {
      const from = at + line.indexOf(trimmed);
      const match = MARKER.exec(trimmed);
      const word = match?.[1] ?? '';
      if (match && roles.includes(word.toLowerCase())) {
        if (lines.length === MAX_ROLES) {
          issues.push(tooMany({ start: from, end: from + trimmed.length }));
          break;
        }
        lines.push(roleLine(word, match[2], trimmed, from, { start: at, end: next }));
      }
      const chosen = FROM_DATA.exec(trimmed)?.[1];
      if (chosen) issues.push(fromData(from + trimmed.indexOf(chosen), chosen));
    }
    at = next;
  }
  return lines;
}

function tooMany(range: Range): Issue {
  return {
    code: 'schema.too-large',
    message: `A prompt has at most ${MAX_ROLES.toLocaleString('en')} messages. Move data to the cases.`,
    range,
  };
}

function roleLine(word: string, brackets: string | undefined, trimmed: string, from: number, range: Range): RoleLine {
  const start = from + trimmed.indexOf(word);
  const open = brackets === undefined ? 0 : from + trimmed.indexOf('[');
  return {
    role: word.toLowerCase(),
    roleRange: { start, end: start + word.length },
    range,
    attributes: brackets === undefined ? undefined : { start: open, end: open + brackets.length },
  };
}

/** Goes through nodes and lines side by side, both being in the order of the text. */
class Divider {
  readonly #lines: readonly RoleLine[];
  readonly #issues: Issue[];

  constructor(lines: readonly RoleLine[], issues: Issue[]) {
    this.#lines = lines;
    this.#issues = issues;
  }

  readonly divide = (nodes: readonly TemplateNode[]): readonly TemplateNode[] => {
    const divided: TemplateNode[] = [];
    let place = this.#firstFrom(nodes[0]?.range.start ?? 0);
    let covered = 0; // the end of the line taken last, which may hold tags among its attributes
    for (const node of nodes) {
      if (node.range.end <= covered) continue;
      if (node.kind !== 'text') {
        divided.push(this.#within(node));
        continue;
      }
      let from = Math.max(node.range.start, covered);
      while ((this.#lines[place]?.roleRange.start ?? node.range.end) < from) place++;
      for (let line = this.#lines[place]; line && line.roleRange.end <= node.range.end; line = this.#lines[++place]) {
        addText(divided, node, from, line.range.start);
        divided.push({ kind: 'role', role: line.role, roleRange: line.roleRange, range: line.range });
        this.#issues.push(...issuesOf(line));
        covered = line.range.end;
        from = Math.min(covered, node.range.end);
      }
      addText(divided, node, from, node.range.end);
    }
    return divided;
  };

  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle]?.roleRange.start ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #within(node: TemplateNode): TemplateNode {
    switch (node.kind) {
      case 'branch':
        return {
          ...node,
          branches: node.branches.map((branch) => ({ ...branch, body: this.divide(branch.body) })),
          otherwise: this.divide(node.otherwise),
        };
      case 'loop':
      case 'with':
      case 'section':
        return { ...node, body: this.divide(node.body), otherwise: this.divide(node.otherwise) };
      default:
        return node;
    }
  }
}

function addText(
  nodes: TemplateNode[],
  { text, range }: Extract<TemplateNode, { readonly kind: 'text' }>,
  start: number,
  end: number,
): void {
  if (start < end) nodes.push({ kind: 'text', text: text.slice(start - range.start, end - range.start), range: { start, end } });
}

function issuesOf({ role, roleRange, attributes }: RoleLine): readonly Issue[] {
  const found: Issue[] = [];
  if (!PROMPTY_ROLES.has(role))
    found.push({
      code: 'schema.unsupported-value',
      message: `A message of the role \`${role}\` is not sent here: only system, user and assistant speak in a prompt that is run.`,
      range: roleRange,
      data: { role },
    });
  if (attributes)
    found.push({
      code: 'schema.unsupported-value',
      message: 'Attributes of a message are not sent here; its text is.',
      range: attributes,
      data: { attributes: true },
    });
  return found;
}

function fromData(start: number, tag: string): Issue {
  return {
    code: 'template.unsupported-construct',
    message:
      'Data cannot choose who speaks: this line stays text, and the turns of the history are sent as part of the message they stand in. Write the roles out, or put the earlier turns into the case as text.',
    range: { start, end: start + tag.length },
    data: { construct: 'role from data' },
  };
}
