import { isJsonObject, type Json } from '../../safety/index.ts';
import { checkSchema } from '../parse/checkSchema.ts';
import type { PositionedNode } from '../parse/positioned.ts';
import { toJson } from '../parse/tree.ts';
import type { Range } from '../text/range.ts';
import type { Release } from './lockFile.ts';
import { releaseSchema } from './lockSchema.ts';
import { isSealed } from './seal.ts';

/** A release as a file has it. */
export interface ReadRelease {
  readonly release: Release;
  /** It carries the seal of its other fields: nobody edited it by hand. */
  readonly sealed: boolean;
  readonly range: Range;
}

/** One item of `releases`, or what is wrong with it. `at` is its place in the list. */
export function readRelease(node: PositionedNode, at: number): ReadRelease | { readonly range: Range; readonly message: string } {
  const json = toJson(node);
  const [issue] = checkSchema(node, releaseSchema, ['releases', at], json).issues;
  const release = issue ? undefined : releaseOf(json);
  if (!release) return { range: issue?.range ?? node.range, message: `A release cannot be read: ${issue?.message ?? 'it is no map.'}` };
  return { release, sealed: isSealed(json), range: node.range };
}

function releaseOf(json: Json): Release | undefined {
  const parsed = releaseSchema.safeParse(json);
  if (!parsed.success || !isJsonObject(json) || !isJsonObject(json.files)) return undefined;
  const { prompt, version, fingerprint, parts, released, tested } = parsed.data;
  return {
    prompt,
    version,
    fingerprint,
    parts,
    files: json.files as Release['files'], // as the schema found it, with own keys of any name
    released,
    tested: tested.map(({ dataset, interval, date, ...test }) => ({ ...test, dataset, interval, on: date })),
  };
}
