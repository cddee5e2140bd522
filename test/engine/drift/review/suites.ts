import type { Sample } from '../../../../engine/drift/cases/caseMatrices.ts';
import { type SeededRandom, seededRandom } from '../../../../engine/drift/cases/random.ts';
import { type CaseInput, reviewCase } from '../../../../engine/drift/cases/reviewCase.ts';
import type { FirstLook } from '../../../../engine/drift/review/distributionTest.ts';
import type { OutcomeCounts, SuiteCase } from '../../../../engine/drift/review/suiteReview.ts';
import type { Phrases } from '../../../../protocol/index.ts';

/** One side of a case as `billing*8 refund*2`; a `!` before a name breaks the contract, a `~` fails the evaluators. */
export function outputs(text: string): readonly (Sample & { readonly passed: boolean })[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [written = '', count = '1'] = part.split('*');
      const name = written.replace(/^[!~]/, '');
      const sample = {
        text: JSON.stringify({ category: name, lang: 'de' }),
        contract: !written.startsWith('!'),
        passed: !written.startsWith('~'),
      };
      return Array.from({ length: Number(count) }, () => sample);
    });
}

/** A case written `approved | first look | second look`; without scores when `scored` is false. */
export function suiteCase(caseId: string, written: string, { scored = true, looks = 'two' as CaseInput['looks'] } = {}): SuiteCase {
  const [approved = '', first = '', second] = written.split('|');
  const [baseline, screen] = [outputs(approved), outputs(first)];
  const evidence = reviewCase({
    baseline,
    screen,
    confirm: second === undefined ? null : outputs(second),
    seed: caseId,
    ...(looks ? { looks } : {}),
  });
  const counts = (of: 'passed' | 'contract'): OutcomeCounts => ({
    baseline: { yes: baseline.filter((sample) => sample[of]).length, total: baseline.length },
    candidate: { yes: screen.filter((sample) => sample[of]).length, total: screen.length },
  });
  return { caseId, evidence, passes: scored ? counts('passed') : null, contract: counts('contract') };
}

/** So many cases of the same kind. */
export function repeated(count: number, written: string, options?: Parameters<typeof suiteCase>[2]): readonly SuiteCase[] {
  return Array.from({ length: count }, (_, at) => suiteCase(`${written}#${at}`, written, options));
}

/** The phrases as one text, strong parts between stars. */
export function starred(phrases: Phrases): string {
  return phrases.map(({ text, strong }) => (strong ? `**${text}**` : text)).join('');
}

/** First looks of random cases: 10 approved and 3 new samples with a label, a number and a sentence; `change` rewrites new ones. */
export function randomLooks(
  cases: number,
  seed: string,
  change: (value: RandomOutput, at: number, random: SeededRandom) => RandomOutput = same,
): readonly FirstLook[] {
  const random = seededRandom(seed);
  return Array.from({ length: cases }, (_, at) => {
    const sample = (fresh: boolean): Sample => {
      const value = { label: random.below(4) === 0 ? 'b' : 'a', n: random.below(5), prose: `Case ${at} says ${sentence(random)}.` };
      return { text: JSON.stringify(fresh ? change(value, at, random) : value), contract: null };
    };
    const baseline = Array.from({ length: 10 }, () => sample(false));
    const screen = Array.from({ length: 3 }, () => sample(true));
    const { firstLook } = reviewCase({ baseline, screen, confirm: null, seed: `${seed}${at}` });
    if (firstLook === null) throw new Error('10 against 3 are enough to be tested');
    return { caseId: `c${at}`, approved: 10, matrices: firstLook };
  });
}

export interface RandomOutput {
  readonly label: string;
  readonly n: number;
  readonly prose: string;
}

function same(value: RandomOutput): RandomOutput {
  return value;
}

const WORDS = [
  'the customer wants',
  'a refund',
  'an invoice',
  'was charged twice',
  'and asks again',
  'about the delivery',
  'for the third time',
];

function sentence(random: SeededRandom): string {
  return Array.from({ length: 6 }, () => WORDS[random.below(WORDS.length)]).join(' ');
}
