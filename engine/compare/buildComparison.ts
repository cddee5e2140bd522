import { type FrozenCase, inputsHash } from '../../ledger/index.ts';
import {
  COMPARISON_FORMAT,
  type ComparedCase,
  type ComparedSample,
  type Comparison,
  type EvaluatorTally,
  type SideInfo,
} from '../../protocol/index.ts';
import {
  type CaseEvidence,
  CONFIRM_SAMPLES,
  LEAST_BASELINE,
  type OutcomeCounts,
  type PathRules,
  type ReadingOptions,
  reviewCase,
  reviewSuite,
  type SuiteCase,
  THIRD_SAMPLES,
} from '../drift/index.ts';
import type { Assessor } from './assessor.ts';
import { attributionOf } from './attribution.ts';
import { comparableText } from './comparableText.ts';
import { partTallies } from './partTallies.ts';
import { type DescribedCase, describeChange, type UndescribedCase } from './view/describeChange.ts';
import { groupChanges } from './view/groupChanges.ts';
import { shiftsOf } from './view/shifts.ts';

/** One case on both sides, before anything is said of it. */
export interface CasePair {
  readonly of: FrozenCase;
  readonly approved: readonly ComparedSample[];
  readonly fresh: readonly ComparedSample[];
  readonly failures: number;
}

/** What a comparison is made of. */
export interface ComparisonInput {
  readonly id: string;
  readonly kind: Comparison['kind'];
  readonly createdAt: string;
  readonly promptId: string;
  readonly promptName: string;
  readonly seed: number;
  readonly baseline: SideInfo;
  readonly candidate: SideInfo;
  readonly assessor: Pick<Assessor, 'evaluators' | 'judges' | 'reading'>;
  readonly pairs: readonly CasePair[];
  /** New samples a case in the first look; the samples beyond them are those of later looks. Null: one look at all there are. */
  readonly screen: number | null;
  /** How many the second look adds and how many the third, the defaults when left out; `third` 0: the second look was the last. */
  readonly later?: { readonly confirm: number; readonly third: number };
  readonly spent: Comparison['spent'];
  readonly notes: readonly string[];
  readonly incomplete: boolean;
  readonly monitor?: Comparison['monitor'];
  readonly changes?: Comparison['changes'];
}

/** Computes the verdicts, groups and words of a comparison. Pure: the same input gives the same comparison. */
export function buildComparison(input: ComparisonInput): Comparison {
  const { assessor, pairs, kind, seed } = input;
  const quick = kind === 'quick';
  const reading = readingOptions(assessor.reading);
  const cut = quick ? pairs.map((pair) => ({ ...pair, fresh: pair.fresh.slice(0, 1) })) : pairs;
  const judged = cut.map((pair) => ({ pair, evidence: evidenceOf(pair, input, reading) }));
  // A case whose calls all failed is not missing: nothing can be said of it, and it counts in no test.
  const answered = judged.filter(({ pair }) => !isUnanswered(pair));
  const suite = reviewSuite(
    answered.map(({ pair, evidence }) => suiteCase(pair, evidence, input.screen)),
    { seed: String(seed), kind: quick ? 'quick' : 'review', screen: input.screen ?? mostFresh(cut) },
  );
  const verdicts = new Map(answered.map(({ pair }, at) => [pair, suite.cases[at]]));
  const described = judged.map(({ pair, evidence }) => {
    const { label, q } = verdicts.get(pair) ?? { label: 'unsure' as const, q: null };
    return describeCase(pair, evidence, label, q, input);
  });
  const { cases, groups } = groupChanges(described);
  const approved = cut.map((pair) => pair.approved.length).filter((count) => count > 0);
  const screen = input.screen ?? mostFresh(cut);
  const { later = LATER_LOOKS } = input;
  return {
    formatVersion: COMPARISON_FORMAT,
    id: input.id,
    kind,
    createdAt: input.createdAt,
    promptId: input.promptId,
    promptName: input.promptName,
    seed,
    baseline: input.baseline,
    candidate: input.candidate,
    attribution: attributionOf(input.baseline, input.candidate, assessor.judges),
    suite: { ...suite.verdict, shifts: shiftsOf(cases) },
    design: {
      cases: cases.length,
      approvedLeast: approved.length ? Math.min(...approved) : 0,
      approvedMost: approved.length ? Math.max(...approved) : 0,
      screen,
      confirm: input.screen === null ? 0 : later.confirm,
      suspects: input.screen === null ? 0 : cut.filter(({ fresh }) => fresh.length > screen).length,
      ...(input.screen === null || later.third === 0
        ? {}
        : { third: later.third, unclear: cut.filter(({ fresh }) => fresh.length > screen + later.confirm).length }),
    },
    spent: input.spent,
    evaluators: assessor.evaluators,
    reading: assessor.reading,
    cases: [...cases],
    groups: [...groups],
    notes: [...input.notes, ...designNotes(judged, quick)],
    incomplete: input.incomplete || cut.some(({ failures }) => failures > 0),
    ...(input.monitor ? { monitor: input.monitor } : {}),
    ...(input.changes ? { changes: input.changes } : {}),
  };
}

