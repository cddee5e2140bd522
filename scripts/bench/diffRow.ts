import { diffText } from '../../engine/drift/display/diffText.ts';
import { seededRandom } from '../../engine/drift/index.ts';
import type { BenchLine, BenchRow } from './benchRow.ts';
import { round } from './statistics.ts';

/** CPU to compare two outputs for the eye: the slowest of several shapes, the first time and again, because a panel opens one only once. */
export const diffRow: BenchRow = {
  id: 'diff',
  run: async ({ rounds, say }) => [
    slowest('diff of two outputs of 100 KB', 250, shapesOf(100_000), rounds, say),
    slowest('diff of two outputs of 1 MB', 1000, shapesOf(1_000_000), rounds, say),
  ],
};

interface Shape {
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

function slowest(work: string, most: number, shapes: readonly Shape[], rounds: number, say: (text: string) => void): BenchLine {
  const figures: Record<string, number> = {};
  for (let turn = 0; turn < rounds; turn++) {
    say(`${work}, round ${turn + 1} of ${rounds}`);
    for (const { name, left, right } of shapes) {
      const before = process.cpuUsage();
      diffText(left, right);
      const { user, system } = process.cpuUsage(before);
      figures[name] = Math.max(figures[name] ?? 0, round((user + system) / 1000, 1));
    }
  }
  const [name, ms] = Object.entries(figures).reduce((worst, one) => (one[1] > worst[1] ? one : worst));
  return { work, target: `≤ ${most} ms CPU`, measured: `${round(ms, 0)} ms at most (${name})`, met: ms <= most, figures };
}

function shapesOf(length: number): readonly Shape[] {
  const random = seededRandom(length);
  const pick = <T>(of: readonly T[]): T => of[random.below(of.length)]!;
  const vocabulary = Array.from({ length: 3000 }, () => random.uint32().toString(36));
  const prose = (sentence: number): string => {
    let text = '';
    for (let at = 1; text.length < length; at++) text += pick(vocabulary) + (at % sentence ? ' ' : at % (5 * sentence) ? '. ' : '.\n');
    return text.slice(0, length);
  };
  const [text, line] = [prose(12), prose(Number.POSITIVE_INFINITY)];
  const edited = (oneOf: number): string => text.replaceAll(/\S+/g, (word) => (random.below(oneOf) ? word : 'edited'));
  const lines = Array.from({ length: length / 10 }, (_, at) => `line ${at}`);
  const chinese = (): string => Array.from({ length: length / 3 }, () => String.fromCharCode(0x4e00 + random.below(500))).join('');
  return [
    { name: 'differing everywhere', left: text, right: prose(12) },
    { name: 'one line differing everywhere', left: line, right: prose(Number.POSITIVE_INFINITY) },
    { name: 'one word of 100', left: text, right: edited(100) },
    { name: 'one word of 5', left: text, right: edited(5) },
    { name: 'other line breaks', left: text, right: text.replaceAll(/\s+/g, () => (random.below(7) ? ' ' : '\n')) },
    { name: 'short lines shuffled', left: lines.join('\n'), right: lines.toSorted(() => random.unit() - 0.5).join('\n') },
    {
      name: 'two words at random',
      left: text.replaceAll(/\S+/g, () => pick(['a', 'b'])),
      right: text.replaceAll(/\S+/g, () => pick(['a', 'b'])),
    },
    { name: 'Chinese', left: chinese(), right: chinese() },
  ];
}
