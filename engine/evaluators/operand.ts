import { type Operand, renderValue, valueAt } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import type { EvaluationContext } from './evaluate.ts';

/** What a predicate compares with, or the sentence that says why there is nothing to compare with. */
export type ReadOperand = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };

/** Reads the operand: a literal, a value of the case with its type, a file's content, or a template with the variables of the case put in. */
export function readOperand(operand: Operand, { row, variables, files }: EvaluationContext): ReadOperand {
  if (operand.from === 'literal') return { ok: true, value: operand.value };
  if (operand.from === 'case') {
    const value = valueAt(row, operand.path);
    return value === undefined ? { ok: false, reason: `The case has no ${pathText(operand.path)}.` } : { ok: true, value };
  }
  if (operand.from === 'template') {
    const rendered = renderValue(operand.value, operand.dialect, variables);
    return rendered.ok ? rendered : { ok: false, reason: `What it compares with cannot be rendered: ${rendered.message}` };
  }
  const file = files.get(operand.path);
  if (file?.status === 'read') return { ok: true, value: file.value };
  return { ok: false, reason: file ? file.message : `The file ${operand.path} could not be read.` };
}

/** `expected.items[0]` of its steps. */
function pathText(path: readonly (string | number)[]): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at ? `.${step}` : step)).join('');
}
