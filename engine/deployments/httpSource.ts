import * as z from 'zod/mini';
import type { EnvironmentSource } from '../../ledger/index.ts';
import { isPromptFile, mayCarryKey } from '../../prompts-schema/index.ts';
import type { DeployedPrompt, KeyNeed } from '../../protocol/index.ts';
import { boundKey } from '../keys.ts';
import { getJson } from './getJson.ts';
import { keyOwner, noKey } from './keyOwner.ts';
import { type DeploymentSource, failed, type LookResult, MOST_PROMPTS } from './source.ts';

/** The app itself, asked under its address what it has loaded (docs/deployments.md: the endpoint's answer). */
export const httpSource: DeploymentSource = {
  needs: 'network',
  keys: (source) => needsOf(source),
  look: async ({ source, keys, validator, timeouts }) => {
    const { url } = source.config.http ?? { url: '' };
    const [need] = needsOf(source);
    const key = need && boundKey(keys, need.provider, need.origin);
    if (need && key === undefined) return failed('key', noKey(need));
    if (key !== undefined && !mayCarryKey(url))
      return failed('configuration', `A token goes over https only. Correct the address of ${source.environment} in evenkeel.yml.`);
    const got = await getJson({
      url,
      authorization: key === undefined ? {} : { authorization: `Bearer ${key}` },
      etag: validator,
      timeouts,
    });
    if (got.status === 'none')
      return failed('down', `There is nothing at ${url} (404). Correct the address, or deploy an app that answers there.`);
    return got.status === 'answered' ? readEndpoint(got.value, new URL(url).origin, got.etag) : got;
  },
};

const text = z.string().check(z.maxLength(500));

const endpointAnswer = z.object({
  prompts: z.array(
    z.object({
      prompt: z.string().check(z.minLength(1), z.maxLength(500)),
      version: z.optional(text),
      fingerprint: z.optional(z.string().check(z.regex(/^ek1:[0-9a-f]{64}$/))),
      model: z.optional(text),
      since: z.optional(z.string().check(z.refine((since) => !Number.isNaN(Date.parse(since))))),
      by: z.optional(text),
      commit: z.optional(z.string().check(z.regex(/^[0-9a-f]{7,64}$/))),
    }),
  ),
});

/** What an app answered; keys that are not known are left out, a wrong value makes the whole answer unusable and is named. */
function readEndpoint(value: unknown, origin: string, etag: string | undefined): LookResult {
  const parsed = endpointAnswer.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path ?? [];
    const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    const what = place ? `\`${place.replace(/^\./, '')}\` is missing or in another form` : 'it is no object';
    return failed('invalid', `The answer of ${origin} is not what docs/deployments.md describes: ${what}. Correct the endpoint.`);
  }
  const { prompts } = parsed.data;
  if (prompts.length > MOST_PROMPTS) return failed('tooLarge', `${origin} names more than ${MOST_PROMPTS} prompts.`);
  return {
    status: 'answered',
    prompts: prompts.map(({ prompt, ...told }): DeployedPrompt => {
      const path = prompt.replace(/^\.\//, '');
      return { ...(isPromptFile(path.replace(/#.*$/, '')) ? { promptId: path } : { name: prompt }), ...told };
    }),
    ...(etag === undefined || etag.length > 500 ? {} : { validator: etag }),
  };
}

function needsOf({ environment, config }: EnvironmentSource): readonly KeyNeed[] {
  const { url = '', keyEnv } = config.http ?? {};
  if (keyEnv === undefined || !URL.canParse(url)) return [];
  return [{ provider: keyOwner(environment), origin: new URL(url).origin, isDefaultOrigin: false, envName: keyEnv, required: true }];
}
