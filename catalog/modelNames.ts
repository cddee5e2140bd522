import { builtinCatalog, type Catalog } from './catalog.ts';
import { lifecycleSentence } from './describeModel.ts';
import { lifecycleOn } from './lifecycleOn.ts';
import type { ModelFacts } from './model.ts';

/** A model as a completion offers it. */
export interface ModelName {
  /** With the provider prefix, as a prompt file writes it: `openai/gpt-6-luna`. */
  readonly name: string;
  readonly model: ModelFacts;
  /** The lifecycle in a sentence. */
  readonly detail: string;
  /** Announced to end: offered last. */
  readonly deprecated: boolean;
}

/** Models worth offering on a day: no retired ones, steady ones first, the newest before the older, chat models only. */
export function modelNames(today: string, catalog: Catalog = builtinCatalog()): readonly ModelName[] {
  return catalog.models
    .filter((model) => OFFERED.has(model.platform) && !NOT_CHAT.test(model.id))
    .flatMap((model) => {
      const lifecycle = lifecycleOn(model, today);
      if (lifecycle.state === 'retired' || lifecycle.state === 'rerouted') return [];
      const deprecated = lifecycle.state === 'deprecated';
      return [{ name: `${model.platform}/${model.id}`, model, detail: lifecycleSentence(lifecycle, today), deprecated }];
    })
    .sort((a, b) => Number(a.deprecated) - Number(b.deprecated) || newer(a.model, b.model));
}

/** Platforms whose name is also the name of a provider. */
const OFFERED: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google', 'xai', 'mistral', 'sandbox']);

/** Ids that answer with something else than text. */
const NOT_CHAT = /image|audio|realtime|live|tts|whisper|transcribe|embedding|computer-use/;

function newer(a: ModelFacts, b: ModelFacts): number {
  const left = a.released ?? '';
  const right = b.released ?? '';
  return left === right ? a.id.localeCompare(b.id) : left < right ? 1 : -1;
}
