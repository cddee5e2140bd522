import type { Issue } from '../../parse/issue.ts';
import type { MapEntry } from '../../parse/positioned.ts';
import type { Located } from '../../text/range.ts';

/** A value that stands elsewhere: in the environment, which is never read, or in a file. */
export type PromptyReference =
  | { readonly kind: 'env'; readonly name: string; readonly fallback: string | undefined }
  | { readonly kind: 'file'; readonly path: Located<string> };

/** The reference that a value is as a whole: `${env:NAME}`, `${env:NAME:otherwise}`, `${file:path}`. */
export function referenceOf({ value }: Pick<MapEntry, 'value'>): PromptyReference | undefined {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return undefined;
  const match = /^\s*\$\{(env|file):([^}]*)\}\s*$/i.exec(value.value);
  if (!match) return undefined;
  const [, protocol = '', rest = ''] = match;
  if (protocol.toLowerCase() === 'file') return { kind: 'file', path: { value: rest.trim(), range: value.range } };
  const colon = rest.indexOf(':');
  return colon < 0
    ? { kind: 'env', name: rest.trim(), fallback: undefined }
    : { kind: 'env', name: rest.slice(0, colon).trim(), fallback: rest.slice(colon + 1) };
}

/** The issue for a setting that comes out of the environment. */
export function environmentIssue(what: string, name: string, entry: MapEntry): Issue {
  return {
    code: 'schema.unresolved-value',
    message: `${what} comes from the environment variable \`${name}\`, which is never read here. Write it out, or name it in evenkeel.yml.`,
    range: entry.value.range,
    data: { environment: name },
  };
}

/** The issue for a setting that a file stands in for, where that is not followed. */
export function fileIssue(what: string, path: Located<string>): Issue {
  return {
    code: 'schema.unsupported-value',
    message: `${what} in another file is not read here. Write it in this file.`,
    range: path.range,
    data: { file: path.value },
  };
}
