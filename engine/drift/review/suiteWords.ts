import type { CaseLabel, Phrases, SuiteWord } from '../../../protocol/index.ts';
import { dropWords } from '../suite/powerSentence.ts';
import { countsSentence } from './countsSentence.ts';
import { percent, points, pValue } from './figures.ts';
import type { PassRate } from './passRate.ts';
import { phrases } from './phrases.ts';

/** What the suite's sentences are made of. */
export interface SuiteFacts {
  readonly word: SuiteWord;
  readonly labels: Readonly<Partial<Record<CaseLabel, number>>>;
  /** Cases that were tested for noise. */
  readonly tested: number;
  readonly passRate: (PassRate & { readonly fell: boolean; readonly rose: boolean }) | null;
  /** Share of outputs that keep their contract, where it fell. */
  readonly contractFell: { readonly baseline: number; readonly candidate: number } | null;
  /** p of the distribution test, where it rejects. */
  readonly changedP: number | null;
  readonly power: PowerFacts | null;
}

/** What the run could have seen. */
export interface PowerFacts {
  readonly drop: number | null;
  /** The share of runs that would find a drop of 20 points. */
  readonly at20: number;
  /** `the pass rate`, or what stands in for it. */
  readonly of: string;
  /** `30 cases x 3 samples`: what would find a drop of 20 points. */
  readonly needed: string;
}

/** The verdict on the suite in sentences, as panel, terminal and report say it. */
export function suiteSentences(facts: SuiteFacts): Phrases {
  const parts = [opening(facts), rateSentence(facts), contractSentence(facts), changeSentence(facts), countsSentence(facts.labels)];
  return phrases(parts.filter((part) => part !== '').join(' '));
}

/** A quick compare counts, and claims nothing. */
export function quickSentences(labels: SuiteFacts['labels']): Phrases {
  return phrases(`${countsSentence(labels, false)} No claim: one sample a case cannot tell a change from noise.`);
}

function opening({ word, power, tested, passRate, labels }: SuiteFacts): string {
  if (word === 'steady' && tested === 0) return `**No fall of the pass rate found**; ${seen(power)}.`;
  const listed = (labels.broken ?? 0) + (labels.drifted ?? 0) > 0;
  if (word === 'steady') return `**No drift found**${listed ? ' in the suite as a whole' : ''}; ${seen(power)}.`;
  if (word !== 'insufficientData') return '';
  if (tested === 0 && passRate === null)
    return '**Too little data to tell**: nothing was scored, and no case has the 3 approved and 2 new samples that a test for noise takes.';
  if (power === null) return '**Too little data to tell**.';
  return `**Too little data to tell**: a drop of 20 points in ${power.of} would have been found in ${percent(power.at20)} of such runs; about ${power.needed} would do.`;
}

function seen(power: PowerFacts | null): string {
  if (power === null || power.drop === null) return 'without a score or a contract it cannot be said what this run would have found';
  return `this run would have found a drop of ${dropWords(power.drop)} or more in ${power.of} 4 times in 5`;
}

function rateSentence({ passRate }: SuiteFacts): string {
  if (passRate === null) return '';
  const { baseline, candidate, difference, interval, fell, rose, words } = passRate;
  const range = `95 % interval ${points(interval.low)} to ${points(interval.high)}`;
  const size = `${points(difference, true)} points, ${range}`;
  if (fell || rose) {
    // The test is about these cases, the interval about cases like them: with few that changed, the one can be sure and the other not.
    const wide =
      interval.low < 0 && interval.high > 0 ? ' That is sure of these cases; of others like them the interval leaves it open.' : '';
    return `The pass rate ${fell ? 'fell' : 'rose'} from **${percent(baseline)}** to **${percent(candidate)}** (${size}).${wide}`;
  }
  if (percent(baseline) === percent(candidate)) return `The pass rate is **${percent(candidate)}** on both sides (${range}); ${words}.`;
  return `The pass rate is **${percent(candidate)}**, before ${percent(baseline)} (${size}); ${words}.`;
}

function contractSentence({ contractFell }: SuiteFacts): string {
  if (contractFell === null) return '';
  return `**Fewer outputs keep their contract**: ${percent(contractFell.candidate)}, before ${percent(contractFell.baseline)}.`;
}

function changeSentence({ changedP, labels, word }: SuiteFacts): string {
  if (changedP === null) return '';
  const claim = word === 'changed' ? '**The outputs changed**' : 'The outputs changed';
  const alone = (labels.broken ?? 0) + (labels.drifted ?? 0) > 0 ? '' : ', though no single case shows it';
  return `${claim} over the suite beyond the approved samples' own variation (${pValue(changedP)})${alone}.`;
}
