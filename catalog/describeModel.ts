import { builtinCatalog, type Catalog, findModel } from './catalog.ts';
import { daysBetween, type Lifecycle, lifecycleOn, replacementFor } from './lifecycleOn.ts';
import type { ModelFacts } from './model.ts';
import type { PriceTable } from './prices.ts';

/** A model in words, as parts: plain text that is harmless in Markdown, for the model's name in the file is not among it. */
export interface ModelDescription {
  /** The one thing to know: `Shuts down on 14 January 2027, in 53 days.` */
  readonly headline: string;
  /** What follows it: replacement, as-of date, note, limits, price. */
  readonly sentences: readonly string[];
}

/** What a hover says of a model's name on a day. Prices are told when the table is loaded. */
export function describeModel(
  name: string,
  today: string,
  options: { readonly catalog?: Catalog; readonly prices?: PriceTable } = {},
): ModelDescription {
  const catalog = options.catalog ?? builtinCatalog();
  const found = findModel(name, catalog);
  if (found.unknown) {
    const price = options.prices?.priceOf(found.normalized);
    return {
      headline: unknownHeadline(found),
      sentences: limitSentences(found.elsewhere, price),
    };
  }
  const { model } = found;
  const limits = limitSentences(model, options.prices?.priceOf(model));
  if (model.platform === 'sandbox') return { headline: model.note ?? '', sentences: [...aliasSentences(model), ...limits] };
  const lifecycle = lifecycleOn(model, today);
  return {
    headline: lifecycleSentence(lifecycle, today),
    sentences: [
      ...aliasSentences(model),
      ...replacementSentences(model, lifecycle, today, catalog),
      sourceSentence(model),
      ...(model.note ? [model.note] : []),
      ...limits,
    ],
  };
}

/** `Shuts down on 14 January 2027, in 53 days.` and the like, one sentence for every state. */
export function lifecycleSentence(lifecycle: Lifecycle, today: string): string {
  switch (lifecycle.state) {
    case 'active':
      return lifecycle.notSoonerThan
        ? `No shutdown announced; promised until at least ${longDay(lifecycle.notSoonerThan)}.`
        : 'No shutdown announced.';
    case 'floor-passed':
      return `No shutdown announced; the promise ran until ${longDay(lifecycle.notSoonerThan)}, notice can come any day.`;
    case 'deprecated':
      return deprecatedSentence(lifecycle);
    case 'retired':
      return `Shut down on ${longDay(lifecycle.retiresOn)}, ${ago(lifecycle.retiresOn, today)}.`;
    case 'rerouted':
      return `Since ${longDay(lifecycle.retiresOn)} calls are answered by ${lifecycle.to} at its price.`;
  }
}

/** `Replacement named by the provider: …`, and where to go when that one is on its way out as well. */
export function replacementSentences(model: ModelFacts, lifecycle: Lifecycle, today: string, catalog: Catalog): readonly string[] {
  if (!model.replacement || lifecycle.state === 'active' || lifecycle.state === 'floor-passed') return [];
  const onward = replacementFor(model, today, catalog);
  const later = onward && onward !== model.replacement ? ` It is on its way out itself; what lasts is ${onward}.` : '';
  return [`Replacement named by the provider: ${model.replacement}.${later}`];
}

/** `As of 22 Nov 2026, developers.openai.com.` */
export function sourceSentence(model: ModelFacts): string {
  const host = /^https:\/\/([^/]+)/.exec(model.source)?.[1] ?? model.source;
  const doubt = model.confidence === 'unverified' || model.confidence === 'inferred' ? ', not confirmed by the provider’s page' : '';
  return `As of ${shortDay(model.asOf)}, ${host}${doubt}.`;
}

/** `14 January 2027` */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `22 Nov 2026` */
export function shortDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1]?.slice(0, 3) ?? month} ${year}`;
}

const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function deprecatedSentence({ retiresOn, daysLeft, reroutesTo }: Extract<Lifecycle, { state: 'deprecated' }>): string {
  if (retiresOn === undefined || daysLeft === undefined) return 'Deprecated; the provider has not named the day of its shutdown.';
  const when = daysLeft === 0 ? 'today' : daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days`;
  return reroutesTo
    ? `After ${longDay(retiresOn)}, ${when}, calls are answered by ${reroutesTo} at its price.`
    : `Shuts down on ${longDay(retiresOn)}, ${when}.`;
}

function ago(day: string, today: string): string {
  const days = daysBetween(day, today);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

function unknownHeadline({ normalized, elsewhere, exists }: Extract<ReturnType<typeof findModel>, { unknown: true }>): string {
  if (normalized.platform === undefined) return 'A name of your own: the catalog cannot tell which model answers.';
  if (elsewhere) return 'This platform sets its own dates; the catalog has none for this model.';
  return exists ? 'The catalog has no dates for this model.' : 'Not in the catalog.';
}

function aliasSentences(model: ModelFacts): readonly string[] {
  if (model.kind !== 'alias' && model.kind !== 'rolling-alias') return [];
  if (model.aliasOf) return [`An alias, last known to stand for ${model.aliasOf}.`];
  return model.kind === 'rolling-alias' ? ['An alias that moves from model to model.'] : [];
}

/** `128,000 tokens context, $0.15 in and $0.60 out per million (prices of 23 Sep 2026).` */
function limitSentences(model: ModelFacts | undefined, price: ReturnType<PriceTable['priceOf']>): readonly string[] {
  const parts = [
    ...(model?.contextWindow ? [`${thousands(model.contextWindow)} tokens context`] : []),
    ...(model?.maxOutputTokens ? [`${thousands(model.maxOutputTokens)} tokens output at most`] : []),
    ...(price ? [priceWords(price)] : []),
  ];
  const text = parts.join(', ');
  return text ? [`${text.charAt(0).toUpperCase()}${text.slice(1)}.`] : [];
}

/** `$0.15 in and $0.60 out per million (prices of 23 Sep 2026)` */
export function priceWords(price: NonNullable<ReturnType<PriceTable['priceOf']>>): string {
  if (price.inputPerMillion === 0 && price.outputPerMillion === 0) return 'free';
  const steps = price.tiered ? ' for short prompts' : '';
  return `$${dollars(price.inputPerMillion)} in and $${dollars(price.outputPerMillion)} out per million${steps} (prices of ${shortDay(price.asOf)})`;
}

function dollars(amount: number): string {
  return amount >= 0.1 || amount === 0 ? amount.toFixed(2) : String(amount);
}

function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
