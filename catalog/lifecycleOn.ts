import { type Catalog, isModelId } from './catalog.ts';
import type { ModelFacts } from './model.ts';

/** Where a model stands on a day. Days are whole: 0 is that day itself. */
export type Lifecycle =
  /** No date announced, or none that concerns this day. */
  | { readonly state: 'active'; readonly notSoonerThan?: string }
  /** The promised minimum is over and nothing was announced: still no retirement. */
  | { readonly state: 'floor-passed'; readonly notSoonerThan: string }
  /** Announced: `reroutesTo` when calls will then be answered by another model, else they will fail. */
  | { readonly state: 'deprecated'; readonly retiresOn?: string; readonly daysLeft?: number; readonly reroutesTo?: string }
  /** Over: calls fail, or nobody said what they do. */
  | { readonly state: 'retired'; readonly retiresOn: string }
  /** Over, and calls are answered by another model at its price. */
  | { readonly state: 'rerouted'; readonly retiresOn: string; readonly to: string };

/** Where the model stands on the day `today` (`YYYY-MM-DD`). The day named for the shutdown still counts as the last one. */
export function lifecycleOn(model: ModelFacts, today: string): Lifecycle {
  const { retiresOn, retirementKind } = model;
  if (retiresOn && retirementKind === 'notSoonerThan')
    return today > retiresOn ? { state: 'floor-passed', notSoonerThan: retiresOn } : { state: 'active', notSoonerThan: retiresOn };
  if (retiresOn && today > retiresOn) {
    const to = rerouteOf(model);
    return to ? { state: 'rerouted', retiresOn, to } : { state: 'retired', retiresOn };
  }
  if (model.deprecatedOn && today < model.deprecatedOn) return { state: 'active' };
  if (retiresOn) {
    const reroutesTo = rerouteOf(model);
    return { state: 'deprecated', retiresOn, daysLeft: daysBetween(today, retiresOn), ...(reroutesTo ? { reroutesTo } : {}) };
  }
  return model.deprecatedOn ? { state: 'deprecated' } : { state: 'active' };
}

/** Whether calls on that day are answered by this model and no end is announced. */
export function isSteady(model: ModelFacts, today: string): boolean {
  const { state } = lifecycleOn(model, today);
  return state === 'active' || state === 'floor-passed';
}

/**
 * What to move to: the replacements that providers name, followed until one that has no end announced. Undefined where the chain
 * leaves what is known, such as a phrase instead of an id.
 */
export function replacementFor(model: ModelFacts, today: string, catalog: Catalog): string | undefined {
  const seen = new Set([model.id]);
  let next = model.replacement;
  while (next && isModelId(next) && !seen.has(next)) {
    seen.add(next);
    const row = catalog.get(model.platform, next);
    if (row === undefined || isSteady(row, today)) return next;
    next = row.replacement;
  }
  return undefined;
}

/** Whole days from one `YYYY-MM-DD` to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function rerouteOf(model: ModelFacts): string | undefined {
  return model.afterRetirement.startsWith('reroute:') ? model.afterRetirement.slice('reroute:'.length) : undefined;
}
