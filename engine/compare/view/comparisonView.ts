import {
  type ComparedCase,
  type Comparison,
  type ComparisonView,
  type DriftRow,
  type DriftSummary,
  REVIEWABLE,
  type ReviewState,
  type SuiteWord,
} from '../../../protocol/index.ts';
import { shownPath } from './caseFields.ts';
import { changesView } from './changesView.ts';
import { count, counted, duration, money, oneLine, shortP } from './figures.ts';
import { differenceWords, sideWords } from './sideWords.ts';

/** Where the review of a case's change stands. */
export type StateOf = (caseId: string, change: string) => ReviewState;

/** The verdict on the suite as it is shown. */
export const SUITE_WORDS: Readonly<Record<SuiteWord, string>> = {
  worse: 'worse',
  better: 'better',
  changed: 'changed',
  insufficientData: 'insufficient data',
  steady: 'steady',
  untested: 'not tested',
};

/** A comparison in the words that panel, tree and terminal share. The rows stand in the order of their groups. */
export function comparisonView(comparison: Comparison, stateOf: StateOf): ComparisonView {
  const rows = orderedCases(comparison).map((of) => rowOf(of, stateOf(of.caseId, of.change)));
  const changes = changesView(comparison);
  return { summary: summaryOf(comparison, rows), groups: comparison.groups, rows, ...(changes ? { changes } : {}) };
}

/** The cases in the order of their groups; a case that no group names comes last. */
export function orderedCases({ cases, groups }: Pick<Comparison, 'cases' | 'groups'>): readonly ComparedCase[] {
  const left = new Map(cases.map((of) => [of.caseId, of]));
  const ordered: ComparedCase[] = [];
  for (const { caseIds } of groups)
    for (const id of caseIds) {
      const of = left.get(id);
      if (of) ordered.push(of);
      left.delete(id);
    }
  return [...ordered, ...left.values()];
}

function rowOf({ caseId, label, input, line, group, evaluators }: ComparedCase, review: ReviewState): DriftRow {
  return {
    caseId,
    label,
    input: oneLine(input?.text ?? '', LONGEST_LINE),
    line: oneLine(line, LONGEST_LINE),
    ...(group === undefined ? {} : { group }),
    flips: evaluators.filter(({ flipped }) => flipped).map(({ evaluator }) => oneLine(evaluator, LONGEST_LINE)),
    review,
  };
}

const LONGEST_LINE = 160;

function summaryOf(comparison: Comparison, rows: readonly DriftRow[]): DriftSummary {
  const { attribution, suite, monitor, kind } = comparison;
  const { differs, same, unknown } = differenceWords(attribution);
  const reviewable = rows.filter(({ label }) => REVIEWABLE.has(label));
  return {
    comparisonId: comparison.id,
    kind: comparison.kind,
    title: oneLine(comparison.promptName || comparison.promptId || 'Comparison', LONGEST_LINE),
    word: suite.word,
    // Of a daily report the monitor decides; the table of its canaries is description.
    wordShown: kind === 'daily' && monitor ? monitor.colour : SUITE_WORDS[suite.word],
    baseline: sideWords('baseline', comparison),
    candidate: sideWords('candidate', comparison),
    verdict: kind === 'daily' && monitor ? [{ text: `${monitor.sentence} ` }, ...suite.sentences] : suite.sentences,
    differs: [...differs],
    same: [...same],
    ...(attribution.warning === undefined ? {} : { warning: attribution.warning }),
    facts: [designWords(comparison), suite.power?.sentence, spentWords(comparison)].filter((fact) => fact !== undefined),
    shifts: suite.shifts.map(({ sentence }) => sentence),
    fields: suite.fields.filter(({ listed }) => listed).map(({ path, p }) => `${oneLine(shownPath(path), LONGEST_LINE)} ${shortP(p)}`),
    notes: [...comparison.notes, ...(unknown.length ? [`Not known whether the same: ${unknown.join(', ')}.`] : [])],
    ...(monitor ? { monitor: { colour: monitor.colour, sentence: monitor.sentence, history: monitor.history } } : {}),
    reviewed: reviewable.filter(({ review }) => review.state !== 'pending').length,
    reviewable: reviewable.length,
    canAccept: comparison.promptId !== '',
    incomplete: comparison.incomplete,
  };
}

/** `50 cases × 10 approved, 3 new (8 for suspects, 15 where that left it open)`. */
function designWords({ design, kind }: Comparison): string {
  const { cases, approvedLeast, approvedMost, screen, confirm, suspects, third = 0, unclear = 0 } = design;
  const approved = approvedLeast === approvedMost ? count(approvedMost) : `${count(approvedLeast)} to ${count(approvedMost)}`;
  const open = third > 0 && unclear > 0 ? `, ${count(screen + confirm + third)} where that left it open` : '';
  const more = confirm > 0 && suspects > 0 && kind !== 'quick' ? ` (${count(screen + confirm)} for suspects${open})` : '';
  return `${counted(cases, 'case')} × ${approved} approved, ${count(screen)} new${more}`;
}

/** `195 calls · $0.41 · 2 min 05 s`; undefined where stored outputs were compared. */
function spentWords({ spent: { calls, usd, unpriced, ms }, kind }: Comparison): string | undefined {
  if (calls === 0) return kind === 'recorded' ? undefined : 'no calls';
  const price = unpriced < calls ? money(usd) : undefined;
  const without = unpriced === 0 ? undefined : `${counted(unpriced, 'answer')} without a known price`;
  return [counted(calls, 'call'), price, without, duration(ms)].filter((part) => part !== undefined).join(' · ');
}
