import {
  type FrozenCase,
  frozenDocument,
  inputsHash,
  type JournalState,
  type LoadedPrompt,
  type StoredBaseline,
} from '../../../ledger/index.ts';
import { canonicalJson, type PromptDocument } from '../../../prompts-schema/index.ts';
import type { Json } from '../../../safety/index.ts';
import { oneLine } from '../view/figures.ts';

/** A prompt as a side was made from it. */
export interface SourcePrompt {
  /** Its file, root-relative, where that side had it. */
  readonly path: string;
  readonly document: PromptDocument;
  /** Schema, tools and evaluator files by their path as written. */
  readonly files: Readonly<Record<string, string>>;
}

/** One case as a side knows it. */
export interface SourceCase {
  /** SHA-256 of its variables. */
  readonly inputs: string;
  /** Canonical JSON of what is expected; undefined where the side does not keep it. */
  readonly expected: string | undefined;
  /** The start of its first variable; undefined where the side keeps only the hash. */
  readonly input: string | undefined;
}

/** What a side was made from, as far as it is known. */
export interface PromptSource {
  readonly prompt: SourcePrompt | undefined;
  /** By id; undefined where the side is of some cases only. */
  readonly cases: ReadonlyMap<string, SourceCase> | undefined;
  /** The side was run for the comparison, over the cases as they are now. */
  readonly live: boolean;
}

/** A prompt that was read with its dataset; `path` where it is not the prompt's own. */
export function loadedSource(loaded: LoadedPrompt, path: string = loaded.promptId): PromptSource {
  const { document, files, facts, cases } = loaded;
  const isRead = document.dataset === undefined || facts.dataset?.status === 'read';
  return { prompt: { path, document, files }, cases: isRead ? casesOf(cases) : undefined, live: true };
}

/** A stored run: what it froze. */
export function runSource(state: JournalState): PromptSource {
  return {
    prompt: frozenSource(state),
    cases: state.header.selection === 'all' ? casesOf(state.cases) : undefined,
    live: false,
  };
}

/** The prompt that a run froze. */
export function frozenSource({ prompt: { promptId, text, files } }: Pick<JournalState, 'prompt'>): SourcePrompt {
  return { path: promptId, document: frozenDocument({ promptId, text, files }), files };
}

/** Approved samples: of their cases only ids and hashes are kept; the text of the prompt they were approved for is found elsewhere. */
export function baselineSource({ baseline }: StoredBaseline, prompt: SourcePrompt | undefined): PromptSource {
  const cases = [...baseline.cases].map(([id, { inputs }]) => [id, { inputs, expected: undefined, input: undefined }] as const);
  return { prompt, cases: new Map(cases), live: false };
}

function casesOf(
  cases: readonly (Pick<FrozenCase, 'id' | 'variables'> & { readonly expected?: Json | undefined })[],
): ReadonlyMap<string, SourceCase> {
  return new Map(
    cases.map(({ id, variables, expected }) => {
      const [first] = Object.entries(variables);
      return [
        id,
        {
          inputs: inputsHash(variables),
          expected: canonicalJson(expected ?? null),
          input:
            first === undefined ? undefined : oneLine(typeof first[1] === 'string' ? first[1] : JSON.stringify(first[1]), LONGEST_INPUT),
        },
      ];
    }),
  );
}

const LONGEST_INPUT = 100;
