import {
  type IncludedFile,
  type IncludedFiles,
  includeFiles,
  type PromptDocument,
  parsePromptAt,
  type Reference,
  splitPromptId,
} from '../prompts-schema/index.ts';
import { namedFrom, type ReadResult, type Workspace } from '../workspace/index.ts';
import type { FrozenPrompt } from './runs/record.ts';

/** A document with the texts of the files that it takes text from. */
export interface GatheredDocument {
  readonly document: PromptDocument;
  /** What became of each of those files, by its path as written; undefined for a document that names none. */
  readonly included: ReadonlyMap<string, Reference<string>> | undefined;
  /** The texts that were read, by path as written: what a run freezes. */
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Follows the files whose text is part of a document, and those that they name: a list of tests in a file may name another. `known` are
 * files that were followed before and are part of the document already.
 */
export async function gatherIncluded(
  workspace: Pick<Workspace, 'read' | 'resolve' | 'matching'>,
  promptId: string,
  document: PromptDocument,
  known: ReadonlyMap<string, Reference<string>> = new Map(),
): Promise<GatheredDocument> {
  if (!document.included) return { document, included: undefined, texts: {} };
  const included = new Map(known);
  let complete = document;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = [...new Map((complete.included ?? []).map((file) => [file.value, file])).values()].filter(
      ({ value }) => !included.has(value),
    );
    if (wanted.length === 0) break;
    const found = await Promise.all(
      wanted.map(
        async (file, at): Promise<readonly [string, Reference<string>]> => [
          file.value,
          included.size + at < MOST_FILES ? await follow(workspace, promptId, file) : tooMany(file.value),
        ],
      ),
    );
    for (const [path, reference] of found) included.set(path, reference);
    complete = includeFiles(promptId, document, included);
  }
  const texts = [...included].flatMap(([path, found]) => (found.status === 'read' ? [[path, found.value] as const] : []));
  return { document: complete, included, texts: Object.fromEntries(texts) };
}

/** The document that a run froze, made of the texts that it kept. */
export function frozenDocument({ promptId, text, files }: Pick<FrozenPrompt, 'promptId' | 'text' | 'files'>): PromptDocument {
  return parsePromptAt(promptId, text, asIncluded(files));
}

/** Texts by their path as written, as files that were read. */
export function asIncluded(files: Readonly<Record<string, string>>): IncludedFiles {
  return new Map(Object.entries(files).map(([path, value]) => [path, { status: 'read', path, value }] as const));
}

const MOST_ROUNDS = 5;
const MOST_FILES = 200;

async function follow(
  workspace: Pick<Workspace, 'read' | 'resolve' | 'matching'>,
  promptId: string,
  { value, pattern }: IncludedFile,
): Promise<Reference<string>> {
  const { file } = splitPromptId(promptId);
  if (pattern) {
    const found = await workspace.matching(file, value);
    if (!found.ok) return { status: found.reason, path: value, message: found.message };
    return { status: 'read', path: value, value: found.paths.map((path) => namedFrom(file, path)).join('\n') };
  }
  const path = workspace.resolve(file, value);
  if (path !== undefined) return asReference(await workspace.read(path));
  return { status: 'outside', path: value, message: `${value} leads outside the folder; only files inside it are read.` };
}

function asReference(file: ReadResult): Reference<string> {
  if (file.ok) return { status: 'read', path: file.path, value: file.text };
  const { path, reason, message } = file;
  return { status: reason === 'missing' || reason === 'outside' ? reason : 'unreadable', path, message };
}

function tooMany(path: string): Reference<string> {
  return { status: 'unreadable', path, message: `The file names more than ${MOST_FILES} others; ${path} is not read.` };
}
