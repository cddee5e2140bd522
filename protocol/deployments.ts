import * as z from 'zod/mini';

/** Version of the stored answers in `.evenkeel/deployments/`; a newer one is refused with a message, never rewritten. */
export const DEPLOYMENTS_FORMAT = 1;

/** Where an environment's answer comes from. */
export const DeploymentSourceKind = z.enum(['git', 'file', 'http', 'langfuse']);
export type DeploymentSourceKind = z.infer<typeof DeploymentSourceKind>;

/** What runs of one prompt in an environment, as far as the source tells. At least one of `promptId` and `name` is there. */
export const DeployedPrompt = z.object({
  promptId: z.optional(z.string()),
  /** The prompt's `name`, for sources that know no paths. */
  name: z.optional(z.string()),
  version: z.optional(z.string()),
  /** `ek1:…` */
  fingerprint: z.optional(z.string()),
  /** As the source names it. */
  model: z.optional(z.string()),
  /** ISO time or a day. */
  since: z.optional(z.string()),
  by: z.optional(z.string()),
  /** The commit it was made from, whole. */
  commit: z.optional(z.string()),
  /** Where the file is in that commit, root-relative, when it has another path now. */
  path: z.optional(z.string()),
  /** SHA-256 of the fingerprint's part `messages`, for sources that know the text and no fingerprint. */
  messages: z.optional(z.string()),
});
export type DeployedPrompt = z.infer<typeof DeployedPrompt>;

/** Why the last look at a source failed; the answer before it stays. */
export const DeploymentProblem = z.object({
  /** `down`: not reached or an error status · `slow`: no answer in time · `invalid`: not what was asked for · `tooLarge` · `redirected`: to another origin · `key`: none, or refused · `git`: no such ref, no git, no repository · `configuration`: evenkeel.yml names no usable source. */
  kind: z.enum(['down', 'slow', 'invalid', 'tooLarge', 'redirected', 'key', 'git', 'configuration']),
  /** A sentence that says what to do next. */
  message: z.string(),
  /** ISO time of the first failure of this row of them, how many there were, and when the next try may be. */
  since: z.string(),
  failures: z.number(),
  retryAt: z.string(),
});
export type DeploymentProblem = z.infer<typeof DeploymentProblem>;

/** `.evenkeel/deployments/<environment>.json`: the last answer of one environment's source, and how the last look went. */
export const DeploymentAnswer = z.object({
  formatVersion: z.literal(DEPLOYMENTS_FORMAT),
  environment: z.string(),
  source: DeploymentSourceKind,
  /** From where, for people: `origin/production`, `https://app.example/deployed`. */
  origin: z.string(),
  /** Of the environment's entry in evenkeel.yml: an answer for another source does not count. */
  sourceHash: z.string(),
  /** ISO time of the answer; absent while there has been none. */
  answeredAt: z.optional(z.string()),
  /** ISO time of the last look. */
  lookedAt: z.string(),
  problem: z.optional(DeploymentProblem),
  /** The commit of a git source. */
  commit: z.optional(z.string()),
  /** What the source gave to ask whether it has changed since: an ETag, commits. */
  validator: z.optional(z.string()),
  prompts: z.array(DeployedPrompt),
});
export type DeploymentAnswer = z.infer<typeof DeploymentAnswer>;

/**
 * How what is deployed stands to this file: `behind` by edits (commits that changed the fingerprint, and one for what is not committed),
 * `ahead`, where the file is the older one, `differs` where the number cannot be known.
 */
export const Relation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same') }),
  z.object({ kind: z.literal('behind'), edits: z.number() }),
  z.object({ kind: z.literal('ahead'), edits: z.number() }),
  z.object({ kind: z.literal('differs') }),
  /** The source tells neither fingerprint nor a version that the lock or git knows. */
  z.object({ kind: z.literal('unknown') }),
]);
export type Relation = z.infer<typeof Relation>;

/** One environment as seen from one prompt file. */
export const DeployedRow = z.object({
  environment: z.string(),
  source: DeploymentSourceKind,
  origin: z.string(),
  /** Absent when the answer does not hold this prompt, or when there is no answer. */
  deployed: z.optional(DeployedPrompt),
  relation: z.optional(Relation),
  answeredAt: z.optional(z.string()),
  problem: z.optional(DeploymentProblem),
});
export type DeployedRow = z.infer<typeof DeployedRow>;

/** All environments of a root. */
export const DeploymentsView = z.object({
  root: z.string(),
  environments: z.array(
    z.object({
      environment: z.string(),
      source: DeploymentSourceKind,
      origin: z.string(),
      answeredAt: z.optional(z.string()),
      problem: z.optional(DeploymentProblem),
      prompts: z.array(
        z.object({
          /** Absent when the source names a prompt that this root does not have. */
          promptId: z.optional(z.string()),
          promptName: z.string(),
          deployed: DeployedPrompt,
          relation: Relation,
          /** What the newest comparison of this prompt says: `7 to review`, `steady`; absent without one. */
          drift: z.optional(z.string()),
        }),
      ),
    }),
  ),
});
export type DeploymentsView = z.infer<typeof DeploymentsView>;

/** What `evenkeel deployed record` adds to a deployments file: one line of JSON each, the last line of a prompt and environment counts. */
export const DeploymentRecord = z.extend(DeployedPrompt, {
  formatVersion: z.literal(DEPLOYMENTS_FORMAT),
  environment: z.string(),
  /** ISO time. */
  at: z.string(),
});
export type DeploymentRecord = z.infer<typeof DeploymentRecord>;

/** One prompt in a line of `evenkeel status`. */
export const StatusRow = z.object({
  promptId: z.string(),
  promptName: z.string(),
  version: z.optional(z.string()),
  /** Where the file stands to its lock: `edited`: another fingerprint than the release of its version. */
  release: z.enum(['released', 'edited', 'unreleased', 'noLock', 'lockBroken']),
  environments: z.array(DeployedRow),
  model: z.optional(z.string()),
  /** Whole days until the model shuts down; negative when it has. */
  modelDaysLeft: z.optional(z.number()),
  lastEval: z.optional(z.object({ at: z.string(), line: z.string(), passed: z.number(), scored: z.number(), edited: z.boolean() })),
  drift: z.optional(z.string()),
  /** A prompt that cannot be read says why, and nothing else. */
  problem: z.optional(z.string()),
});
export type StatusRow = z.infer<typeof StatusRow>;
