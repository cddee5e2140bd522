import { isJsonObject } from '../../../safety/index.ts';
import type { Scope } from '../scope.ts';
import type { Semantics } from '../semantics.ts';
import { isList, stepInto, type Value, valueText } from '../values.ts';

/** Mustache without HTML escapes, for a prompt is no page. A name is looked for in the item of a section first, then further out. */
export const mustacheSemantics: Semantics = {
  truthy: (value) => Boolean(value),
  script: true,
  text: plainText,
  equal: (a, b) => a === b,
  root: ({ root }, scope) => {
    if (!root) return scope.here;
    for (let at: Scope | undefined = scope; at; at = at.outer)
      if (isJsonObject(at.here) && Object.hasOwn(at.here, root)) return at.here[root];
    return stepInto(scope.here, root, true);
  },
  items: (value) => (isList(value) ? value.map((item, key) => ({ value: item, key })) : []),
  loopScope: ({ item, outer }) => inner(item.value, outer),
  withScope: (value, _, outer) => inner(value, outer),
  opensSection: (value) => Boolean(value),
  partialScope: (_, __, outer) => inner(outer.here, outer),
  assignsOuter: false,
  calls: new Map(),
};

function inner(here: Value, outer: Scope): Scope {
  return { here, names: new Map(), data: outer.data, outer };
}

function plainText(value: Value): string {
  if (value === undefined || value === null) return '';
  return isList(value) ? value.map(plainText).join(',') : valueText(value);
}
