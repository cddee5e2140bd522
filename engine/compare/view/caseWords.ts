import type { CaseLabel, ComparedCase, ComparedSample, Comparison } from '../../../protocol/index.ts';
import { LEAST_BASELINE, LEAST_FRESH, pValue } from '../../drift/index.ts';
import { type CaseSamples, caseFields, shownPath } from './caseFields.ts';
import { type Change, shownValue } from './change.ts';
import { findChange, reasons } from './describeChange.ts';
import { count, counted, share } from './figures.ts';
import { tally } from './labelChange.ts';
import { valuesAt, valuesOf } from './pathChange.ts';

/** The verdict on a case as it is shown beside it. */
export const LABEL_WORDS: Readonly<Record<CaseLabel, string>> = {
  new: 'new',
  missing: 'missing',
  broken: 'broken',
  drifted: 'drifted',
  unsure: 'cannot tell yet',
  same: 'same',
  equivalent: 'equivalent',
  noise: 'within noise',
  changed: 'changed, not tested',
};

/** The verdict on one case in a sentence: what it claims, on how many samples, and what to do where that is open. */
export function caseWords(of: ComparedCase, { reading }: Pick<Comparison, 'reading'>): string {
  const { label, approved, fresh } = of;
  switch (label) {
    case 'broken':
      return brokenWords(of);
    case 'drifted': {
      const change = findChange(of, reading);
      const listed = 'among all cases listed here about 1 in 10 may be false';
      return `${subject(change)} changed beyond this prompt's own variation (${samples(of)}${test(of)}; ${listed}).${wasNow(of, change, reading)}`;
    }
    case 'unsure':
      return unsureWords(of, reading);
    case 'changed': {
      const least = `at least ${LEAST_BASELINE} approved samples and ${LEAST_FRESH} new ones; here are ${count(approved.length)} and ${count(fresh.length)}`;
      return `The answers differ. Not tested for noise: that takes ${least}.${wasNow(of, findChange(of, reading), reading)}`;
    }
    case 'noise':
      return `The answers differ, but no more than the approved samples differ among themselves (${samples(of)}${test(of)}).`;
    case 'equivalent':
      return of.fresh.length === 1
        ? 'The new sample says what an approved one says; it is only written in another way, or within the tolerances.'
        : 'Every new sample says what an approved one says; they are only written in another way, or within the tolerances.';
    case 'same':
      return of.fresh.length === 1
        ? 'The new sample is an approved one, byte for byte.'
        : 'Every new sample is an approved one, byte for byte.';
    case 'new':
      return `Nothing is approved for this case yet; there ${of.fresh.length === 1 ? 'is one new sample' : `are ${count(of.fresh.length)} new samples`}. Accepting approves ${of.fresh.length === 1 ? 'it' : 'them'}.`;
    case 'missing':
      return `Approved with ${counted(of.approved.length, 'sample')}, but on the new side there is no such case. Accepting takes it out of the baseline.`;
  }
}

/** Why samples break their contract, each reason once with its count: the new side's, then those the approved side had too. */
export function brokenReasons({ approved, fresh }: CaseSamples): readonly string[] {
  return [
    ...reasons(fresh).map(([reason, times]) => `${reason} in ${share(times, fresh.length)}`),
    ...reasons(approved).map(([reason, times]) => `approved: ${reason} in ${share(times, approved.length)}`),
  ];
}

function brokenWords({ approved, fresh }: ComparedCase): string {
  const [reason, times] = reasons(fresh)[0] ?? ['', broken(fresh)];
  const before = reason === '' ? broken(approved) : (reasons(approved).find(([other]) => other === reason)?.[1] ?? 0);
  const others = broken(fresh) - times;
  const more = others > 0 ? `; ${counted(others, 'other')} ${others === 1 ? 'breaks' : 'break'} the contract in another way` : '';
  return `${share(times, fresh.length)} ${fresh.length === 1 ? 'output' : 'outputs'} ${verb(reason, times)} (approved: ${share(before, approved.length)})${more}.`;
}

/** `are not valid JSON`, `does not fit the schema`, `fail “names the team”`. */
function verb(reason: string, times: number): string {
  const one = times === 1;
  if (reason === '') return one ? 'breaks the contract' : 'break the contract';
  const [, negated, rest] = /^(does not|fails) (.*)$/s.exec(reason) ?? [];
  if (negated === 'does not') return `${one ? 'does not' : 'do not'} ${rest}`;
  if (negated === 'fails') return `${one ? 'fails' : 'fail'} ${rest}`;
  return `${one ? 'is' : 'are'} ${reason}`;
}

function unsureWords(of: ComparedCase, reading: Comparison['reading']): string {
  const calls = of.failures === 1 ? 'one call gave no answer' : `${count(of.failures)} calls gave no answer`;
  if (of.fresh.length === 0) return `Cannot tell: ${calls}. Run the comparison again.`;
  const failed = of.failures > 0 ? ` Besides, ${calls}.` : '';
  return `Cannot tell yet (${samples(of)}${test(of)}): take 5 more samples (about 5 calls).${wasNow(of, findChange(of, reading), reading)}${failed}`;
}

function subject({ kind, path }: Change): string {
  if (path !== undefined && path !== '$') return shownPath(path);
  return kind === 'contract' ? 'How often the output keeps its contract' : 'The output';
}

function samples({ approved, fresh }: ComparedCase): string {
  return `${count(approved.length)} approved and ${count(fresh.length)} new samples`;
}

/** The p-value that counts; the first look's where the second one was not taken or not earned. */
function test({ p, pScreen }: ComparedCase): string {
  const shown = p === 1 && pScreen !== null ? pScreen : p;
  return shown === null ? '' : `, ${pValue(shown)}`;
}

/** ` Was billing in 10 of 10; now refunds in 7 of 8, billing in 1 of 8.` Of changes other than of labels the line, where it says more than that there is one. */
function wasNow({ approved, fresh, line }: ComparedCase, { kind, path }: Change, reading: Comparison['reading']): string {
  if (kind === 'wording') return '';
  if ((kind !== 'label' && kind !== 'share') || path === undefined) {
    const ownWords = !line.includes(' → ');
    return ` ${ownWords ? line.charAt(0).toUpperCase() : line.charAt(0)}${line.slice(1)}.`;
  }
  const fields = caseFields({ approved, fresh }, reading);
  const foldCase = fields.rules.get(path)?.foldCase === true;
  const [before, now] = [fields.approved, fields.fresh].map((side) => {
    const values = valuesAt(path, side).flatMap((field) => (field ? valuesOf(field) : []));
    const found = [...tally(values, foldCase).values()];
    const listed = found.slice(0, MOST_VALUES).map(({ value, count: times }) => `${shownValue(value)} in ${share(times, values.length)}`);
    return [...listed, ...(found.length > MOST_VALUES ? [`${counted(found.length - MOST_VALUES, 'other value')}`] : [])].join(', ');
  });
  return ` Was ${before}; now ${now}.`;
}

const MOST_VALUES = 3;

function broken(side: readonly ComparedSample[]): number {
  return side.filter(({ contract }) => contract === false).length;
}
