import { type Catalog, daysBetween, findModel, lifecycleOn } from '../../catalog/index.ts';

/** Whole days until a model shuts down, negative when it has; undefined where no day is announced or the model is not known. `today` is a day. */
export function modelDaysLeft(name: string, today: string, catalog: Catalog): number | undefined {
  const found = findModel(name, catalog);
  if (found.unknown) return undefined;
  const lifecycle = lifecycleOn(found.model, today);
  if (lifecycle.state === 'deprecated') return lifecycle.daysLeft;
  return lifecycle.state === 'retired' || lifecycle.state === 'rerouted' ? daysBetween(today, lifecycle.retiresOn) : undefined;
}
