import type { ComparedSample, PartTally } from '../../protocol/index.ts';

type Part = NonNullable<ComparedSample['scores'][number]['parts']>[number];

/** What the checks of one evaluator that is a set said on each side, in their order; nothing for any other evaluator. */
export function partTallies(index: number, approved: readonly ComparedSample[], fresh: readonly ComparedSample[]): PartTally[] {
  const [baseline, candidate] = [listsOf(index, approved), listsOf(index, fresh)];
  const longest = [...candidate, ...baseline].reduce<readonly Part[]>((most, list) => (list.length > most.length ? list : most), []);
  return longest.map(({ evaluator }, at) => {
    const of = (lists: readonly (readonly Part[])[]): readonly Part[] => lists.flatMap((list) => list[at] ?? []);
    const unscored = commonest(
      [...of(candidate), ...of(baseline)].flatMap(({ status, reason }) => (status === 'unscored' ? (reason ?? '') : [])),
    );
    return { evaluator, baseline: tallyOf(of(baseline)), candidate: tallyOf(of(candidate)), ...(unscored ? { unscored } : {}) };
  });
}

function listsOf(index: number, samples: readonly ComparedSample[]): readonly (readonly Part[])[] {
  return samples.flatMap(({ scores }) => scores.flatMap((score) => (score.index === index && score.parts ? [score.parts] : [])));
}

function tallyOf(parts: readonly Part[]): PartTally['baseline'] {
  const scored = parts.filter(({ status }) => status !== 'unscored');
  return { passed: scored.filter(({ status }) => status === 'passed').length, scored: scored.length };
}

function commonest(reasons: readonly string[]): string | undefined {
  const counted = [...Map.groupBy(reasons, (reason) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return counted[0]?.[0];
}
