import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson, TRUSTED, UNTRUSTED, UserError } from '../safety/index.ts';
import { openWorkspace } from './openWorkspace.ts';
import { writeAtomic } from './writeAtomic.ts';

/** What a provider told of its models on a day, as it is kept beside the user's other data. Days are `YYYY-MM-DD`. */
export type StoredModelAnswers = Omit<Readonly<z.infer<typeof answersFile>>, 'models'> & {
  readonly models: readonly Readonly<z.infer<typeof answersFile>['models'][number]>[];
};

/** Grows when a file of a provider's answer is written in another way. */
const ANSWERS_FORMAT = 1;

const day = z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/));
const tokens = z.int().check(z.positive());

const answersFile = z.object({
  platform: z.enum(['openai', 'anthropic', 'google']),
  asOf: day,
  source: z.string().check(z.maxLength(200)),
  models: z.array(
    z.object({
      id: z.string().check(z.minLength(1), z.maxLength(200)),
      released: z.optional(day),
      deprecatedOn: z.optional(z.nullable(day)),
      retiresOn: z.optional(z.nullable(day)),
      contextWindow: z.optional(tokens),
      maxOutputTokens: z.optional(tokens),
    }),
  ),
});

const PLATFORMS: readonly StoredModelAnswers['platform'][] = ['openai', 'anthropic', 'google'];

/** The last answer of every provider that has answered; one that is damaged or of a newer program is none. `folder` is the user's own and may not exist. */
export async function readModelAnswers(folder: string): Promise<readonly StoredModelAnswers[]> {
  const read = await Promise.all(PLATFORMS.map(async (platform) => ({ platform, stored: await readOne(folder, platform) })));
  return read.flatMap(({ platform, stored }) => (stored.status === 'read' && stored.answers.platform === platform ? [stored.answers] : []));
}

/** Replaces what is kept of a provider; durable when it resolves. Throws a UserError where a newer program wrote it or the disk does not take it. */
export async function writeModelAnswers(folder: string, answers: StoredModelAnswers): Promise<void> {
  if ((await readOne(folder, answers.platform)).status === 'newer')
    throw new UserError(
      'configuration',
      `${join(folder, pathOf(answers.platform))} is of a newer version of Evenkeel. Update Evenkeel, or delete it.`,
    );
  try {
    await mkdir(join(folder, FOLDER), { recursive: true });
  } catch (error) {
    throw new UserError(
      'configuration',
      `${folder} cannot be written (${error instanceof Error ? error.message : String(error)}). EVENKEEL_HOME names another place.`,
    );
  }
  const text = `${JSON.stringify({ formatVersion: ANSWERS_FORMAT, ...answersFile.parse(answers) }, undefined, 1)}\n`;
  await writeAtomic({ root: folder, capabilities: TRUSTED }, pathOf(answers.platform), text);
}

const FOLDER = 'models';

function pathOf(platform: StoredModelAnswers['platform']): string {
  return `${FOLDER}/${platform}.json`;
}

type ReadOne = { readonly status: 'read'; readonly answers: StoredModelAnswers } | { readonly status: 'none' | 'newer' };

async function readOne(folder: string, platform: StoredModelAnswers['platform']): Promise<ReadOne> {
  const file = await openWorkspace({ root: folder, capabilities: UNTRUSTED }).read(pathOf(platform));
  const json = file.ok ? parseJson(file.text) : undefined;
  if (!json?.ok) return { status: 'none' };
  const version = versioned.safeParse(json.value);
  if (!version.success) return { status: 'none' };
  if (version.data.formatVersion > ANSWERS_FORMAT) return { status: 'newer' };
  const parsed = answersFile.safeParse(json.value);
  return parsed.success ? { status: 'read', answers: parsed.data } : { status: 'none' };
}

const versioned = z.object({ formatVersion: z.number() });
