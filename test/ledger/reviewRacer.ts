/** Run as a process of its own: reviews one prompt at random for a while, and tells on stdout what was acknowledged, a line of JSON each. */
import { writeSync } from 'node:fs';
import { UserError } from '../../safety/index.ts';
import { caseOf, comparisonOf } from './comparisonOf.ts';
import { ledgerOf } from './reviewRoot.ts';

const [root = '', name = '', milliseconds = ''] = process.argv.slice(2);
const shared = ['s1', 's2'];
const own = [`${name}1`, `${name}2`];
/** One comparison a racer: whoever comes second to a shared case has not seen what is there. */
const comparison = comparisonOf(
  name,
  [...shared, ...own].map((id) => caseOf(id, 'drifted', { fresh: [`${name} ${id}`] })),
);
const ledger = ledgerOf(root, { by: name });
const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)] as T;

for (const end = performance.now() + Number(milliseconds); performance.now() < end; ) {
  const action = pick(['accept', 'accept', 'reject', 'knownNoise', 'undo', 'undo'] as const);
  const caseId = pick([...shared, ...own]);
  try {
    const result =
      action === 'undo' ? await ledger.undo(comparison) : await ledger.apply(comparison, action, { kind: 'cases', ids: [caseId] }, 'said');
    writeSync(1, `${JSON.stringify({ action, cases: result.cases })}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    writeSync(1, `${JSON.stringify({ action, refused: error.code })}\n`);
  }
}
