import {
  DEFAULT_CONFIG,
  fingerprintOf,
  includeFiles,
  isPartialFile,
  type PromptDocument,
  type PromptFormat,
  parsePrompt,
  parsePromptAt,
  partialNames,
  partialPaths,
  partialPlaces,
  promptFormatOf,
  promptIdOf,
  type TemplateDialect,
} from '../../prompts-schema/index.ts';
import { frozenFacts } from '../facts.ts';
import type { ObjectReader } from '../git/objectReader.ts';
import { asIncluded } from '../included.ts';
import { isBroken } from '../loadPrompt.ts';
import { type PromptState, stateKey, textKey, type Version } from './version.ts';

/** Reads texts of the past, each at most once. */
export interface VersionReader {
  /**
   * The references that count for the fingerprint, as written: those of the prompt's blob, and those of the partials whose blobs the state has. Of
   * the places where a partial may be those down to the first that has it, or that the state does not tell of yet.
   */
  readonly references: (state: PromptState) => Promise<readonly string[]>;
  readonly version: (state: PromptState) => Promise<Version>;
  /** Everything that was read here or known before, for an index. */
  readonly versions: () => readonly Version[];
  /** Starts reading these blobs, which will be asked for in this order. */
  readonly expect: (blobs: Iterable<string | undefined>) => void;
}

/** How each text is read: `format` is that of files whose name no longer says one, `name` the prompt's in a file of several. */
export interface ReadAs {
  readonly format: PromptFormat;
  readonly name?: string | undefined;
  /** The files that a pattern in the prompt file stands for in the newest commit, as it would name them: what a pattern means in the past, too. */
  readonly matching: (pattern: string) => Promise<readonly string[]>;
}

/** `known` are versions of an index. */
export function createVersionReader(objects: ObjectReader, { format, name, matching }: ReadAs, known: readonly Version[]): VersionReader {
  const versions = new Map(known.map((version) => [version.key, version]));
  const references = new Map<string, readonly string[]>(
    known.map(({ key, references }) => [key.split(' ').slice(0, 2).join(' '), references]),
  );
  const documents = new Map<string, Promise<ReadDocument>>();
  const files = new Map<string, Promise<string | undefined>>();
  const partials = new Map<string, Promise<readonly string[]>>();
  const coming = new Map<string, Promise<string | undefined>>();
  /** Blobs that were read or are being read. */
  const seen = new Set(known.flatMap(({ key }) => key.split(' ').slice(1)));
  const streams: { readonly blobs: Iterator<string | undefined>; readonly asked: Set<string> }[] = [];

  const textOf = (blob: string): Promise<string | undefined> => {
    const text = coming.get(blob) ?? readText(objects, blob);
    coming.delete(blob);
    seen.add(blob);
    for (const { blobs, asked } of streams) {
      asked.delete(blob);
      // By the dozen: each piece that is sent wakes git, and that costs more than the answer.
      if (asked.size > READ_AHEAD / 2) continue;
      while (asked.size < READ_AHEAD) {
        const { done, value } = blobs.next();
        if (done) break;
        if (value === undefined || seen.has(value)) continue;
        seen.add(value);
        asked.add(value);
        const begun = readText(objects, value);
        begun.catch(() => undefined); // whoever asks for it is told
        coming.set(value, begun);
      }
    }
    return text;
  };
  /** Schemas and tools stay the same over many versions. */
  const fileOf = (blob: string): Promise<string | undefined> => kept(files, blob, () => textOf(blob));
  const formatOf = (path: string): PromptFormat => promptFormatOf(path) ?? format;
  const documentOf = (path: string, blob: string): Promise<ReadDocument> => {
    const key = textKey(blob, formatOf(path));
    return kept(documents, key, async () => {
      const text = (await textOf(blob)) ?? '';
      const promptId = promptIdOf(path, name);
      const parsed = promptFormatOf(path) ? parsePromptAt(promptId, text) : parsePrompt(text, format);
      const patterns: Record<string, string> = {};
      for (const { value, pattern } of parsed.included ?? []) if (pattern) patterns[value] ??= (await matching(value)).join('\n');
      const whole = Object.keys(patterns).length > 0 ? includeFiles(promptId, parsed, asIncluded(patterns)) : parsed;
      references.set(key, referencesOf(whole));
      // Neither cases nor checks count for a fingerprint, and what they name need not be there.
      return { document: { ...whole, evaluators: [], dataset: undefined }, patterns };
    });
  };

  /** Those that stand in the prompt file itself. */
  const ownReferences = async (path: string, blob: string): Promise<readonly string[]> =>
    references.get(textKey(blob, formatOf(path))) ?? referencesOf((await documentOf(path, blob)).document);
  const partialsIn = (blob: string, dialect: TemplateDialect): Promise<readonly string[]> =>
    kept(partials, `${dialect} ${blob}`, async () => partialNames((await fileOf(blob)) ?? '', dialect));

  return {
    references: async ({ path, blob, references }) => {
      const own = await ownReferences(path, blob);
      const within = references.flatMap((one) => (one.blob !== undefined && isPartialFile(one.written) ? [one.blob] : []));
      if (within.length === 0) return nearest(own, path, references);
      const { dialect } = (await documentOf(path, blob)).document;
      const names = (await Promise.all([...new Set(within)].map((of) => partialsIn(of, dialect)))).flat();
      return nearest([...own, ...besideNames(names)], path, references);
    },
    version: async (state) => {
      const key = stateKey(state, formatOf(state.path));
      const known = versions.get(key);
      if (known) return known;
      const { document: written, patterns } = await documentOf(state.path, state.blob);
      const texts: Record<string, string> = { ...patterns };
      for (const { written, blob } of state.references) {
        const text = blob === undefined ? undefined : await fileOf(blob);
        if (text !== undefined) texts[written] = text;
      }
      const promptId = promptIdOf(state.path, name);
      const document = { ...includeFiles(promptId, written, asIncluded(texts)), evaluators: [], dataset: undefined };
      const frozen = { promptId, text: document.text, files: texts };
      const facts = await frozenFacts(frozen, document, { config: DEFAULT_CONFIG, today: '' });
      const { fingerprint, parts } = fingerprintOf(document, facts);
      const read: Version = {
        key,
        references: [...referencesOf(written)],
        fingerprint,
        parts: { ...parts },
        ...(document.version ? { version: document.version.value } : {}),
        ...(document.model ? { model: document.model.value } : {}),
        ...(isBroken(document) ? { broken: true } : {}),
      };
      versions.set(key, read);
      return read;
    },
    versions: () => [...versions.values()],
    expect: (blobs) => void streams.push({ blobs: blobs[Symbol.iterator](), asked: new Set() }),
  };
}

