import { isJsonObject, type Json, type JsonObject, ownObject } from '../../safety/index.ts';
import { canonicalJson } from '../fingerprint/canonicalJson.ts';
import { sha256Hex } from '../fingerprint/sha256.ts';
import type { Release, TestedWith } from './lockFile.ts';

/**
 * The seal of a release: 16 hex digits of SHA-256 over the canonical JSON of its other fields. It tells an edit by hand from what a program wrote,
 * and protects from nobody: whoever knows this function can seal anything.
 */
export function sealOf(release: Release): string {
  return sealOfJson(releaseJson(release));
}

/** The same of a release as a file has it, with whatever fields it has there. */
export function sealOfJson(release: JsonObject): string {
  return sha256Hex(canonicalJson(ownObject(Object.entries(release).filter(([key]) => key !== 'seal')))).slice(0, 16);
}

/** A release as the file has it, without its seal; in the order of the file. */
export function releaseJson({ prompt, version, fingerprint, parts, files, released, tested }: Release): JsonObject {
  return without({
    prompt,
    version,
    fingerprint,
    parts: { messages: parts.messages, tools: parts.tools, output: parts.output, parameters: parts.parameters },
    files: ownObject(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
    released,
    tested: tested.map(testedJson),
  });
}

/** A test as the file has it. */
export function testedJson({ model, dataset, cases, passed, scored, interval, run, how, on }: TestedWith): JsonObject {
  return without({
    model,
    dataset,
    cases,
    passed,
    scored,
    interval: interval && { low: interval.low, high: interval.high },
    run,
    how,
    date: on, // `on` is a boolean to older readers of YAML
  });
}

function without(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return ownObject(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

/** Whether the release carries the seal of its other fields. */
export function isSealed(release: Json): boolean {
  return isJsonObject(release) && Object.hasOwn(release, 'seal') && release.seal === sealOfJson(release);
}
