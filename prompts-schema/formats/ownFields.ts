import type { PromptDocument } from '../document.ts';
import type { Issue } from '../parse/issue.ts';
import type { MapEntry, MapNode } from '../parse/positioned.ts';
import { entryOf } from '../parse/tree.ts';
import { readEvaluators } from './native/evaluators.ts';
import { Fields } from './native/fields.ts';
import { readSettings } from './native/settings.ts';
import { readTestData } from './native/testData.ts';
import { readVersion } from './native/version.ts';

/** What evenkeel adds to a prompt, in files whose format has no word for it. */
export type OwnFields = Pick<
  PromptDocument,
  | 'version'
  | 'dataset'
  | 'testData'
  | 'testDataRange'
  | 'evaluators'
  | 'evaluatorsRange'
  | 'tolerances'
  | 'drift'
  | 'decision'
  | 'monitor'
  | 'delivery'
>;

/**
 * Our fields in the front matter of another format, as the map `evenkeel:` or as keys like `evenkeel.dataset`; read as in a native
 * file. Other readers of these formats leave such keys alone.
 */
export function readOwnFields(file: string, front: MapNode, issues: Issue[]): OwnFields {
  const own = entryOf(front, 'evenkeel')?.value;
  const entries: readonly MapEntry[] = [
    ...(own?.kind === 'map' ? own.entries : []),
    ...front.entries.flatMap((entry) =>
      entry.key.startsWith(PREFIX) ? [{ ...entry, key: entry.key.slice(PREFIX.length), keyRange: entry.keyRange }] : [],
    ),
  ];
  const fields = new Fields(file, { kind: 'map', entries, range: front.range }, issues, entries.length > 0 ? 'evenkeel' : '');
  return {
    version: readVersion(fields),
    dataset: fields.pathText('dataset'),
    ...readTestData(fields),
    ...readEvaluators(fields),
    ...readSettings(fields),
  };
}

/** The entry of one of our fields, however it is written. */
export function ownEntry(front: MapNode, key: string): MapEntry | undefined {
  const own = entryOf(front, 'evenkeel')?.value;
  return (own?.kind === 'map' ? entryOf(own, key) : undefined) ?? entryOf(front, `${PREFIX}${key}`);
}

/** Whether a key of the front matter is one of ours. */
export function isOwnKey(key: string): boolean {
  return key === 'evenkeel' || key.startsWith(PREFIX);
}

const PREFIX = 'evenkeel.';
