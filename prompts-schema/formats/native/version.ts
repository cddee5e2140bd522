import type { Located } from '../../text/range.ts';
import type { Fields } from './fields.ts';

/** A version that a person gave a prompt: any text. Whether it is one that can be released is not asked here. */
export function readVersion(fields: Fields, key = 'version'): Located<string> | undefined {
  return fields.text(key, 'Put the version in quotes: YAML reads it as a number, and 1.10 would become 1.1.');
}
