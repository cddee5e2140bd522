import type { AssertionEvaluator, EvaluatorSpec } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { type EvaluationContext, unscored, type Verdict } from './evaluate.ts';
import { quote } from './jsonValues.ts';
import { readOperand } from './operand.ts';

/** What an assertion compares with, its value read and its texts filled in. */
export interface ReadAssertion {
  readonly value: Json;
  readonly threshold: number | undefined;
}

/** Reads what an assertion compares with and asks `check`. */
export function withOperand(spec: EvaluatorSpec, context: EvaluationContext, check: (read: ReadAssertion) => Verdict): Verdict {
  if (!('operand' in spec) || typeof spec.operand === 'string') return unscored('This evaluator has no value to compare with.');
  const read = readOperand(spec.operand, context);
  if (!read.ok) return unscored(read.reason);
  return check({ value: read.value, threshold: (spec as Partial<AssertionEvaluator>).threshold });
}

/** The same for a check that compares with one text. */
export function withText(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  check: (text: string, threshold: number | undefined) => Verdict,
): Verdict {
  return withOperand(spec, context, ({ value, threshold }) => {
    const text = asText(value);
    return text === undefined ? unscored(`${quote(value)} is no text to compare with.`) : check(text, threshold);
  });
}

/** The same for a check that compares with one text or several. */
export function withTexts(
  spec: EvaluatorSpec,
  context: EvaluationContext,
  check: (texts: readonly string[], threshold: number | undefined) => Verdict,
): Verdict {
  return withOperand(spec, context, ({ value, threshold }) => {
    const texts = (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(asText);
    if (texts.length === 0 || !texts.every((text) => text !== undefined))
      return unscored(`${quote(value)} holds no texts to compare with.`);
    return check(texts, threshold);
  });
}

/** The texts of a list, or the parts between the commas of one text; a part in double quotes may hold commas. */
export function listedTexts(value: Json): readonly string[] | undefined {
  if (typeof value === 'string') return commaParts(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = (value as readonly Json[]).map(asText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function commaParts(text: string): readonly string[] {
  return [...text.matchAll(/\s*(?:"((?:[^"\\]|\\.|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '').trim() : quoted.replace(/""|\\"/g, '"')))
    .filter((part) => part !== '');
}

function asText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
