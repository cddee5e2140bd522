import type { ParameterName } from '../prompts-schema/index.ts';
import type { Json } from '../safety/index.ts';
import type { Confidence, Platform } from './model.ts';

/** Why a model will not take a parameter. */
export interface UnsupportedParameter {
  /** A sentence for people. */
  readonly why: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/**
 * Why the model refuses this parameter, or undefined where it takes it or nothing is known. `settings` are all parameters of the
 * prompt by canonical name, as `parameter` is: some models take sampling parameters only without reasoning.
 */
export function unsupportedParameter(
  model: { readonly platform: Platform | undefined; readonly id: string },
  parameter: string,
  settings: ReadonlyMap<string, Json>,
): UnsupportedParameter | undefined {
  const rule = RULES.find(
    (candidate) =>
      candidate.platform === model.platform &&
      candidate.models.test(model.id) &&
      candidate.parameters.some((name) => name === parameter && settings.get(name) !== candidate.unless?.[name]) &&
      (candidate.when?.(settings) ?? true),
  );
  return rule && { why: rule.why, source: rule.source, confidence: rule.confidence };
}

interface ParameterRule extends UnsupportedParameter {
  readonly platform: Platform;
  readonly models: RegExp;
  readonly parameters: readonly ParameterName[];
  /** The one value that is taken all the same: the default. */
  readonly unless?: Readonly<Partial<Record<ParameterName, Json>>>;
  readonly when?: (settings: ReadonlyMap<string, Json>) => boolean;
}

const SAMPLING: readonly ParameterName[] = ['temperature', 'topP', 'frequencyPenalty', 'presencePenalty'];
const OPENAI_DEFAULTS = { temperature: 1, topP: 1, frequencyPenalty: 0, presencePenalty: 0 };

const OPENAI_REASONING = 'https://developers.openai.com/api/docs/guides/reasoning';
const OPENAI_CHAT = 'https://developers.openai.com/api/reference/chat';
const ANTHROPIC_MESSAGES = 'https://platform.claude.com/docs/en/api/messages';

/** First match counts. The models of a rule are matched on the platform's own ids. */
const RULES: readonly ParameterRule[] = [
  {
    platform: 'openai',
    models: /^(?:o1|o3|o4-mini|gpt-5(?:-mini|-nano|-pro|-codex)?(?:-\d{4}|$)|gpt-6-astra)/,
    parameters: SAMPLING,
    unless: OPENAI_DEFAULTS,
    why: 'Reasoning models take only the default value.',
    source: OPENAI_REASONING,
    confidence: 'official',
  },
  {
    platform: 'openai',
    models: /^gpt-5\.(?:1|2|4)(?:-\d{4}|$)/,
    parameters: SAMPLING,
    unless: OPENAI_DEFAULTS,
    when: (settings) => settings.has('reasoningEffort') && settings.get('reasoningEffort') !== 'none',
    why: 'This model takes another value than the default only with reasoning effort "none".',
    source: OPENAI_REASONING,
    confidence: 'official',
  },
  {
    platform: 'openai',
    models: /^gpt-5\.6-/,
    parameters: SAMPLING,
    unless: OPENAI_DEFAULTS,
    when: (settings) => settings.get('reasoningEffort') !== 'none',
    why: 'This model takes another value than the default only with reasoning effort "none".',
    source: OPENAI_REASONING,
    confidence: 'relayed',
  },
  {
    platform: 'openai',
    models: /^(?:o3|o4-mini)/,
    parameters: ['stop'],
    why: 'This model takes no stop sequences.',
    source: OPENAI_CHAT,
    confidence: 'official',
  },
  {
    platform: 'openai',
    models: /^(?:gpt-3\.5|gpt-4|chatgpt-4o|gpt-5-chat)/,
    parameters: ['reasoningEffort'],
    why: 'Only reasoning models take it.',
    source: OPENAI_REASONING,
    confidence: 'official',
  },
  {
    platform: 'openai',
    models: /./,
    parameters: ['topK'],
    why: 'OpenAI’s API has no such parameter.',
    source: OPENAI_CHAT,
    confidence: 'official',
  },
  {
    platform: 'anthropic',
    models: /./,
    parameters: ['seed', 'frequencyPenalty', 'presencePenalty'],
    why: 'Anthropic’s API has no such parameter.',
    source: ANTHROPIC_MESSAGES,
    confidence: 'official',
  },
  {
    platform: 'anthropic',
    models: /^claude-(?:opus-4-[78]|sonnet-5|opus-5|fable-5|mythos-5)/,
    parameters: ['temperature', 'topP', 'topK'],
    unless: { temperature: 1 },
    why: 'From Claude Opus 4.7 on, models take only the default value.',
    source: 'https://platform.claude.com/docs/en/models/sonnet-5/overview',
    confidence: 'official',
  },
  {
    platform: 'anthropic',
    models: /^claude-(?:opus-4-1|sonnet-4-5|haiku-4-5)/,
    parameters: ['topP'],
    when: (settings) => settings.has('temperature'),
    why: 'This model takes temperature or top_p, not both.',
    source: ANTHROPIC_MESSAGES,
    confidence: 'relayed',
  },
];
