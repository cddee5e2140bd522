import {
  isModelId,
  isSteady,
  type Lifecycle,
  lifecycleOn,
  lifecycleSentence,
  type ModelFacts,
  replacementFor,
  replacementSentences,
  sourceSentence,
} from '../../catalog/index.ts';
import { replaceModel } from '../edits/replaceModel.ts';
import type { Fix } from '../finding.ts';
import type { ModelInUse, Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.`;
const GOOD = `model: openai/gpt-6-luna
${MESSAGES}`;

/** Announced to end. */
export const modelDeprecated: Rule = {
  code: 'model.deprecated',
  title: 'a model with an announced end',
  severity: 'warning',
  explain: explained(
    'The provider has named the day on which this model stops answering, or on which another one answers in its place. Compare the prompt with the replacement before that day. A “not sooner than” promise is no such day and is never reported. The date is as of the day in the message; dates do move.',
    `model: openai/gpt-4o-mini
${MESSAGES}`,
    GOOD,
  ),
  check: (context) => hitsFor(context, 'deprecated'),
};

/** Over: calls fail. */
export const modelRetired: Rule = {
  code: 'model.retired',
  title: 'a model that no longer answers',
  severity: 'error',
  explain: explained(
    'The provider has shut the model down: calls fail. Where the date is not confirmed by the provider’s own page it is a warning.',
    `model: openai/gpt-3.5-turbo\n${MESSAGES}`,
    GOOD,
  ),
  check: (context) => hitsFor(context, 'retired'),
};

/** Over, and another model answers under the old name. */
export const modelRerouted: Rule = {
  code: 'model.rerouted',
  title: 'a model in whose place another one answers',
  severity: 'error',
  explain:
    'After the shutdown calls do not fail: the provider answers them from another model, at that model’s price. Nothing in your code shows it, but what was tested is not what runs. Name the model that you want, and compare the two before.',
  check: (context) => hitsFor(context, 'rerouted'),
};

/** A name that moves from model to model. */
export const modelRollingAlias: Rule = {
  code: 'model.rolling-alias',
  title: 'a model name that moves',
  severity: 'info',
  explain: explained(
    'What answers under this name can change without notice, and with it every answer. Said only of names that are known to move, or that have a dated snapshot to pin to; an id without a date is often a snapshot itself.',
    `model: anthropic/claude-haiku-4-5
${MESSAGES}`,
    `model: anthropic/claude-haiku-4-5-20251001
${MESSAGES}`,
  ),
  check: (context) => {
    const inUse = context.model();
    if (inUse === undefined || inUse.found.unknown) return [];
    const { model } = inUse.found;
    if ((model.kind !== 'alias' && model.kind !== 'rolling-alias') || !isSteady(model, context.facts.today)) return [];
    const snapshot = snapshotOf(model, context);
    if (snapshot === undefined && model.kind === 'alias') return [];
    const pin = snapshot ? ` Pinned today it is ${snapshot.id}.` : '';
    return [
      {
        range: inUse.written.range,
        message: `${model.id} is an alias: what answers can change without notice.${pin}`,
        data: { model: model.id, ...(snapshot ? { snapshot: snapshot.id } : {}) },
        fixes: snapshot ? replaceModel(context, inUse, snapshot.id, `Pin to ${snapshot.id}`, true) : [],
      },
    ];
  },
};

function hitsFor(context: RuleContext, state: Lifecycle['state']): readonly RuleHit[] {
  const inUse = context.model();
  if (inUse === undefined || inUse.found.unknown) return [];
  const { model } = inUse.found;
  const { today } = context.facts;
  const lifecycle = lifecycleOn(model, today);
  if (lifecycle.state !== state) return [];
  const sentences = [
    lifecycleSentence(lifecycle, today),
    ...(inUse.found.normalized.fineTuned ? [`It is built on ${model.id}.`] : []),
    ...replacementSentences(model, lifecycle, today, context.catalog),
    sourceSentence(model),
  ];
  return [
    {
      range: inUse.written.range,
      message: sentences.join(' '),
      data: dataOf(model, lifecycle),
      tags: ['deprecated'],
      fixes: replacementFix(context, inUse, model, lifecycle),
      ...(model.confidence === 'unverified' && state !== 'deprecated' ? { severity: 'warning' } : {}),
    },
  ];
}

function dataOf(model: ModelFacts, lifecycle: Lifecycle): NonNullable<RuleHit['data']> {
  return {
    model: model.id,
    platform: model.platform,
    state: lifecycle.state,
    asOf: model.asOf,
    source: model.source,
    ...(model.retiresOn ? { retiresOn: model.retiresOn } : {}),
    ...('daysLeft' in lifecycle && lifecycle.daysLeft !== undefined ? { daysLeft: lifecycle.daysLeft } : {}),
    ...(model.replacement ? { replacement: model.replacement } : {}),
  };
}

/** Only where the provider names one id, or the chain of replacements ends in one. */
function replacementFix(context: RuleContext, inUse: ModelInUse, model: ModelFacts, lifecycle: Lifecycle): readonly Fix[] {
  if (!model.replacement || !isModelId(model.replacement)) return [];
  const id = replacementFor(model, context.facts.today, context.catalog);
  return id ? replaceModel(context, inUse, id, `Replace with ${id}`, lifecycle.state !== 'deprecated') : [];
}

/** The snapshot the alias is known to stand for, else the newest dated one of its family, if it lasts. */
function snapshotOf(model: ModelFacts, { catalog, facts }: RuleContext): ModelFacts | undefined {
  const lasting = (row: ModelFacts | undefined): row is ModelFacts => row?.kind === 'snapshot' && isSteady(row, facts.today);
  const target = model.aliasOf === undefined ? undefined : catalog.get(model.platform, model.aliasOf);
  if (lasting(target)) return target;
  return catalog.models
    .filter((row) => row.platform === model.platform && row.family === model.family && lasting(row))
    .sort((a, b) => (b.released ?? '').localeCompare(a.released ?? ''))[0];
}
