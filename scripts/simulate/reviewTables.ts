import { type Estimate, mean, share, shareOf } from './estimate.ts';
import type { Cell, Claim, Table } from './report.ts';
import type { ReviewOutcome } from './review.ts';
import { RIVALS } from './rivals.ts';
import { NO_DRIFT, SCENARIOS } from './scenarios.ts';
import type { SuiteKind } from './suites.ts';
import { REVIEW_SIZE } from './task.ts';

/** The simulated reviews of one suite and scenario. */
export interface ReviewCell {
  readonly kind: SuiteKind;
  readonly scenario: string;
  readonly outcomes: readonly ReviewOutcome[];
}

/** What is reported of the reviews. */
export function reviewTables(cells: readonly ReviewCell[]): readonly Table[] {
  const kinds = [...new Set(cells.map(({ kind }) => kind))];
  return [
    ...kinds.flatMap((kind) => {
      const own = cells.filter((cell) => cell.kind === kind);
      return [caseTable(kind, own), suiteTable(kind, own)];
    }),
    flipTable(cells),
  ];
}

/** What the product claims of reviews. */
export function reviewClaims(cells: readonly ReviewCell[]): readonly Claim[] {
  const claim = (
    scenario: string,
    terms: Pick<Claim, 'claim' | 'limit' | 'must'>,
    figure: (outcomes: readonly ReviewOutcome[]) => Estimate | null,
  ) =>
    cells
      .filter((cell) => cell.scenario === scenario)
      .map(({ kind, outcomes }) => ({ ...terms, of: `${kind} suite`, figure: figure(outcomes) }));
  return [
    ...claim('none', { claim: 'at most 5 % of reviews without drift fail', limit: 0.05, must: 'stayUnder' }, (outcomes) =>
      shareOf(outcomes, ({ failed }) => failed),
    ),
    ...claim('flips', { claim: 'at least 90 % of flipped cases are listed', limit: 0.9, must: 'reach' }, found),
    ...claim('broken', { claim: 'one broken case among 50 is found (19 times in 20)', limit: 0.95, must: 'reach' }, found),
  ];
}

function caseTable(kind: SuiteKind, cells: readonly ReviewCell[]): Table {
  const rules = [...RIVALS.map(({ id, title, samples }) => ({ id, title: `${title} (${REVIEW_SIZE.cases * samples} calls)` })), EVENKEEL];
  return {
    title: `Cases named, ${kind} suite`,
    note: `Cases of ${REVIEW_SIZE.cases} that a rule names per review; how many of the named ones did not change (“false”); how many of the changed ones are named (“found”). Without drift every named case is false; “reviews” is the share of reviews in which any is.`,
    columns: ['scenario', ...rules.map(({ title }) => title), 'calls of Evenkeel'],
    rows: cells.map(({ scenario, outcomes }) => [
      titleOf(scenario),
      ...rules.map(({ id }) => namedCell(id, outcomes)),
      { number: mean(outcomes.map(({ calls }) => calls)) },
    ]),
  };
}

const EVENKEEL = { id: 'evenkeel', title: '**Evenkeel’s list**' };

function namedCell(id: string, outcomes: readonly ReviewOutcome[]): Cell {
  const named = outcomes.map((outcome) => outcome.named[id]!);
  const flagged = named.reduce((sum, one) => sum + one.flagged, 0);
  const wrong = named.reduce((sum, one) => sum + one.wrong, 0);
  const changed = outcomes.reduce((sum, one) => sum + one.changed.length, 0);
  const size: Cell = { number: mean(named.map((one) => one.flagged)) };
  if (changed === 0) return [size, '; ', { share: shareOf(named, (one) => one.flagged > 0) }, ' of reviews'];
  const isEverywhere = changed === outcomes.length * REVIEW_SIZE.cases;
  return [
    size,
    ...(isEverywhere ? [] : ['; ', { share: share(wrong, flagged) }, ' false']),
    '; ',
    { share: share(flagged - wrong, changed) },
    ' found',
  ];
}

function suiteTable(kind: SuiteKind, cells: readonly ReviewCell[]): Table {
  return {
    title: `Verdict on the suite, ${kind} suite`,
    note: 'Share of reviews in which each headline test rejects, in which a case passes the gate, and which fail: either of the two. Beside it the word “better”, the rule of thumb “fails when the pass rate fell by 5 points or more” on the same 3 samples, and the two paths that the field list marks most.',
    columns: [
      'scenario',
      'reviews',
      'pass rate',
      'contract',
      'distribution',
      'a case',
      '**fails**',
      'says better',
      '5-point rule',
      'fields',
    ],
    rows: cells.map(({ scenario, outcomes }) => [
      titleOf(scenario),
      `${outcomes.length}`,
      { share: shareOf(outcomes, ({ headlines }) => headlines.passRate) },
      { share: shareOf(outcomes, ({ headlines }) => headlines.contract) },
      { share: shareOf(outcomes, ({ headlines }) => headlines.distribution) },
      { share: shareOf(outcomes, ({ gated }) => gated) },
      { share: shareOf(outcomes, ({ failed }) => failed) },
      { share: shareOf(outcomes, ({ word }) => word === 'better') },
      { share: shareOf(outcomes, ({ fivePoints }) => fivePoints) },
      fieldWords(outcomes),
    ]),
  };
}

function fieldWords(outcomes: readonly ReviewOutcome[]): string {
  const paths = [...new Set(outcomes.flatMap(({ fields }) => fields))];
  const counted = paths.map((path) => ({ path, count: outcomes.filter(({ fields }) => fields.includes(path)).length }));
  const most = counted.sort((a, b) => b.count - a.count).slice(0, 2);
  return most.map(({ path, count }) => `\`${path}\` ${((100 * count) / outcomes.length).toFixed(0)} %`).join(', ') || '-';
}

/** Lower ends of the groups of cases by how often they gave their main category before they flipped. */
const SURE: readonly number[] = [0.95, 0.8, 0.7, 0.6, 0];

function flipTable(cells: readonly ReviewCell[]): Table {
  const flips = cells.filter(({ scenario }) => scenario === 'flips');
  return {
    title: 'Flipped cases that are listed, by how sure they were',
    note: 'By the chance with which a case gave its main category before that chance went over to a new category: 1 is a flip in every answer, 0.6 one in 6 answers of 10.',
    columns: ['main category before', ...flips.map(({ kind }) => `${kind} suite`)],
    rows: SURE.map((low, at) => {
      const high = SURE[at - 1] ?? 2;
      const listed = flips.map(({ outcomes }) =>
        shareOf(
          outcomes.flatMap(({ changed }) => changed).filter(({ sure }) => sure >= low && sure < high),
          (one) => one.listed,
        ),
      );
      const words = high > 1 ? `${low} and more` : low === 0 ? `under ${high}` : `${low} to ${high}`;
      return [words, ...listed.map((one): Cell => (one === null ? '-' : [{ share: one }, ` of ${one.of}`]))];
    }),
  };
}

function found(outcomes: readonly ReviewOutcome[]): Estimate | null {
  return shareOf(
    outcomes.flatMap(({ changed }) => changed),
    ({ listed }) => listed,
  );
}

function titleOf(id: string): string {
  const { title } = SCENARIOS.find((scenario) => scenario.id === id) ?? NO_DRIFT;
  return id === NO_DRIFT.id ? `**${title}**` : title;
}