/** What the numbers say of one case, before the others are known: also what decides who gets another look. */
export function evidenceOf(
  { of, approved, fresh }: CasePair,
  { seed, screen, later = LATER_LOOKS }: Pick<ComparisonInput, 'seed' | 'screen' | 'later'>,
  reading: ReadingOptions,
): CaseEvidence {
  const sample = ({ output, contract }: ComparedSample) => ({ text: comparableText(output), contract });
  const samples = fresh.map(sample);
  const [first, second] = screen === null ? [samples.length, samples.length] : [screen, screen + later.confirm];
  return reviewCase({
    baseline: approved.map(sample),
    screen: samples.slice(0, first),
    confirm: samples.slice(first, second),
    third: samples.slice(second),
    looks: screen === null ? 'one' : later.third === 0 ? 'two' : 'three',
    seed: `${seed}\n${of.id}`,
    reading,
  });
}

/** The looks after the first, where nobody asked for others. */
const LATER_LOOKS = { confirm: CONFIRM_SAMPLES, third: THIRD_SAMPLES };

export function readingOptions({ format, stripFence, rules }: Comparison['reading']): ReadingOptions {
  return { format, stripFence, rules: new Map(Object.entries(rules)) as PathRules };
}

function isUnanswered({ fresh, failures }: CasePair): boolean {
  return failures > 0 && fresh.length === 0;
}

function suiteCase({ of, approved, fresh }: CasePair, evidence: CaseEvidence, screen: number | null): SuiteCase {
  const first = screen === null ? fresh : fresh.slice(0, screen);
  return {
    caseId: of.id,
    evidence,
    passes: counts(approved, first, passed),
    contract: counts(approved, first, ({ contract }) => contract),
  };
}

function counts(
  approved: readonly ComparedSample[],
  fresh: readonly ComparedSample[],
  outcome: (sample: ComparedSample) => boolean | null,
): OutcomeCounts | null {
  const side = (samples: readonly ComparedSample[]) => {
    const known = samples.map(outcome).filter((one) => one !== null);
    return { yes: known.filter(Boolean).length, total: known.length };
  };
  const both = { baseline: side(approved), candidate: side(fresh) };
  return both.baseline.total || both.candidate.total ? both : null;
}

/** A sample passes when some evaluator passed and none failed; null when nothing could be scored. */
function passed({ scores }: ComparedSample): boolean | null {
  if (scores.some(({ status }) => status === 'failed')) return false;
  return scores.some(({ status }) => status === 'passed') ? true : null;
}

