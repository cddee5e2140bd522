import { canonicalJson } from '../../prompts-schema/index.ts';
import { isJsonObject, type Json, type JsonObject, ownValue } from '../../safety/index.ts';
import { codePoints } from './compareLength.ts';
import { quote, sameJson, typeName } from './jsonValues.ts';
import type { RegexEngine } from './regexEngine.ts';

/** What a schema says of a value. `unsupported` names what this validator does not do, instead of passing over it. */
export type SchemaResult =
  | { readonly status: 'valid' }
  | { readonly status: 'invalid'; readonly errors: readonly string[] }
  | { readonly status: 'unsupported'; readonly reason: string };

/**
 * An interpreting validator for JSON Schema from a repository: no code is generated, patterns run on the linear-time engine, only own
 * properties count, and its work is bounded. It knows the assertions of drafts 4 to 2020-12 except `unevaluatedProperties`,
 * `unevaluatedItems`, `$dynamicRef`, `$recursiveRef` and references out of the schema; those are unsupported. `format` and unknown
 * keywords are annotations.
 */
export function validateSchema(value: Json, schema: JsonObject | boolean, regex: RegexEngine | undefined): SchemaResult {
  const validator = new Validator(schema, regex);
  try {
    validator.check(value, schema, '$', 0);
  } catch (error) {
    if (error instanceof Unsupported) return { status: 'unsupported', reason: error.message };
    throw error;
  }
  return validator.errors.length ? { status: 'invalid', errors: validator.errors.slice(0, MOST_ERRORS) } : { status: 'valid' };
}

const MOST_ERRORS = 3;
const MOST_STEPS = 200_000;
const DEEPEST = 200;

const UNSUPPORTED: readonly string[] = ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef'];

class Unsupported extends Error {}

class Validator {
  readonly errors: string[] = [];
  readonly #root: JsonObject | boolean;
  readonly #regex: RegexEngine | undefined;
  /** Up to draft 7, `$ref` stands alone: its neighbours do not count. */
  readonly #refAlone: boolean;
  #steps = 0;

  constructor(root: JsonObject | boolean, regex: RegexEngine | undefined) {
    this.#root = root;
    this.#regex = regex;
    this.#refAlone = isJsonObject(root) && /draft-0[3-7]/.test(String(root.$schema ?? ''));
  }

  check(value: Json, schema: Json, place: string, depth: number): void {
    if (++this.#steps > MOST_STEPS || depth > DEEPEST) throw new Unsupported('The schema is too large or refers to itself without end.');
    if (schema === true) return;
    if (schema === false) {
      this.#fail(place, 'is not allowed');
      return;
    }
    if (!isJsonObject(schema)) throw new Unsupported(`The schema holds ${quote(schema)} where a schema belongs.`);
    for (const keyword of UNSUPPORTED)
      if (Object.hasOwn(schema, keyword)) throw new Unsupported(`The schema uses ${keyword}, which is not checked here.`);
    const reference = schema.$ref;
    if (reference !== undefined) {
      this.check(value, this.#resolve(reference), place, depth + 1);
      if (this.#refAlone) return;
    }
    this.#general(value, schema, place);
    this.#combined(value, schema, place, depth);
    if (typeof value === 'number') this.#number(value, schema, place);
    else if (typeof value === 'string') this.#string(value, schema, place);
    else if (Array.isArray(value)) this.#list(value, schema, place, depth);
    else if (isJsonObject(value)) this.#object(value, schema, place, depth);
  }

  #fail(place: string, what: string): void {
    if (this.errors.length < MOST_STEPS) this.errors.push(`${place} ${what}`);
  }

  #holds(value: Json, schema: Json, place: string, depth: number): boolean {
    const before = this.errors.length;
    this.check(value, schema, place, depth + 1);
    const held = this.errors.length === before;
    this.errors.length = before;
    return held;
  }

  #resolve(reference: Json): Json {
    if (typeof reference !== 'string' || !/^#(?:$|\/)/.test(reference))
      throw new Unsupported(`The schema refers to ${quote(reference)}; only references inside it (#/…) are followed.`);
    let at: Json | undefined = this.#root;
    for (const step of reference.slice(1).split('/').slice(1)) {
      const key = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
      at = Array.isArray(at) ? at[Number(key)] : isJsonObject(at) ? ownValue(at, key) : undefined;
    }
    if (at === undefined) throw new Unsupported(`The schema refers to ${reference}, which is not in it.`);
    return at;
  }

  #general(value: Json, schema: JsonObject, place: string): void {
    const { type, enum: choices } = schema;
    const types = typeof type === 'string' ? [type] : Array.isArray(type) ? type : undefined;
    if (types && !types.some((name) => hasType(value, name))) this.#fail(place, `is of type ${typeName(value)}, not ${types.join(' or ')}`);
    if (Array.isArray(choices) && !choices.some((choice: Json) => sameJson(choice, value)))
      this.#fail(place, `is ${quote(value)}, not one of ${quote(choices)}`);
    if (Object.hasOwn(schema, 'const') && !sameJson(schema.const ?? null, value))
      this.#fail(place, `is ${quote(value)}, not ${quote(schema.const ?? null)}`);
  }

