import type { Json, JsonObject } from '../safety/index.ts';

/** One setting of a rule, as `rules: { code: { options: { name: value } } }` of evenkeel.yml or the editor's settings give it. */
export interface RuleOption<T extends Json = Json> {
  readonly name: string;
  /** What holds where nothing, or nothing usable, is written. */
  readonly default: T;
  /** What the value has to be, to complete "… takes …". */
  readonly takes: string;
  /** What it changes, a sentence. */
  readonly doc: string;
  /** The value, or undefined when it is none that the option takes. */
  readonly read: (written: Json) => T | undefined;
}

/** Gives the value of one of the rule's options. */
export type ReadOption = <T extends Json>(option: RuleOption<T>) => T;

/** A number within limits. */
export function numberOption(
  name: string,
  fallback: number,
  doc: string,
  { min, max }: { readonly min: number; readonly max: number },
): RuleOption<number> {
  return {
    name,
    default: fallback,
    doc,
    takes: `a number from ${min} to ${max}`,
    read: (written) => (typeof written === 'number' && written >= min && written <= max ? written : undefined),
  };
}

/** A list of texts. */
export function textsOption(name: string, doc: string, fallback: readonly string[] = []): RuleOption<readonly string[]> {
  return {
    name,
    default: fallback,
    doc,
    takes: 'a list of texts',
    read: (written) => (isTexts(written) ? written : undefined),
  };
}

/** The options as written, read one by one; what is unusable falls back to the default. */
export function optionReader(written: JsonObject | undefined): ReadOption {
  return (option) => {
    const value = written && Object.hasOwn(written, option.name) ? written[option.name] : undefined;
    return (value === undefined ? undefined : option.read(value)) ?? option.default;
  };
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
