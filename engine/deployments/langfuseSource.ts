import * as z from 'zod/mini';
import { type EnvironmentSource, promptIds } from '../../ledger/index.ts';
import { hashMessages, parsePromptAt, splitPromptId } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, KeyNeed } from '../../protocol/index.ts';
import type { Json } from '../../safety/index.ts';
import { inParallel, type Workspace } from '../../workspace/index.ts';
import { boundKey } from '../keys.ts';
import { getJson } from './getJson.ts';
import { keyOwner, noKey } from './keyOwner.ts';
import { type DeploymentSource, type FailedLook, failed, MOST_PROMPTS } from './source.ts';

/**
 * The versions that carry a label in Langfuse, or in a server with its public API (`GET /api/public/v2/prompts/{name}?label=`). It knows texts
 * and no fingerprints: see docs/deployments.md for what is held against what.
 */
export const langfuseSource: DeploymentSource = {
  needs: 'network',
  keys: (source) => needsOf(source),
  look: async ({ workspace, source, keys, timeouts }) => {
    const { langfuse } = source.config;
    const needs = needsOf(source);
    const [publicKey, secretKey] = needs.map(({ provider, origin }) => boundKey(keys, provider, origin));
    const missing = needs.find(({ provider, origin }) => boundKey(keys, provider, origin) === undefined);
    if (!langfuse || missing) return failed('key', missing ? noKey(missing) : `${source.environment} names no Langfuse.`);
    const authorization = { authorization: `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}` };
    const base = langfuse.baseUrl.replace(/\/+$/, '');
    const asked = (await namesOf(workspace, langfuse.prompts)).slice(0, MOST_PROMPTS);
    const found: DeployedPrompt[] = [];
    let failure: FailedLook | undefined;
    const deadline = performance.now() + LONGEST_LOOK_MS;
    await inParallel(asked, ASKED_AT_ONCE, async ({ promptId, name }) => {
      if (performance.now() > deadline) failure ??= failed('slow', `${base} did not answer for all prompts within a minute.`);
      if (failure) return [];
      const url = `${base}/api/public/v2/prompts/${encodeURIComponent(name)}?label=${encodeURIComponent(langfuse.label)}`;
      const got = await getJson({ url, authorization, timeouts });
      const read = got.status === 'answered' ? readPrompt(got.value, name, new URL(url).origin) : got;
      if (read.status === 'none' && !read.json) failure ??= noLangfuse(new URL(url).origin, name);
      if (read.status === 'failed') failure ??= read;
      if (read.status === 'read') found.push({ promptId, name, ...read.prompt });
      return [];
    });
    if (failure) return failure;
    return { status: 'answered', prompts: found.sort((a, b) => ((a.promptId ?? '') < (b.promptId ?? '') ? -1 : 1)) };
  },
};

const ASKED_AT_ONCE = 4;

/** For all prompts together; each has the time of any other answer. */
const LONGEST_LOOK_MS = 60_000;

/** The fields of Langfuse's prompt that are used here; others are left out. */
const langfusePrompt = z.object({
  version: z.number(),
  prompt: z.union([z.string(), z.array(z.unknown())]),
  config: z.optional(z.unknown()),
  updatedAt: z.optional(z.string()),
  createdAt: z.optional(z.string()),
});

const langfuseConfig = z.object({
  model: z.optional(z.string().check(z.maxLength(500))),
  fingerprint: z.optional(z.string().check(z.regex(/^ek1:[0-9a-f]{64}$/))),
});

const chatMessage = z.object({ role: z.string(), content: z.string() });

function readPrompt(value: Json, name: string, origin: string): { readonly status: 'read'; readonly prompt: DeployedPrompt } | FailedLook {
  const parsed = langfusePrompt.safeParse(value);
  if (!parsed.success) return noLangfuse(origin, name);
  const { version, prompt, config, updatedAt, createdAt } = parsed.data;
  const { model, fingerprint } = langfuseConfig.safeParse(config).data ?? {};
  const messages = messagesOf(prompt);
  const since = [updatedAt, createdAt].find((time) => time !== undefined && !Number.isNaN(Date.parse(time)));
  return {
    status: 'read',
    prompt: {
      version: `v${version}`,
      ...(model === undefined ? {} : { model }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(messages === undefined ? {} : { messages }),
      ...(since === undefined ? {} : { since }),
    },
  };
}

function noLangfuse(origin: string, name: string): FailedLook {
  return failed(
    'invalid',
    `${origin} did not answer for the prompt “${name.slice(0, 100)}” as Langfuse does. Correct baseUrl in evenkeel.yml: it is the address without /api.`,
  );
}

/** Of chat messages as they are, of a text as one message of the user; undefined where there is more than text, such as a placeholder for messages. */
function messagesOf(prompt: string | readonly unknown[]): string | undefined {
  if (typeof prompt === 'string') return hashMessages('github', [{ role: 'user', content: prompt }]);
  const messages = prompt.map((message) => chatMessage.safeParse(message).data);
  return messages.every((message) => message !== undefined) ? hashMessages('github', messages) : undefined;
}

/** Every prompt of the root with its name in Langfuse: as evenkeel.yml says, else the prompt's own name; one without a name is not asked for. */
async function namesOf(
  workspace: Workspace,
  named: Readonly<Record<string, string>>,
): Promise<readonly { readonly promptId: string; readonly name: string }[]> {
  const all = await Promise.all(
    (await promptIds(workspace)).map(async (promptId) => {
      if (Object.hasOwn(named, promptId)) return [{ promptId, name: named[promptId] ?? '' }];
      const file = await workspace.read(splitPromptId(promptId).file);
      const name = file.ok ? parsePromptAt(promptId, file.text).name?.value : undefined;
      return name === undefined ? [] : [{ promptId, name }];
    }),
  );
  return all.flat();
}

function needsOf({ environment, config }: EnvironmentSource): readonly KeyNeed[] {
  const { langfuse } = config;
  if (!langfuse || !URL.canParse(langfuse.baseUrl)) return [];
  const { origin } = new URL(langfuse.baseUrl);
  return (
    [
      ['publicKey', langfuse.publicKeyEnv],
      ['secretKey', langfuse.secretKeyEnv],
    ] as const
  ).map(([part, envName]) => ({
    provider: keyOwner(environment, part),
    origin,
    // A repository may not send another variable of the environment there by naming it.
    isDefaultOrigin: OWN_ORIGINS.has(origin) && envName.startsWith('LANGFUSE_'),
    envName,
    required: true,
  }));
}

const OWN_ORIGINS: ReadonlySet<string> = new Set([
  'https://cloud.langfuse.com',
  'https://us.cloud.langfuse.com',
  'https://hipaa.cloud.langfuse.com',
]);
