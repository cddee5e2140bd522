import { type Json, ownObject } from '../../safety/index.ts';
import { type Meter, TemplateStop } from './meter.ts';
import type { CallExpression, Expression, LogicExpression, NamedArgument, PathExpression } from './nodes.ts';
import type { Scope } from './scope.ts';
import type { Semantics } from './semantics.ts';
import { isList, isMap, stepInto, type Value, valueText } from './values.ts';

/** Values of expressions in one dialect, under one meter. */
export class Evaluator {
  readonly #semantics: Semantics;
  readonly #meter: Meter;

  constructor(semantics: Semantics, meter: Meter) {
    this.#semantics = semantics;
    this.#meter = meter;
  }

  value(expression: Expression, scope: Scope): Value {
    this.#meter.step();
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'path':
        return this.#path(expression, scope);
      case 'call':
        return this.#call(expression, scope);
      case 'logic':
        return this.#logic(expression, scope);
      case 'list':
        return expression.items.map((item) => this.value(item, scope) ?? null);
      case 'map':
        return ownObject(
          expression.entries.map(
            ({ key, value }) => [valueText(this.value(key, scope) ?? null), this.value(value, scope) ?? null] as const,
          ),
        );
    }
  }

  truthy(expression: Expression, scope: Scope): boolean {
    return this.#semantics.truthy(this.value(expression, scope));
  }

  text(value: Value): string {
    this.#meter.whole(value);
    return this.#semantics.text(value);
  }

  named(list: readonly NamedArgument[], scope: Scope): ReadonlyMap<string, Value> {
    return new Map(list.map(({ name, value }) => [name, this.value(value, scope)] as const));
  }

  #path(path: PathExpression, scope: Scope): Value {
    let value = this.#semantics.root(path, scope);
    for (const step of path.steps) {
      this.#meter.step();
      value = stepInto(value, step.kind === 'name' ? step.name : this.value(step.index, scope), this.#semantics.script);
      if (value === undefined) return undefined;
    }
    return value;
  }

  #call({ name, arguments: list, named, range }: CallExpression, scope: Scope): Value {
    const call = this.#semantics.calls.get(name);
    if (!call) throw new TemplateStop(`\`${name}\` is not known.`, range);
    const input = list.map((argument) => this.value(argument, scope));
    for (const value of input) this.#meter.whole(value);
    return call(input, this.named(named, scope), this.#meter, this.#semantics);
  }

  #logic({ operator, operands }: LogicExpression, scope: Scope): Value {
    const [first, second, third] = operands;
    if (!first) return undefined;
    const left = this.value(first, scope);
    if (operator === 'not') return !this.#semantics.truthy(left);
    if (!second) return left;
    if (operator === 'and') return this.#semantics.truthy(left) ? this.value(second, scope) : left;
    if (operator === 'or') return this.#semantics.truthy(left) ? left : this.value(second, scope);
    if (operator === 'if') return this.#semantics.truthy(left) ? this.value(second, scope) : third && this.value(third, scope);
    const right = this.value(second, scope);
    this.#meter.whole(left);
    this.#meter.whole(right);
    switch (operator) {
      case '==':
        return this.#semantics.equal(left, right);
      case '!=':
        return !this.#semantics.equal(left, right);
      case 'in':
        return this.#within(left, right);
      case '~': {
        const text = [this.#semantics.text(left), this.#semantics.text(right)] as const;
        this.#meter.made(text[0].length + text[1].length);
        return text[0] + text[1];
      }
      case '<':
      case '>':
      case '<=':
      case '>=':
        return ordered(operator, left, right);
      default:
        return this.#arithmetic(operator, left, right);
    }
  }

  #within(value: Value, container: Value): boolean {
    if (typeof container === 'string') return typeof value === 'string' && container.includes(value);
    if (isList(container)) return container.some((item) => this.#semantics.equal(item, value));
    return isMap(container) && typeof value === 'string' && Object.hasOwn(container, value);
  }

  #arithmetic(operator: '+' | '-' | '*' | '/' | '//' | '%', left: Value, right: Value): Value {
    if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
      const text = [this.#semantics.text(left), this.#semantics.text(right)] as const;
      this.#meter.made(text[0].length + text[1].length);
      return text[0] + text[1];
    }
    if (operator === '+' && isList(left) && isList(right)) {
      this.#meter.made(16 * (left.length + right.length));
      return [...left, ...right] as readonly Json[];
    }
    if (typeof left !== 'number' || typeof right !== 'number') return undefined;
    const result = compute(operator, left, right);
    return Number.isFinite(result) ? result : undefined;
  }
}

function compute(operator: '+' | '-' | '*' | '/' | '//' | '%', left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '%':
      return left % right;
  }
}

function ordered(operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): boolean {
  const comparable = typeof left === typeof right && (typeof left === 'number' || typeof left === 'string');
  if (!comparable) return false;
  const [a, b] = [left, right] as readonly [string | number, string | number];
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
  }
}
