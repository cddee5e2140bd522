import type { PositionedNode, PromptDocument, Range, ScalarNode } from '../../prompts-schema/index.ts';

/** One `evenkeel-disable-…` comment. */
export interface Suppression {
  /** The comment, from its mark to its end. */
  readonly range: Range;
  /** The rules it names, each with its place. */
  readonly rules: readonly { readonly code: string; readonly range: Range }[];
  /** What is written after `--`. */
  readonly reason: string | undefined;
  /** Where a finding has to begin to be meant. */
  readonly covers: Range;
}

/**
 * The suppressions that stand in comments of a file: `# evenkeel-disable-next-line rule -- why` and `# evenkeel-disable-file rule -- why`
 * in YAML, and the same in a comment of the template language where the file has one (`{{! … }}`, `{# … #}`). What only looks so, inside a
 * text, is text. A block text cannot have a comment between its lines, so the line that opens it covers it whole.
 */
export function readSuppressions(document: PromptDocument): readonly Suppression[] {
  const { text } = document;
  if (!text.includes(MARK)) return [];
  const scalars = scalarsOf(document);
  let named = 0;
  return [...text.matchAll(COMMENT)].slice(0, MOST).flatMap((match) => {
    const [whole, opening = '', scope = '', written = ''] = match;
    const start = match.index;
    if (!isComment(document, scalars, start, opening)) return [];
    const body = opening === '#' ? written : written.replace(TEMPLATE_END, '');
    const end = opening === '#' ? start + whole.trimEnd().length : start + whole.length;
    const { rules, reason } = rulesAndReason(body, start + whole.indexOf(written));
    const left = Math.max(0, MOST_RULES - named);
    named += rules.length;
    if (left === 0 && rules.length > 0) return [];
    return [
      {
        range: { start, end },
        rules: rules.slice(0, left),
        reason,
        covers: scope === 'file' ? { start: 0, end: text.length } : nextLine(text, end, scalars),
      },
    ];
  });
}

/** More in one file are not read: what they would suppress is shown. */
const MOST = 200;
/** So many rules are named by the comments of one file: a list of thousands takes longer to look at than the file. */
const MOST_RULES = 200;
const MARK = 'evenkeel-disable-';
const COMMENT =
  /(#|\{\{!(?:--)?|\{#-?)[ \t]*evenkeel-disable-(next-line|file)(?![\w-])((?:(?!--?\}\}|-?#\})[^\n])*(?:--\}\}|\}\}|-?#\})?)/g;
const TEMPLATE_END = /(?:--)?\}\}$|-?#\}$/;

function isComment({ text, dialect, messages }: PromptDocument, scalars: readonly ScalarNode[], at: number, opening: string): boolean {
  const inside = ({ start, end }: Range): boolean => at > start && at < end;
  const inMessage = messages.some(({ content }) => inside(content.range) || content.range.start === at);
  if (opening !== '#') return inMessage && dialect !== 'github';
  const before = text.charAt(at - 1);
  return (at === 0 || /\s/.test(before)) && !inMessage && !scalars.some(({ range }) => inside(range));
}

function rulesAndReason(written: string, offset: number): Pick<Suppression, 'rules' | 'reason'> {
  const split = /(?:^|\s)--(?:\s|$)/.exec(written);
  const named = split ? written.slice(0, split.index) : written;
  const reason = split ? written.slice(split.index + split[0].length).trim() : '';
  const rules = [...named.matchAll(/[^\s,]+/g)].map((match) => ({
    code: match[0],
    range: { start: offset + match.index, end: offset + match.index + match[0].length },
  }));
  return { rules, reason: reason || undefined };
}

/** The first line after the comment that is neither blank nor a comment, with the block text that it opens. */
function nextLine(text: string, from: number, scalars: readonly ScalarNode[]): Range {
  let start = lineAfter(text, from);
  while (start < text.length && /^[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(start, lineAfter(text, start))))
    start = lineAfter(text, start);
  const end = lineAfter(text, start);
  const opened = scalars.filter(({ range }) => range.start >= start && range.start < end);
  return { start, end: Math.max(end, ...opened.map(({ range }) => range.end + 1)) };
}

function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function scalarsOf({ tree }: PromptDocument): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  const walk = (node: PositionedNode): void => {
    if (node.kind === 'scalar') found.push(node);
    else if (node.kind === 'list') node.items.forEach(walk);
    else for (const { value } of node.entries) walk(value);
  };
  if (tree) walk(tree);
  return found;
}