/** A document, and the files that its patterns stand for, by pattern. */
interface ReadDocument {
  readonly document: PromptDocument;
  readonly patterns: Readonly<Record<string, string>>;
}

/** What is under the key, made where it is not there; the oldest go when there are many. */
function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known) return known;
  if (map.size >= MOST_KEPT) map.delete(map.keys().next().value ?? '');
  const made = make();
  map.set(key, made);
  return made;
}

const MOST_KEPT = 32;
const READ_AHEAD = 48;

/**
 * The schema and the tools, where the prompt names files for them, the files whose text is part of it, and its partials as if they lay beside it:
 * the same for the same text, wherever that is.
 */
function referencesOf({ outputSchema, tools, included = [], partials = [] }: PromptDocument): readonly string[] {
  const named = [outputSchema, tools].flatMap((one) => (one?.kind === 'file' ? [one.path.value] : []));
  const texts = included.flatMap(({ value, inFingerprint }) => (inFingerprint ? [value] : []));
  return [...new Set([...named, ...texts, ...besideNames(partials.map(({ name }) => name))])];
}

function besideNames(partials: readonly string[]): readonly string[] {
  return [...new Set(partials)].slice(0, MOST_PARTIALS).flatMap((name) => partialPaths('', name));
}

/** As many as are followed anywhere. */
const MOST_PARTIALS = 64;

/** For each partial the places where it may be, seen from the prompt: down to the first that has it, or that was not looked at yet. */
function nearest(written: readonly string[], path: string, known: PromptState['references']): readonly string[] {
  const blobs = new Map(known.map(({ written, blob }) => [written, blob]));
  return [...new Set(written)].flatMap((one) => {
    if (!isPartialFile(one)) return [one];
    const places = partialPlaces(path, one);
    const last = places.findIndex((place) => !blobs.has(place) || blobs.get(place) !== undefined);
    return last < 0 ? places : places.slice(0, last + 1);
  });
}

/** Undefined for what is no text, as everywhere: a file that is not UTF-8 or too large is not read. */
async function readText(objects: ObjectReader, blob: string): Promise<string | undefined> {
  const object = await objects.read(blob);
  if (object?.type !== 'blob' || !object.bytes || object.bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(object.bytes);
  } catch {
    return undefined;
  }
}
