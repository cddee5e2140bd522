import type { Value } from './values.ts';

/** Where a template stands: the current value, the names bound on the way here, and Handlebars' `@` data. */
export interface Scope {
  readonly here: Value;
  /** Names of loops and assignments. An assignment adds to the innermost one. */
  readonly names: Map<string, Value>;
  readonly data: ScopeData;
  readonly outer: Scope | undefined;
}

/** What `@name` reads: each loop lays its own over that of the loop around it. */
export interface ScopeData {
  readonly values: ReadonlyMap<string, Value>;
  readonly outer: ScopeData | undefined;
}

/** The scope a rendering begins in. */
export function rootScope(variables: Value, data: ReadonlyMap<string, Value> = new Map()): Scope {
  return {
    here: variables,
    names: new Map(),
    data: { values: new Map([...data, ['root', variables]]), outer: undefined },
    outer: undefined,
  };
}

/** The scope that binds a name, from the inside out. */
export function binding(scope: Scope, name: string): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) if (at.names.has(name)) return at;
  return undefined;
}
