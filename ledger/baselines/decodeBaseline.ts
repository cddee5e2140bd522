import { LineIndex, nodeAtPath, parseJsonTree } from '../../prompts-schema/index.ts';
import { isJsonObject, ownValue, parseJson, UserError } from '../../safety/index.ts';
import { BASELINE_FORMAT, type Baseline, type BaselineCase } from './baseline.ts';
import { BaselineFile } from './baselineSchema.ts';
import { normalSource } from './encodeBaseline.ts';
import { readSpelled } from './outputSpelling.ts';

/** Reads a baseline's file. UserError `configuration` with file and line where it is damaged, in a merge conflict, or of a newer program. */
export function decodeBaseline(text: string, path: string): Baseline {
  const read = parseJson(text);
  if (!read.ok) throw unreadable(text, path, read.message);
  const version = isJsonObject(read.value) ? ownValue(read.value, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > BASELINE_FORMAT)
    throw new UserError('configuration', `This baseline was written by a newer Evenkeel (format ${version}). Update this one to use it.`, {
      file: path,
    });
  const parsed = BaselineFile.safeParse(read.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw damaged(text, path, toPath(issue?.path ?? []), issue?.message ?? 'it is no baseline');
  }
  const { promptId, model, wanted, sources } = parsed.data;
  const places = new Map(sources.map(({ id }, place) => [id, place]));
  if (places.size < sources.length) throw damaged(text, path, ['sources'], 'two sources have the same id');
  const cases = new Map<string, BaselineCase>();
  for (const [at, { id, inputs, source, outputs }] of parsed.data.cases.entries()) {
    const place = places.get(source);
    if (place === undefined) throw damaged(text, path, ['cases', at, 'source'], 'there is no source of that id');
    if (cases.has(id)) throw damaged(text, path, ['cases', at], 'this case has an entry above already; keep one of them');
    const approved = outputs.map((output, which) => {
      const known = readSpelled(output);
      if (!known) throw damaged(text, path, ['cases', at, 'outputs', which], 'an output has either "json" or "text"');
      return known;
    });
    cases.set(id, { inputs, source: place, outputs: approved });
  }
  return { promptId, model, wanted, sources: sources.map(normalSource), cases };
}

function unreadable(text: string, path: string, message: string): UserError {
  const marker = /^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)/m.exec(text);
  if (marker)
    return new UserError('configuration', 'This baseline is in a merge conflict. Take one side or both cases, then try again.', {
      file: path,
      line: new LineIndex(text).lineNumber(marker.index),
    });
  const tree = parseJsonTree(text);
  return tree.ok ? problem(path, 1, message) : problem(path, new LineIndex(text).lineNumber(tree.at), tree.message);
}

function damaged(text: string, path: string, at: readonly (string | number)[], message: string): UserError {
  const tree = parseJsonTree(text);
  const root = tree.ok ? tree.node : undefined;
  // The innermost thing that is there: a field that lacks has no place of its own.
  const found = at.map((_, steps) => nodeAtPath(root, at.slice(0, at.length - steps))).find((node) => node !== undefined) ?? root;
  return problem(path, found ? new LineIndex(text).lineNumber(found.range.start) : 1, at.length ? `${at.join('.')}: ${message}` : message);
}

function problem(file: string, line: number, message: string): UserError {
  return new UserError(
    'configuration',
    `This baseline is damaged: ${message.replace(/\.?$/, '.')} Restore it from git, or capture it again.`,
    { file, line },
  );
}

function toPath(path: readonly PropertyKey[]): readonly (string | number)[] {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}
