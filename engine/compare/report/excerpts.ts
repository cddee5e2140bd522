import type { ComparedCase, ComparedSample, Comparison } from '../../../protocol/index.ts';
import type { Json } from '../../../safety/index.ts';
import { comparableText } from '../comparableText.ts';
import { caseFields, type SideFields } from '../view/caseFields.ts';
import { findChange } from '../view/describeChange.ts';
import { oneLine } from '../view/figures.ts';
import { tally } from '../view/labelChange.ts';
import { valuesAt, valuesOf } from '../view/pathChange.ts';

/** What the samples of a case said most often on each side, where the case's line does not say it. */
export interface Excerpts {
  readonly before?: string;
  readonly now?: string;
}

/** The start of the most frequent value at the path that changed, else of the most frequent output. */
export function excerptsOf(of: ComparedCase, { reading }: Pick<Comparison, 'reading'>): Excerpts {
  if (of.line.includes(' → ')) return {};
  const { approved, fresh, label } = of;
  const path = approved.length && fresh.length && label !== 'broken' ? findChange(of, reading).path : undefined;
  const fields = path === undefined ? undefined : caseFields(of, reading);
  const side = (samples: readonly ComparedSample[], read: SideFields | undefined): string | undefined => {
    const values = path === undefined || read === undefined ? samples.map(({ output }) => comparableText(output)) : atPath(path, read);
    const [first] = tally(values, false).values();
    return first && shown(first.value);
  };
  const [before, now] = [side(approved, fields?.approved), side(fresh, fields?.fresh)];
  return { ...(before === undefined ? {} : { before }), ...(now === undefined ? {} : { now }) };
}

function atPath(path: string, side: SideFields): readonly Json[] {
  return valuesAt(path, side).flatMap((field) => (field ? valuesOf(field) : []));
}

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.trim() === '' ? '(empty)' : oneLine(text, LONGEST_EXCERPT);
}

const LONGEST_EXCERPT = 200;
