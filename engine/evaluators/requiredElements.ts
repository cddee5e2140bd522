import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';
import { listedTexts } from './assertion.ts';

/** The paths that `requiredElements` names, or a list or a text with commas; undefined where it is none of these. */
export function requiredElements(value: Json): readonly string[] | undefined {
  if (value === null || value === true || value === '') return [];
  return listedTexts(isJsonObject(value) ? (ownValue(value, 'requiredElements') ?? null) : value);
}

/** Those of the paths that an element does not have. */
export function missingElements(found: ReadonlySet<string>, required: readonly string[]): readonly string[] {
  return required.filter((path) => !found.has(path));
}
