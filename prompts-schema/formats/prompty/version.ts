import type { MapNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';

/**
 * Which version of Prompty a file is written for; it never says so itself. Keys that only version 1 has decide: `sample`, `base`, and
 * `api`, `configuration` or `parameters` of the model. Everything else is version 2, save for inputs with a `type`.
 */
export function versionOf(front: MapNode): 1 | 2 {
  if (entryOf(front, 'sample') || entryOf(front, 'base')) return 1;
  const model = entryOf(front, 'model')?.value;
  if (model?.kind === 'map') {
    if (V1_MODEL.some((key) => entryOf(model, key))) return 1;
    if (V2_MODEL.some((key) => entryOf(model, key))) return 2;
  }
  if (model?.kind === 'scalar' && typeof model.value === 'string') return 2;
  const inputs = entryOf(front, 'inputs')?.value;
  const typed = inputs?.kind === 'map' && inputs.entries.some(({ value }) => value.kind === 'map' && entryOf(value, 'type'));
  return typed ? 1 : 2;
}

const V1_MODEL: readonly string[] = ['api', 'configuration', 'parameters'];
const V2_MODEL: readonly string[] = ['id', 'provider', 'apiType', 'connection', 'options'];