function describeCase(
  { of, approved, fresh, failures }: CasePair,
  evidence: CaseEvidence,
  label: ComparedCase['label'],
  q: number | null,
  { assessor }: Pick<ComparisonInput, 'assessor'>,
): DescribedCase {
  const [first] = Object.entries(of.variables);
  const plain: UndescribedCase = {
    caseId: of.id,
    ...(first ? { input: { name: first[0], text: oneLine(first[1]) } } : {}),
    variables: of.variables,
    inputs: inputsHash(of.variables),
    ...(of.expected === undefined ? {} : { expected: of.expected }),
    label,
    p: evidence.p,
    pScreen: evidence.pConfirm ?? evidence.pScreen,
    q,
    effect: evidence.lead?.effect ?? null,
    ...(evidence.lead ? { lead: { kind: evidence.lead.kind, path: evidence.lead.path } } : {}),
    contract: evidence.contractFailures && { baseline: evidence.contractFailures.baseline, candidate: evidence.contractFailures.fresh },
    paths: pathsOf(evidence),
    evaluators: talliesOf(assessor.evaluators, approved, fresh),
    approved: [...approved],
    fresh: [...fresh],
    failures,
  };
  return { ...plain, ...describeChange(plain, assessor) };
}

/** Each path with the smaller adjusted p-value of its two views. */
function pathsOf({ views }: CaseEvidence): ComparedCase['paths'] {
  const found = new Map<string, ComparedCase['paths'][number]>();
  for (const { kind, path, pAdjusted, effect } of views) {
    if (kind !== 'value' && kind !== 'prefix') continue;
    const known = found.get(path);
    if (!known || pAdjusted < known.p) found.set(path, { path, p: pAdjusted, effect });
  }
  return [...found.values()];
}

function talliesOf(
  evaluators: Comparison['evaluators'],
  approved: readonly ComparedSample[],
  fresh: readonly ComparedSample[],
): EvaluatorTally[] {
  return evaluators.map(({ name, must }, index) => {
    const side = (samples: readonly ComparedSample[]) => {
      const scored = samples.flatMap(({ scores }) => scores.filter((score) => score.index === index && score.status !== 'unscored'));
      return { passed: scored.filter(({ status }) => status === 'passed').length, scored: scored.length };
    };
    const [baseline, candidate] = [side(approved), side(fresh)];
    const parts = partTallies(index, approved, fresh);
    const tally = { evaluator: name, index, ...(must ? { must } : {}), baseline, candidate, flipped: flipped(baseline, candidate) };
    return parts.length > 0 ? { ...tally, parts } : tally;
  });
}

function flipped(baseline: EvaluatorTally['baseline'], candidate: EvaluatorTally['candidate']): boolean {
  if (!baseline.scored || !candidate.scored) return false;
  const mostly = ({ passed: count, scored }: EvaluatorTally['baseline']): number => Math.sign(count / scored - 0.5);
  return mostly(baseline) * mostly(candidate) < 0;
}

function designNotes(judged: readonly { readonly pair: CasePair; readonly evidence: CaseEvidence }[], quick: boolean): readonly string[] {
  const both = judged.filter(({ evidence }) => evidence.baseline > 0 && evidence.fresh > 0);
  const untested = both.filter(({ evidence }) => !evidence.tested);
  const unanswered = judged.reduce((sum, { pair }) => sum + pair.failures, 0);
  const notes: string[] = [];
  if (!quick && both.length > 0 && untested.length === both.length)
    notes.push(
      `No case is tested for noise: that takes at least ${LEAST_BASELINE} approved samples and 2 new ones a case. Changes are listed as they are.`,
    );
  else if (!quick && untested.length > 0)
    notes.push(`${untested.length} of ${both.length} cases have too few samples to be tested for noise; they are listed as changed.`);
  if (unanswered > 0) notes.push(`${unanswered === 1 ? 'One call' : `${unanswered} calls`} gave no answer; the verdict is of the rest.`);
  return notes;
}

function mostFresh(pairs: readonly CasePair[]): number {
  return pairs.reduce((most, { fresh }) => Math.max(most, fresh.length), 0);
}

function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, INPUT_LENGTH).replace(/\s+/g, ' ').trim();
}

const INPUT_LENGTH = 200;
