import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import type { Located } from '../../text/range.ts';
import { Fields } from '../native/fields.ts';
import { readVersion } from '../native/version.ts';

/** The versions of the prompts of a config by their names, as `evenkeel: { versions: … }` says them. `names` are those that the file has, where all are known. */
export function readVersions(
  text: string,
  config: MapNode,
  names: readonly string[] | undefined,
  issues: Issue[],
): ReadonlyMap<string, Located<string>> {
  const own = entryOf(config, 'evenkeel')?.value;
  const entry = own?.kind === 'map' ? entryOf(own, 'versions') : undefined;
  if (own?.kind !== 'map' || !entry || (entry.value.kind === 'scalar' && entry.value.value === null)) return new Map();
  if (entry.value.kind !== 'map') {
    new Fields(text, own, issues, 'evenkeel').wrongType(entry, 'a map of versions by the names of prompts');
    return new Map();
  }
  const fields = new Fields(text, entry.value, issues, 'evenkeel.versions');
  return new Map(
    entry.value.entries.flatMap(({ key, keyRange }): readonly (readonly [string, Located<string>])[] => {
      if (names && !names.includes(key)) issues.push(unknownKeyIssue(key, keyRange, names, ['evenkeel', 'versions']));
      const version = readVersion(fields, key);
      return version ? [[key, version]] : [];
    }),
  );
}
