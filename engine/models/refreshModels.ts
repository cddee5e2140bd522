import { type AskedPlatform, isModelId, type ModelAnswer, type ModelAnswers } from '../../catalog/index.ts';
import type { BoundKey, KeyNeed } from '../../protocol/index.ts';
import { type GetJsonResult, getJson } from '../deployments/getJson.ts';
import { boundKey } from '../keys.ts';
import type { WireTimeouts } from '../providers/guardedFetch.ts';
import { anthropicModels } from './anthropicModels.ts';
import { googleModels } from './googleModels.ts';
import { MOST_PAGES, type ModelSource } from './modelSource.ts';
import { openaiModels } from './openaiModels.ts';

/** What came of asking one provider. */
export type RefreshedModels =
  | { readonly status: 'answered'; readonly platform: AskedPlatform; readonly answers: ModelAnswers }
  /** A sentence says what to do; nothing of the answer counts. */
  | { readonly status: 'failed'; readonly platform: AskedPlatform; readonly message: string }
  /** There is no key of it, so it was not asked. */
  | { readonly status: 'noKey'; readonly platform: AskedPlatform; readonly envName: string };

export interface RefreshOptions {
  readonly keys: readonly BoundKey[];
  /** `YYYY-MM-DD`; answers are as of it. */
  readonly today: string;
  /** For tests: servers that stand in for the providers'. */
  readonly origins?: Readonly<Partial<Record<AskedPlatform, string>>>;
  readonly timeouts?: Partial<WireTimeouts>;
}

/** Every provider that can be asked, once a provider. */
const SOURCES: readonly ModelSource[] = [openaiModels, anthropicModels, googleModels];

/** The keys that asking would send, each to its provider's own origin. */
export function modelKeyNeeds(origins: RefreshOptions['origins'] = {}): readonly KeyNeed[] {
  return SOURCES.map(({ platform, need }) => ({ ...need, origin: origins[platform] ?? need.origin }));
}

/** Asks each provider whose key is there for its list of models. An answer counts as a whole or not at all; nothing is thrown for what a provider does. */
export function refreshModels(options: RefreshOptions): Promise<readonly RefreshedModels[]> {
  const needs = modelKeyNeeds(options.origins);
  return Promise.all(
    SOURCES.map(async (source, at): Promise<RefreshedModels> => {
      const { platform } = source;
      const need = needs[at] ?? source.need;
      const key = boundKey(options.keys, need.provider, need.origin);
      if (key === undefined) return { status: 'noKey', platform, envName: need.envName };
      return ask(source, need, key, options);
    }),
  );
}

async function ask(source: ModelSource, need: KeyNeed, key: string, { today, timeouts }: RefreshOptions): Promise<RefreshedModels> {
  const { platform, authorization, path, read } = source;
  const failed = (message: string): RefreshedModels => ({ status: 'failed', platform, message });
  const found = new Map<string, ModelAnswer>();
  let next: string | undefined = path;
  for (let pages = 0; next !== undefined; pages++) {
    if (pages === MOST_PAGES) return failed(`${need.origin} has more than ${MOST_PAGES} pages of models; nothing of it was kept.`);
    const got = await getJson({ url: `${need.origin}${next}`, authorization: authorization(key), timeouts });
    if (got.status !== 'answered') return failed(failureWords(got, need));
    const page = read(got.value, today);
    if (page.status === 'malformed') {
      const where = page.place ? `\`${page.place}\` is missing or in another form` : 'it is no object';
      return failed(`${need.origin} did not answer with a list of models: ${where}. Nothing of it was kept; try again later.`);
    }
    // Tuned models carry names of the account, which no other person's prompt can use.
    for (const model of page.models) if (isModelId(model.id) && !model.id.startsWith('ft:')) found.set(model.id, model);
    next = page.next;
  }
  if (found.size === 0)
    return failed(`${need.origin} named no models at all; what was known of them stays. Look whether the key may list models.`);
  const address = `${need.origin}${path.replace(/\?.*$/, '')}`;
  return { status: 'answered', platform, answers: { platform, asOf: today, source: address, models: [...found.values()] } };
}

/** The words of a source of deployments name its settings; here there is only a key. */
function failureWords(got: Exclude<GetJsonResult, { readonly status: 'answered' }>, { origin, envName }: KeyNeed): string {
  if (got.status === 'unchanged' || got.status === 'none')
    return `${origin} has no list of models under its usual address (404). Try again later.`;
  switch (got.kind) {
    case 'key':
      return `${origin} refused the key in ${envName}. Set another one.`;
    case 'slow':
      return `${origin} did not answer in time. Try again later.`;
    case 'down':
      return `${origin} could not be asked: it is down, or this machine cannot reach it. Try again later.`;
    case 'redirected':
      return `${origin} sends to another address, which is not followed: a key belongs to its own origin.`;
    default:
      return `${origin} did not answer with a list of models that can be read. Nothing of it was kept; try again later.`;
  }
}
