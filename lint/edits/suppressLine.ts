import type { PositionedNode, PromptDocument, Range } from '../../prompts-schema/index.ts';
import type { FileEdit } from '../finding.ts';

/**
 * The edit that puts a comment above a finding which suppresses its rule for that line; an existing one just above is extended. Undefined
 * where no comment can stand without changing what is sent.
 */
export function suppressLine(document: PromptDocument, code: string, at: Range): FileEdit | undefined {
  const { text, body, dialect } = document;
  const inBody = body !== undefined && at.start >= body.range.start;
  const anchor = inBody ? at.start : scalarStart(document.tree, at.start);
  const start = text.lastIndexOf('\n', anchor - 1) + 1;
  const known = extended(text, start, code);
  if (known) return known;
  const margin = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const words = `evenkeel-disable-next-line ${code} -- `;
  if (!inBody) return { range: { start, end: start }, newText: `${margin}# ${words}${lineEnd(text)}` };
  const comment = COMMENTS[dialect];
  if (!comment || start < body.range.start || (dialect !== 'handlebars' && dialect !== 'mustache' && margin !== '')) return undefined;
  return { range: { start, end: start }, newText: `${margin}${comment(words.trimEnd())}${lineEnd(text)}` };
}

/** Comments that take their own line away: the prompt is the same with them. Of Jinja the next line must not be indented. */
const COMMENTS: { readonly [dialect in PromptDocument['dialect']]: ((words: string) => string) | undefined } = {
  github: undefined,
  handlebars: (words) => `{{! ${words} }}`,
  mustache: (words) => `{{! ${words} }}`,
  jinja: (words) => `{# ${words} -#}`,
  nunjucks: (words) => `{# ${words} -#}`,
};

/** A suppression right above gets the rule as one more. */
function extended(text: string, lineStart: number, code: string): FileEdit | undefined {
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart);
  const found = /^([ \t]*(?:#|\{\{!(?:--)?|\{#-?)[ \t]*evenkeel-disable-next-line(?:[ \t,]+(?!--)[^\s,]+)*)/.exec(above);
  if (!found?.[1]) return undefined;
  const at = lineStart - above.length + found[1].length;
  return { range: { start: at, end: at }, newText: ` ${code}` };
}

/** Where the outermost text begins that holds the offset: between its lines stands no comment. */
function scalarStart(node: PositionedNode | undefined, offset: number): number {
  if (!node || node.range.start > offset || node.range.end < offset) return offset;
  if (node.kind === 'scalar') return node.range.start;
  if (node.kind === 'list') {
    const item = node.items.find(({ range }) => range.start <= offset && offset <= range.end);
    return item ? scalarStart(item, offset) : offset;
  }
  const entry = node.entries.find(({ range }) => range.start <= offset && offset <= range.end);
  return entry && offset >= entry.value.range.start ? scalarStart(entry.value, offset) : offset;
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
