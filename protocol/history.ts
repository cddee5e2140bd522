import * as z from 'zod/mini';

/** Version of the index in `.evenkeel/history/`; it can always be made again from git. */
export const HISTORY_FORMAT = 2;

/** What a commit changed of a prompt. */
export const ChangedPart = z.enum(['messages', 'tools', 'output', 'parameters', 'model', 'version', 'path']);
export type ChangedPart = z.infer<typeof ChangedPart>;

/** One commit that changed what a prompt does, its model, its version or its path. */
export const HistoryEntry = z.object({
  commit: z.string(),
  /** ISO time. */
  at: z.string(),
  author: z.string(),
  subject: z.string(),
  /** Where the file was in this commit, root-relative. */
  path: z.string(),
  fingerprint: z.string(),
  parts: z.object({ messages: z.string(), tools: z.string(), output: z.string(), parameters: z.string() }),
  version: z.optional(z.string()),
  model: z.optional(z.string()),
  /** Against the entry before it; everything in the first. */
  changed: z.array(ChangedPart),
  /** Whether the fingerprint is another one than before: an *edit*. */
  edit: z.boolean(),
  /** The text could not be read as a prompt; its fingerprint is of what could be read. */
  broken: z.optional(z.boolean()),
  /** The entries before this one, as commits, where these are not just the next in the list: after a merge, and at the beginning of a branch. */
  parents: z.optional(z.array(z.string())),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** The commits of a prompt, newest first, as git tells them; renames are followed. */
export const PromptHistory = z.object({
  formatVersion: z.literal(HISTORY_FORMAT),
  promptId: z.string(),
  /** The commit it was made for; absent in a repository without one. */
  head: z.optional(z.string()),
  /** The clone ends before the prompt's beginning: older entries are not known here. */
  shallow: z.boolean(),
  /** More entries than are kept: the oldest are left out. */
  cut: z.boolean(),
  /** Older commits are there and were not read yet, because nobody has asked for them. */
  open: z.optional(z.boolean()),
  /** Of the prompt in `head`; absent where `head` does not have it. */
  fingerprint: z.optional(z.string()),
  entries: z.array(HistoryEntry),
});
export type PromptHistory = z.infer<typeof PromptHistory>;

/** A moment of a prompt whose text can be shown. */
export const PromptPoint = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('commit'), commit: z.string() }),
  z.object({ kind: z.literal('environment'), environment: z.string() }),
  z.object({ kind: z.literal('release'), version: z.string() }),
  /** As a stored run froze it. */
  z.object({ kind: z.literal('run'), runId: z.string() }),
]);
export type PromptPoint = z.infer<typeof PromptPoint>;

/** The prompt's file at a point, for native diffs. */
export const PointText = z.object({
  /** `1.3.0 (production)`, `4f1c2ab`. */
  title: z.string(),
  path: z.string(),
  text: z.string(),
  /** The other files of the fingerprint that can be read there, schema, tools, partials and texts: by their name from the prompt's folder. */
  files: z.array(z.object({ name: z.string(), text: z.string() })),
});
export type PointText = z.infer<typeof PointText>;

/** One thing that happened to a prompt, for lists and trees. */
export const HistoryEvent = z.object({
  kind: z.enum(['edit', 'rename', 'release', 'deployment', 'eval', 'review', 'uncommitted']),
  /** ISO time or a day. */
  at: z.string(),
  /** One line: `1.4.0: shorter summary`, `production got 1.3.0`, `41 of 50 passed`, `accepted 3, rejected 1`. */
  title: z.string(),
  /** Who, which commit, what changed: one line. */
  detail: z.string(),
  /** Shown when clicked, against the entry before it or the working copy. */
  point: z.optional(PromptPoint),
  /** The point before it, for a diff of this change alone. */
  before: z.optional(PromptPoint),
  runId: z.optional(z.string()),
  comparisonId: z.optional(z.string()),
});
export type HistoryEvent = z.infer<typeof HistoryEvent>;

/** A prompt's history: commits, releases, deployments, evals, reviews; newest first. */
export const HistoryView = z.object({
  promptId: z.string(),
  promptName: z.string(),
  events: z.array(HistoryEvent),
  /** There are older commits, which were not read. */
  open: z.optional(z.boolean()),
  /** What is missing and why: no repository, a shallow clone, git not installed. */
  notes: z.array(z.string()),
});
export type HistoryView = z.infer<typeof HistoryView>;
