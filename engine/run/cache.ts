import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { Cost, Output, type Sample, Usage } from '../../protocol/index.ts';
import { parseJson } from '../../safety/index.ts';
import { ensureStateFolder, STATE_FOLDER, type Workspace } from '../../workspace/index.ts';

/** An answer kept for requests that are the same to the byte. */
export const CachedAnswer = z.object({
  formatVersion: z.literal(1),
  /** When the answer was given: ISO time. */
  at: z.string(),
  output: Output,
  answeredBy: z.optional(z.string()),
  systemFingerprint: z.optional(z.string()),
  usage: z.optional(Usage),
  cost: z.optional(Cost),
  latencyMs: z.optional(z.number()),
  firstByteMs: z.optional(z.number()),
});
export type CachedAnswer = z.infer<typeof CachedAnswer>;

/** Answers in `.evenkeel/cache`, one file a request and repeat. A cache: losing it costs calls and nothing else. */
export interface AnswerCache {
  /** Keys with an answer young enough, of these. */
  readonly known: (keys: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly get: (key: string) => Promise<CachedAnswer | undefined>;
  readonly put: (key: string, sample: Sample) => Promise<void>;
  /** Removes what is too old, then the oldest above the bound. */
  readonly prune: () => Promise<void>;
}

/** How long an answer is used again. */
export const CACHE_HOURS = 24;

/** The key of a sample's answer: evaluators and seed are outside it. */
export function cacheKey(requestHash: string, repeat: number): string {
  return `${requestHash}-${repeat}`;
}

/** A cache of one root. Reads never throw; a damaged entry is no entry. */
export function createCache(workspace: Pick<Workspace, 'root' | 'capabilities'>, date: () => Date, mostFiles = 20_000): AnswerCache {
  const folder = join(workspace.root, STATE_FOLDER, 'cache');
  const isYoung = (ms: number): boolean => {
    const age = date().getTime() - ms;
    return age >= -60_000 && age < CACHE_HOURS * 3_600_000;
  };
  let made: Promise<string> | undefined;
  const list = async (): Promise<readonly string[]> => (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  const ageOf = async (name: string): Promise<number> => (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0;
  return {
    known: async (keys) => {
      const names = new Set(await list());
      const young = new Set<string>();
      for (const key of keys) if (names.has(`${key}.json`) && isYoung(await ageOf(`${key}.json`))) young.add(key);
      return young;
    },
    get: async (key) => {
      const text = await readFile(join(folder, `${key}.json`), 'utf8').catch(() => undefined);
      const json = text === undefined ? undefined : parseJson(text);
      const answer = json?.ok ? CachedAnswer.safeParse(json.value) : undefined;
      return answer?.success && isYoung(Date.parse(answer.data.at)) ? answer.data : undefined;
    },
    put: async (key, { output, answeredBy, systemFingerprint, usage, cost, latencyMs, firstByteMs }) => {
      if (!output) return;
      made ??= ensureStateFolder(workspace, ['cache']);
      const path = join(await made, `${key}.json`);
      const answer = {
        formatVersion: 1,
        at: date().toISOString(),
        output,
        answeredBy,
        systemFingerprint,
        usage,
        cost,
        latencyMs,
        firstByteMs,
      };
      const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
      await writeFile(temporary, JSON.stringify(answer));
      await rename(temporary, path);
    },
    prune: async () => {
      const ages = await Promise.all((await list()).map(async (name) => ({ name, at: await ageOf(name) })));
      ages.sort((a, b) => b.at - a.at);
      const old = ages.filter(({ at }, place) => place >= mostFiles || !isYoung(at));
      await Promise.all(old.map(({ name }) => unlink(join(folder, name)).catch(() => undefined)));
    },
  };
}
