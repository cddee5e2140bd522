import type { Json } from '../../safety/index.ts';
import { type Evaluate, failed, PASSED } from './evaluate.ts';
import { quote } from './jsonValues.ts';
import { refusalStart } from './noRefusal.ts';

/**
 * No text of the answer (every text of it, where it is JSON) is what failed code, templates or models leave behind:
 * - as the whole text: `N/A`, `null`, `undefined`, `NaN`, `None`, `nil`, `TODO`, `TBD`, `Error`, `string`, `placeholder`, `...`
 * - anywhere: `[object Object]`, `{{name}}`, `${name}`, `<name_here>`, `lorem ipsum`, `undefined undefined`
 * - at its start: a refusal (`I cannot help …`)
 */
export const evaluateNoFailureTokens: Evaluate = (_spec, { json, output }) => {
  const read = json();
  for (const { text, place } of texts(read.ok ? read.value : output.text, '$')) {
    const token = failureToken(text);
    if (token !== undefined) return failed(`${place === '$' ? 'The answer' : place} holds ${quote(token)}.`, { actual: text });
  }
  return PASSED;
};

const WHOLE = /^(?:n\/?a|null|undefined|nan|none|nil|todo|tbd|error|string|placeholder|\.\.\.|…)[.!]?$/i;
const ANYWHERE =
  /\[object \w+\]|\{\{[^{}\n]{0,80}\}\}|\$\{[\w.]{1,80}\}|<(?:your|insert)[_ ][\w ]{1,40}>|lorem ipsum|\bundefined undefined\b/i;

function failureToken(text: string): string | undefined {
  return WHOLE.exec(text.trim())?.[0] ?? ANYWHERE.exec(text)?.[0] ?? refusalStart(text);
}

function* texts(value: Json, place: string): Generator<{ readonly text: string; readonly place: string }> {
  if (typeof value === 'string') yield { text: value, place };
  else if (Array.isArray(value)) for (const [at, item] of (value as readonly Json[]).entries()) yield* texts(item, `${place}[${at}]`);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* texts(item, `${place}.${key}`);
}
