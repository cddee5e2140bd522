import { nearest } from '../../prompts-schema/index.ts';
import { replaceModel } from '../edits/replaceModel.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.`;
const GOOD = `model: openai/gpt-6-luna
${MESSAGES}`;

/** No such model of a provider whose models are listed. */
export const modelUnknown: Rule = {
  code: 'model.unknown',
  title: 'a model that the catalog does not have',
  severity: 'info',
  explain: explained(
    'The provider is known and the model is not among those listed for it: a slip of the pen, or a model newer than the catalog. Never said of a provider of your own or of a deployment’s name.',
    `model: openai/gpt-6-lunar
${MESSAGES}`,
    GOOD,
  ),
  check: (context) => {
    const inUse = context.model();
    if (!inUse?.found.unknown) return [];
    const { normalized, nearest: alike, elsewhere, exists } = inUse.found;
    const { platform, id } = normalized;
    if (platform === undefined || exists || elsewhere || (alike.length === 0 && !LISTED_IN_FULL.has(platform))) return [];
    const names = alike.length > 0 ? ` Written alike: ${alike.join(', ')}.` : '';
    return [
      {
        range: inUse.written.range,
        message: `The catalog has no model \`${id}\` of ${platform}.${names}`,
        data: { model: id, platform, nearest: [...alike] },
        fixes: alike.flatMap((name, at) => replaceModel(context, inUse, name, `Change to ${name}`, at === 0)),
      },
    ];
  },
};

/** A prefix that is no provider's name. */
export const modelUnknownProvider: Rule = {
  code: 'model.unknown-provider',
  title: 'a provider that nobody has set up',
  severity: 'warning',
  explain: explained(
    'A model is written `provider/model`; the provider is one of the built-in ones or one that evenkeel.yml declares under `providers`. Without it a run cannot know where to send the prompt.',
    `model: opnai/gpt-6-luna
${MESSAGES}`,
    GOOD,
  ),
  check: (context) => {
    const inUse = context.model();
    if (inUse === undefined) return [];
    const { providers } = context.facts;
    const { provider, platform, written } = inUse.found.normalized;
    if (written === '' || (provider === undefined ? platform !== undefined : providers.includes(provider))) return [];
    const range = inUse.written.range;
    const known = providers.length > 0 ? ` Known: ${providers.join(', ')}.` : '';
    if (provider === undefined)
      return [{ range, message: `\`${written}\` names no provider. Write \`provider/model\`.${known}`, data: { model: written } }];
    const near = nearest(provider, providers);
    const at = context.document.text.indexOf(provider, range.start);
    return [
      {
        range,
        message: `No provider is called \`${provider}\`. Declare it under \`providers\` in evenkeel.yml.${known}`,
        data: { provider, ...(near ? { nearest: near } : {}) },
        fixes:
          near && at >= 0 && at < range.end
            ? [
                {
                  title: `Change to ${near}`,
                  preferred: true,
                  edits: [{ range: { start: at, end: at + provider.length }, newText: near }],
                },
              ]
            : [],
      },
    ];
  },
};

/** No model here and none in evenkeel.yml. */
export const modelMissing: Rule = {
  code: 'model.missing',
  title: 'a prompt without a model',
  severity: 'info',
  explain: explained(
    'Neither the file nor `defaults.model` of evenkeel.yml names a model, so a run asks each time, and in CI stops.',
    MESSAGES,
    GOOD,
  ),
  check: ({ document, facts, broken }) => {
    if (broken || document.model || facts.defaultModel !== undefined || document.messages.length === 0) return [];
    const first = document.tree?.kind === 'map' ? document.tree.entries[0] : undefined;
    if (document.tree?.kind === 'map' && document.tree.entries.some(({ key }) => NAMING.has(key))) return [];
    return [
      {
        range: first?.keyRange ?? { start: 0, end: 0 },
        message: 'No model is named here, and evenkeel.yml has no `defaults.model`: a run has to ask.',
      },
    ];
  },
};

/** Keys that name a model, or what is called in its place. */
const NAMING: ReadonlySet<string> = new Set(['model', 'providers', 'targets']);

/** Platforms whose whole list of text models was read; of the others only near misses are reported. */
const LISTED_IN_FULL: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google', 'sandbox']);