  #combined(value: Json, schema: JsonObject, place: string, depth: number): void {
    const { allOf, anyOf, oneOf, not, if: condition } = schema;
    if (Array.isArray(allOf)) for (const part of allOf as readonly Json[]) this.check(value, part, place, depth + 1);
    if (Array.isArray(anyOf) && !anyOf.some((part: Json) => this.#holds(value, part, place, depth)))
      this.#fail(place, 'fits none of anyOf');
    if (Array.isArray(oneOf)) {
      const count = oneOf.filter((part: Json) => this.#holds(value, part, place, depth)).length;
      if (count !== 1) this.#fail(place, `fits ${count} of oneOf instead of 1`);
    }
    if (not !== undefined && this.#holds(value, not, place, depth)) this.#fail(place, 'fits what `not` rules out');
    if (condition !== undefined) {
      const branch = this.#holds(value, condition, place, depth) ? schema.then : schema.else;
      if (branch !== undefined) this.check(value, branch, place, depth + 1);
    }
  }

  #number(value: number, schema: JsonObject, place: string): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    // In draft 4 the exclusive keywords are booleans beside the bounds.
    if (typeof minimum === 'number' && (exclusiveMinimum === true ? value <= minimum : value < minimum))
      this.#fail(place, `is ${value}, below ${minimum}`);
    if (typeof maximum === 'number' && (exclusiveMaximum === true ? value >= maximum : value > maximum))
      this.#fail(place, `is ${value}, above ${maximum}`);
    if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) this.#fail(place, `is ${value}, not above ${exclusiveMinimum}`);
    if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) this.#fail(place, `is ${value}, not below ${exclusiveMaximum}`);
    if (typeof multipleOf === 'number' && multipleOf > 0 && !isMultiple(value, multipleOf))
      this.#fail(place, `is ${value}, not a multiple of ${multipleOf}`);
  }

  #string(value: string, schema: JsonObject, place: string): void {
    const { minLength, maxLength, pattern } = schema;
    if (typeof minLength === 'number' || typeof maxLength === 'number') {
      const length = codePoints(value);
      if (typeof minLength === 'number' && length < minLength) this.#fail(place, `has ${length} characters, fewer than ${minLength}`);
      if (typeof maxLength === 'number' && length > maxLength) this.#fail(place, `has ${length} characters, more than ${maxLength}`);
    }
    if (typeof pattern === 'string' && !this.#matches(pattern, value))
      this.#fail(place, `is ${quote(value)}, which does not match ${quote(pattern)}`);
  }

