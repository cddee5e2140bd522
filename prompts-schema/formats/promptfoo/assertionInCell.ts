import { isAssertionType } from './assertionTypes.ts';

/** An assertion as a cell of a CSV writes it. */
export interface CellAssertion {
  readonly type: string;
  readonly value?: string | readonly string[];
  readonly threshold?: number;
}

/** Reads `type: value`, `type(0.8): value` or `type`; any other text is one that the answer equals. */
export function assertionInCell(cell: string): CellAssertion {
  const text = cell.trim();
  const code = /^(?:javascript|fn|eval):/.exec(text)?.[0];
  if (code) return { type: 'javascript', value: text.slice(code.length).trim() };
  if (text.startsWith('grade:')) return { type: 'llm-rubric', value: text.slice('grade:'.length).trim() };
  const file = /^file:\/\/.*\.(py|[cm]?[jt]s|rb)(?::|$)/i.exec(text)?.[1]?.toLowerCase();
  if (file) return { type: file === 'py' ? 'python' : file === 'rb' ? 'ruby' : 'javascript', value: text };
  const found = /^(?<type>(?:not-)?[a-z][a-z:-]*[a-z0-9])(?:\((?<threshold>\d+(?:\.\d+)?)\))?(?:\s*:(?<value>[\s\S]*))?$/.exec(
    text,
  )?.groups;
  const split = found?.type && splitType(found.type, found.value);
  if (!found || !split) return { type: 'equals', value: cell };
  const { type, rest } = split;
  const threshold = found.threshold === undefined ? {} : { threshold: Number(found.threshold) };
  if (rest === undefined) return { type, ...threshold };
  const value = rest.trim();
  return {
    type,
    value: /^(?:not-)?i?contains-(?:any|all)$/.test(type) ? value.split(',').map((part) => part.trim()) : value,
    ...threshold,
  };
}

/** A type may hold a colon itself: `similar:cosine: value` has two. */
function splitType(written: string, value: string | undefined): { readonly type: string; readonly rest: string | undefined } | undefined {
  if (isAssertionType(written)) return { type: written, rest: value };
  const colon = written.indexOf(':');
  const type = written.slice(0, colon);
  if (colon < 0 || !isAssertionType(type)) return undefined;
  return { type, rest: `${written.slice(colon + 1)}${value === undefined ? '' : `:${value}`}` };
}
