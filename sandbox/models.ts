/** How a snapshot departs from the reference; read by the answering code, never by name. */
export interface ModelTraits {
  /** Wraps JSON in a ```json fence, unless a strict schema or a tool asked for it. */
  readonly fences: boolean;
  /** Sentences a free-text summary has beyond the reference's. */
  readonly extraSentences: number;
  /** Added to every confidence before bounds and rounding. */
  readonly confidenceShift: number;
  /** Share of inputs for which one optional-looking string field comes back empty. */
  readonly emptyFieldShare: number;
  /** Dislikes one label of every list: avoids it on close calls, and writes a synonym of it where nothing enforces the list. */
  readonly dislikesALabel: boolean;
  /** Items of a long list it still reports in a free-text summary. */
  readonly listCapacity: number;
  /** Items it reports when a line for each is asked for. */
  readonly itemCapacity: number;
}

/** A model id the sandbox answers to. */
export interface SandboxModel {
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
  /** What differs from the reference snapshot. */
  readonly differs: string;
  /** ISO date, fictitious. */
  readonly released: string;
  /** The id that answers: itself, or the snapshot behind a rolling alias. */
  readonly answersAs: string;
  readonly traits: ModelTraits;
}

const REFERENCE: ModelTraits = {
  fences: false,
  extraSentences: 0,
  confidenceShift: 0,
  emptyFieldShare: 0,
  dislikesALabel: false,
  listCapacity: 12,
  itemCapacity: 6,
};
const NEWEST: ModelTraits = { ...REFERENCE, dislikesALabel: true, confidenceShift: -0.07, listCapacity: 10, itemCapacity: 5 };

/** The stand-in's snapshots, oldest first, then the rolling alias. */
export const SANDBOX_MODELS: readonly SandboxModel[] = [
  {
    id: 'extractor-2026-05',
    description: 'Deterministic stand-in, reference snapshot. Not a language model.',
    differs: 'Nothing: the others are described against it.',
    released: '2026-05-12',
    answersAs: 'extractor-2026-05',
    traits: REFERENCE,
  },
  {
    id: 'extractor-2026-08',
    description: 'Deterministic stand-in that fences JSON and writes longer prose. Not a language model.',
    differs: 'Wraps JSON in a ```json fence unless the schema is strict; summaries are a sentence longer; confidence is 0.04 higher.',
    released: '2026-08-18',
    answersAs: 'extractor-2026-08',
    traits: { ...REFERENCE, fences: true, extraSentences: 1, confidenceShift: 0.04, listCapacity: 14, itemCapacity: 8 },
  },
  {
    id: 'extractor-2026-09',
    description: 'Deterministic stand-in that quietly leaves a field empty now and then. Not a language model.',
    differs: 'For about 8 % of inputs one optional-looking text field is empty.',
    released: '2026-09-09',
    answersAs: 'extractor-2026-09',
    traits: { ...REFERENCE, emptyFieldShare: 0.08 },
  },
  {
    id: 'extractor-2026-10',
    description: 'Deterministic stand-in with other habits in labels. Not a language model.',
    differs:
      'Dislikes one label of every list: decides close calls against it and writes a synonym where no strict schema holds it; confidence is 0.07 lower.',
    released: '2026-10-20',
    answersAs: 'extractor-2026-10',
    traits: NEWEST,
  },
  {
    id: 'extractor-latest',
    description: 'Rolling alias, today extractor-2026-10. Not a language model.',
    differs: 'Answers as extractor-2026-10 and says so in the model field of the answer.',
    released: '2026-10-20',
    answersAs: 'extractor-2026-10',
    traits: NEWEST,
  },
];

/** The model of an id, or undefined. */
export function findModel(id: string): SandboxModel | undefined {
  return SANDBOX_MODELS.find((model) => model.id === id);
}

/** The rolling alias, answered by another snapshot than today's where one is named; every other model is itself. */
export function behindAlias(model: SandboxModel, latest: string | undefined): SandboxModel {
  const behind = model.id === 'extractor-latest' && latest !== undefined ? findModel(latest) : undefined;
  return behind ? { ...model, answersAs: behind.answersAs, traits: behind.traits } : model;
}

/** Seconds since the epoch of a model's fictitious release: the `created` of its answers, so that bytes do not depend on a clock. */
export function releaseSeconds(model: SandboxModel): number {
  return Math.floor(Date.parse(`${model.released}T00:00:00Z`) / 1000);
}
