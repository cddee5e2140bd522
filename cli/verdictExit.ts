import { type Comparison, type ComparisonView, REVIEWABLE, type SuiteWord } from '../protocol/index.ts';
import { EXIT, type ExitCode, worstExit } from './exitCodes.ts';

/**
 * The code of a comparison: its verdict's, 1 while a change stays rejected, 3 where it is of less than was planned. A verdict `changed` that
 * only cases make, all of them accepted or known noise by a person's word, is settled.
 */
export function verdictExit(comparison: Comparison, { rows, summary }: ComparisonView): ExitCode {
  const isRejected = rows.some(({ review }) => review.state === 'rejected');
  return worstExit([
    isSettled(comparison, rows) ? EXIT.passed : WORDS[summary.word],
    isRejected ? EXIT.failed : EXIT.passed,
    comparison.incomplete ? EXIT.incomplete : EXIT.passed,
  ]);
}

/** The code of a daily check: its colour's. Without a monitor nothing was concluded. */
export function dailyExit({ monitor, incomplete }: Comparison): ExitCode {
  return worstExit([monitor ? COLOURS[monitor.colour] : EXIT.incomplete, incomplete ? EXIT.incomplete : EXIT.passed]);
}

const WORDS: Readonly<Record<SuiteWord, ExitCode>> = {
  worse: EXIT.failed,
  changed: EXIT.failed,
  insufficientData: EXIT.incomplete,
  better: EXIT.passed,
  steady: EXIT.passed,
  untested: EXIT.passed,
};

const COLOURS = { green: EXIT.passed, amber: EXIT.amber, red: EXIT.failed } as const;

/** The suite as a whole did not change, and a person has spoken on every case that did. */
function isSettled({ suite }: Comparison, rows: ComparisonView['rows']): boolean {
  if (suite.word !== 'changed' || suite.tests.distribution?.rejected === true) return false;
  const listed = rows.filter(({ label }) => REVIEWABLE.has(label));
  return listed.length > 0 && listed.every(({ review }) => review.state === 'accepted' || review.state === 'knownNoise');
}
