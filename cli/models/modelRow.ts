import {
  type Catalog,
  daysBetween,
  describeModel,
  findModel,
  lifecycleOn,
  lifecycleSentence,
  type ModelPrice,
  type PriceTable,
  replacementFor,
} from '../../catalog/index.ts';
import type { ModelInUse } from './modelsInUse.ts';

/** A model of a root with what is known of it on a day. */
export interface ModelRow extends ModelInUse {
  /** `unknown`: the catalog has no dates of it. */
  readonly state: ReturnType<typeof lifecycleOn>['state'] | 'unknown';
  /** `YYYY-MM-DD`: the day of its shutdown, past or to come. */
  readonly retiresOn: string | undefined;
  /** Whole days until then, negative when it is over. */
  readonly daysLeft: number | undefined;
  /** The state in a sentence. */
  readonly sentence: string;
  /** What the provider says to move to, followed until one that lasts. */
  readonly replacement: string | undefined;
  readonly price: ModelPrice | undefined;
  /** The day on which the dates were read. */
  readonly asOf: string | undefined;
}

/** What the catalog knows of a model in use. */
export function modelRow(inUse: ModelInUse, today: string, catalog: Catalog, prices: PriceTable): ModelRow {
  const found = findModel(inUse.name, catalog);
  if (found.unknown) {
    const sentence = describeModel(inUse.name, today, { catalog }).headline;
    const price = prices.priceOf(found.normalized);
    return {
      ...inUse,
      state: 'unknown',
      retiresOn: undefined,
      daysLeft: undefined,
      sentence,
      replacement: undefined,
      price,
      asOf: undefined,
    };
  }
  const { model } = found;
  const sandbox = model.platform === 'sandbox';
  const lifecycle = lifecycleOn(model, today);
  const retiresOn = 'retiresOn' in lifecycle ? lifecycle.retiresOn : undefined;
  const ends = lifecycle.state !== 'active' && lifecycle.state !== 'floor-passed';
  return {
    ...inUse,
    state: lifecycle.state,
    retiresOn,
    daysLeft: retiresOn === undefined ? undefined : daysBetween(today, retiresOn),
    sentence: sandbox ? 'The stand-in model: no shutdown.' : lifecycleSentence(lifecycle, today),
    replacement: ends ? (replacementFor(model, today, catalog) ?? model.replacement ?? undefined) : undefined,
    price: prices.priceOf(model),
    asOf: model.asOf,
  };
}

/** The soonest end first, models without one after them by name. */
export function bySoonestEnd(a: ModelRow, b: ModelRow): number {
  const left = (row: ModelRow): number => row.daysLeft ?? Number.MAX_SAFE_INTEGER;
  return left(a) - left(b) || (a.name < b.name ? -1 : 1);
}
