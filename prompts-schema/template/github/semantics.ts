import type { Scope } from '../scope.ts';
import type { Semantics } from '../semantics.ts';
import { stepInto, valueText } from '../values.ts';

/** Values alone: this dialect has neither blocks nor calls. */
export const githubSemantics: Semantics = {
  truthy: Boolean,
  script: false,
  text: (value) => (value === undefined ? '' : valueText(value)),
  equal: (a, b) => a === b,
  root: ({ root }, scope) => stepInto(scope.here, root, false),
  items: () => [],
  loopScope: ({ outer }) => outer,
  withScope: (_, __, outer): Scope => outer,
  opensSection: () => false,
  partialScope: (_, __, outer) => outer,
  assignsOuter: false,
  calls: new Map(),
};
