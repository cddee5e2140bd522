import { buildComparison, type CasePair } from '../../engine/compare/buildComparison.ts';
import { seededRandom } from '../../engine/drift/index.ts';
import type { ComparedSample, SideInfo } from '../../protocol/index.ts';
import type { BenchLine, BenchRow } from './benchRow.ts';
import { median } from './statistics.ts';

const CASES = 50;
const APPROVED = 10;
const FRESH = 8;
const WORDS =
  'the customer asks for a refund of order invoice parcel arrived late damaged twice charged account login reset again please today'.split(
    ' ',
  );

/** A drift review of 50 cases with 10 approved and 8 new samples each, from samples to verdict, groups and words: nothing is called. */
export const driftReviewRow: BenchRow = {
  id: 'driftReview',
  run: async ({ rounds, say }) => {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      say(`drift review, ${round === 0 ? 'first' : `round ${round} of ${rounds}`}`);
      const pairs = casePairs(round);
      const start = performance.now();
      const { suite } = buildComparison({ ...INPUT, pairs, seed: round + 1 });
      times.push(performance.now() - start);
      if (suite.word === 'untested') throw new Error('nothing was tested');
    }
    const [first = 0, ...later] = times;
    const warm = median(later);
    const line: BenchLine = {
      work: `Drift review: ${CASES} cases × ${APPROVED + FRESH} samples, 9 fields`,
      target: 'computed ≤ 1 s',
      measured: `${first.toFixed(0)} ms the first time, ${warm.toFixed(0)} ms after`,
      met: first <= 1000,
      figures: { first, warm },
    };
    return [line];
  },
};

const SIDE: SideInfo = { kind: 'run', label: 'bench', model: 'bench/model', answeredBy: [], runIds: [] };
const INPUT = {
  id: 'bench',
  kind: 'review' as const,
  createdAt: '2026-11-25T00:00:00.000Z',
  promptId: 'bench.prompt.yml',
  promptName: 'Bench',
  baseline: SIDE,
  candidate: SIDE,
  assessor: {
    evaluators: [{ name: 'right team', line: 1 }],
    judges: [],
    reading: { format: 'json' as const, stripFence: false, rules: {} },
  },
  screen: 3,
  spent: { calls: 0, usd: 0, unpriced: 0, ms: 0 },
  notes: [],
  incomplete: false,
};

/** Noisy answers with a fifth of the cases shifted, so that every case has much to compare. */
function casePairs(round: number): readonly CasePair[] {
  const random = seededRandom(`bench ${round}`);
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
  const sentence = (words: number): string => Array.from({ length: words }, () => pick(WORDS)).join(' ');
  const sample = (shifted: boolean): ComparedSample => {
    const team = shifted || random.unit() < 0.15 ? pick(['refunds', 'account']) : 'billing';
    const value = {
      team,
      priority: pick(['low', 'normal', 'normal', 'high']),
      confidence: Math.round(random.unit() * 100) / 100,
      amount: random.below(5) * 10,
      due: `2026-12-0${1 + random.below(9)}`,
      summary: sentence(35),
      reply: sentence(40),
      tags: [pick(WORDS), pick(WORDS)],
      escalate: random.unit() < 0.2,
    };
    return {
      output: { text: JSON.stringify(value), finishReason: 'stop' },
      contract: true,
      scores: [{ index: 0, status: team === 'billing' ? 'passed' : 'failed' }],
    };
  };
  return Array.from({ length: CASES }, (_, at) => ({
    of: { id: `case-${at}`, variables: { ticket: sentence(60) } },
    approved: Array.from({ length: APPROVED }, () => sample(false)),
    fresh: Array.from({ length: FRESH }, () => sample(at % 5 === 0)),
    failures: 0,
  }));
}