  #matches(pattern: string, text: string): boolean {
    const compiled = this.#regex?.compile(pattern, text.length);
    if (!compiled?.ok)
      throw new Unsupported(`The pattern ${quote(pattern)} cannot be used: ${compiled?.message ?? 'no engine is loaded'}.`);
    return compiled.test(text);
  }

  #list(value: readonly Json[], schema: JsonObject, place: string, depth: number): void {
    const { minItems, maxItems, uniqueItems, contains } = schema;
    if (typeof minItems === 'number' && value.length < minItems) this.#fail(place, `has ${value.length} items, fewer than ${minItems}`);
    if (typeof maxItems === 'number' && value.length > maxItems) this.#fail(place, `has ${value.length} items, more than ${maxItems}`);
    if (uniqueItems === true && new Set(value.map((item) => canonicalJson(item))).size < value.length) this.#fail(place, 'has items twice');
    const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : Array.isArray(schema.items) ? schema.items : [];
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    for (const [at, item] of value.entries()) {
      const part: Json | undefined = at < tuple.length ? (tuple as readonly Json[])[at] : rest;
      if (part !== undefined) this.check(item, part, `${place}[${at}]`, depth + 1);
    }
    if (contains === undefined) return;
    const count = value.filter((item, at) => this.#holds(item, contains, `${place}[${at}]`, depth)).length;
    const least = typeof schema.minContains === 'number' ? schema.minContains : 1;
    const most = typeof schema.maxContains === 'number' ? schema.maxContains : Number.POSITIVE_INFINITY;
    if (count < least || count > most) this.#fail(place, `has ${count} items that fit \`contains\``);
  }

  #object(value: JsonObject, schema: JsonObject, place: string, depth: number): void {
    const keys = Object.keys(value);
    const { required, minProperties, maxProperties, propertyNames } = schema;
    if (Array.isArray(required))
      for (const key of required) if (typeof key === 'string' && !Object.hasOwn(value, key)) this.#fail(place, `lacks ${quote(key)}`);
    if (typeof minProperties === 'number' && keys.length < minProperties)
      this.#fail(place, `has ${keys.length} keys, fewer than ${minProperties}`);
    if (typeof maxProperties === 'number' && keys.length > maxProperties)
      this.#fail(place, `has ${keys.length} keys, more than ${maxProperties}`);
    if (propertyNames !== undefined)
      for (const key of keys)
        if (!this.#holds(key, propertyNames, place, depth)) this.#fail(place, `has the key ${quote(key)}, which is not allowed`);
    this.#properties(value, keys, schema, place, depth);
    this.#dependencies(value, schema, place, depth);
  }

  #properties(value: JsonObject, keys: readonly string[], schema: JsonObject, place: string, depth: number): void {
    const properties = isJsonObject(schema.properties) ? schema.properties : {};
    const patterns = isJsonObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    const additional = schema.additionalProperties;
    for (const key of keys) {
      const item = value[key] ?? null;
      const inner = `${place}.${key}`;
      const own = ownValue(properties, key);
      let known = own !== undefined;
      if (own !== undefined) this.check(item, own, inner, depth + 1);
      for (const [pattern, part] of patterns) {
        if (!this.#matches(pattern, key)) continue;
        known = true;
        this.check(item, part, inner, depth + 1);
      }
      if (known || additional === undefined || additional === true) continue;
      if (additional === false) this.#fail(place, `has the key ${quote(key)}, which is not allowed`);
      else this.check(item, additional, inner, depth + 1);
    }
  }

  #dependencies(value: JsonObject, schema: JsonObject, place: string, depth: number): void {
    for (const keyword of ['dependentRequired', 'dependentSchemas', 'dependencies']) {
      const dependencies = schema[keyword];
      if (!isJsonObject(dependencies)) continue;
      for (const [key, needs] of Object.entries(dependencies)) {
        if (!Object.hasOwn(value, key)) continue;
        if (!Array.isArray(needs)) this.check(value, needs, place, depth + 1);
        else
          for (const need of needs)
            if (typeof need === 'string' && !Object.hasOwn(value, need)) this.#fail(place, `has ${quote(key)} but lacks ${quote(need)}`);
      }
    }
  }
}

function hasType(value: Json, name: Json): boolean {
  return name === 'integer' ? Number.isInteger(value) : typeName(value) === name;
}

/** Decimal fractions are not exact: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) <= 1e-9 * Math.max(1, Math.abs(times));
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
