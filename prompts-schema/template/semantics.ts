import type { Meter } from './meter.ts';
import type { PathExpression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { Value } from './values.ts';

/** What tells the dialects apart when a parsed template is rendered; everything else the interpreter does alike for all of them. */
export interface Semantics {
  readonly truthy: (value: Value) => boolean;
  /** Whether lists and texts have a `length` and texts characters, as in JavaScript. */
  readonly script: boolean;
  /** How a value stands in the text. */
  readonly text: (value: Value) => string;
  readonly equal: (a: Value, b: Value) => boolean;
  /** What the first name of a path stands for. */
  readonly root: (path: PathExpression, scope: Scope) => Value;
  /** What a loop runs over; `names` is how many names the loop has. */
  readonly items: (value: Value, names: number) => readonly LoopItem[];
  readonly loopScope: (turn: LoopTurn) => Scope;
  /** The scope of a body whose current value is another one. */
  readonly withScope: (value: Value, names: readonly string[], outer: Scope) => Scope;
  /** Whether a number or a text opens a section. */
  readonly opensSection: (value: Value) => boolean;
  /** The scope of a partial: its context where one is given, and its arguments. */
  readonly partialScope: (context: { readonly value: Value } | undefined, named: ReadonlyMap<string, Value>, outer: Scope) => Scope;
  /** Whether an assignment inside of a loop changes the name outside. */
  readonly assignsOuter: boolean;
  /** The closed list of filters, tests, helpers and functions. */
  readonly calls: ReadonlyMap<string, Call>;
}

/** One value of a loop, and its key or place. */
export interface LoopItem {
  readonly value: Value;
  readonly key: string | number;
}

export interface LoopTurn {
  readonly item: LoopItem;
  readonly index: number;
  readonly items: readonly LoopItem[];
  readonly names: readonly string[];
  readonly outer: Scope;
}

/** A filter, test, helper or function. Pays the meter for what it makes. */
export type Call = (input: readonly Value[], named: ReadonlyMap<string, Value>, meter: Meter, semantics: Semantics) => Value;
