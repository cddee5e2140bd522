import { type CaseMatrices, caseMatrices, type ReadingOptions, type Sample, type ViewKind } from './caseMatrices.ts';
import { caseMemory } from './caseMemory.ts';
import { countedP, isSuspect, isUnclear, type Looks } from './looks.ts';
import { type MaxTResult, maxT, type ViewTest } from './maxT.ts';

/** Fewer approved samples than this say nothing about the prompt's own variation. */
export const LEAST_BASELINE = 3;
/** Fewer new samples than this cannot be held against it. */
export const LEAST_FRESH = 2;

/** One case of a review: approved samples against new ones. */
export interface CaseInput {
  readonly baseline: readonly Sample[];
  /** The new samples of the first look (of a single look: all of them). */
  readonly screen: readonly Sample[];
  /** The samples of the second look; null when it was not taken (yet). */
  readonly confirm: readonly Sample[] | null;
  /** The samples of the third look; null or left out when it was not taken (yet). */
  readonly third?: readonly Sample[] | null;
  /** `three` when left out. */
  readonly looks?: Looks;
  /** Makes drawn splits reproducible: the review's seed and the case's id. */
  readonly seed: string;
  readonly reading?: ReadingOptions;
}

/** One view of a case with its test. */
export interface TestedView extends ViewTest {
  readonly kind: ViewKind;
  /** '' for the whole output and the contract. */
  readonly path: string;
}

/** What the numbers say of a case, before the other cases of the review are known. */
export interface CaseEvidence {
  readonly baseline: number;
  readonly fresh: number;
  /** Noise could be told from change: at least 3 approved samples and 2 new ones. */
  readonly tested: boolean;
  /** The p-value that goes into the q-values of the review: 1 when a look was not earned or not taken, null when not tested. */
  readonly p: number | null;
  /** The p-values of the first look and of the first two together; null when not tested or not taken. */
  readonly pScreen: number | null;
  readonly pConfirm: number | null;
  /** The first look calls for a second. Always false for one look. */
  readonly suspect: boolean;
  /** The first two together call for a third. */
  readonly unclear: boolean;
  /** A look that is called for was not taken. */
  readonly unconfirmed: boolean;
  /** All views, tested on all samples there are (also when `p` is 1 because the gate was not passed); empty when not tested. */
  readonly views: readonly TestedView[];
  /** The view with the largest z; null when not tested. A field comes before the whole output when both are equal. */
  readonly lead: TestedView | null;
  readonly splits: number;
  readonly exact: boolean;
  /** The contract fails in every new sample and in no approved one. */
  readonly contractLost: boolean;
  /** Samples that break the contract; null when there is none. */
  readonly contractFailures: { readonly baseline: number; readonly fresh: number } | null;
  /** Every new output is, byte for byte, an approved one. */
  readonly same: boolean;
  /** Every new output has distance 0 to an approved one in every view. */
  readonly equivalent: boolean;
  /** Outputs that should have been JSON and were not, and outputs that had a code fence taken off. */
  readonly unparsable: number;
  readonly fencesStripped: number;
  /**
   * The distances of the first look alone (of a single look: all), which the suite's tests take: the second look was chosen by looking. Null
   * where it has fewer than 3 approved or 2 new samples.
   */
  readonly firstLook: CaseMatrices | null;
}

/** Computes everything about one case. Label it with `labelCase` when the q-values of the review are known. */
export function reviewCase(input: CaseInput): CaseEvidence {
  const { baseline, seed, reading = {}, looks = 'three' } = input;
  const k = baseline.length;
  const taken = looksOf(input, looks);
  const fresh = taken.flat();
  const samples = [...baseline, ...fresh];
  const memory = caseMemory();
  const matrices = caseMatrices(samples, reading, memory);
  const tested = k >= LEAST_BASELINE && fresh.length >= LEAST_FRESH;
  const full = tested ? test(matrices, k, seed) : null;
  const earlier = tested
    ? taken.slice(1).map((_, at) => caseMatrices([...baseline, ...taken.slice(0, at + 1).flat()], reading, memory))
    : [];
  const first = earlier[0] ?? matrices;
  const [pScreen = null, pConfirm = null, pThird = null] = full === null ? [] : [...earlier.map((part) => test(part, k, seed).p), full.p];
  const suspect = looks !== 'one' && pScreen !== null && isSuspect(pScreen, taken[0] ?? [], first, k);
  const unclear = looks === 'three' && suspect && pConfirm !== null && isUnclear(pConfirm);
  const views = full === null ? [] : matrices.views.map(({ kind, path }, at) => ({ kind, path, ...(full.views[at] as ViewTest) }));
  const failures = { baseline: failing(baseline), fresh: failing(fresh) };
  const known = new Set(baseline.map(({ text }) => text));
  return {
    baseline: k,
    fresh: fresh.length,
    tested,
    p: full === null ? null : looks === 'one' ? full.p : countedP({ suspect, pConfirm, pThird }, looks),
    pScreen,
    pConfirm,
    suspect,
    unclear,
    unconfirmed: (suspect && pConfirm === null) || (unclear && pThird === null),
    views,
    lead: leadOf(views),
    splits: full?.splits ?? 0,
    exact: full?.exact ?? true,
    contractLost: k > 0 && fresh.length > 0 && failures.fresh === fresh.length && failures.baseline === 0,
    contractFailures: samples.some(({ contract }) => contract !== null) ? failures : null,
    same: fresh.length > 0 && fresh.every(({ text }) => known.has(text)),
    equivalent: fresh.length > 0 && allNear(matrices, k),
    unparsable: matrices.unparsable,
    fencesStripped: matrices.fencesStripped,
    firstLook: tested && (taken[0]?.length ?? 0) >= LEAST_FRESH ? first : null,
  };
}

/** The looks that were taken, the first one always; samples beyond the last look that was planned belong to it. */
function looksOf({ screen, confirm, third }: CaseInput, looks: Looks): readonly (readonly Sample[])[] {
  const [second, last] = [confirm ?? [], third ?? []];
  if (looks === 'one') return [[...screen, ...second, ...last]];
  const later = looks === 'two' ? [[...second, ...last]] : [second, last];
  return [screen, ...later.filter((look) => look.length > 0)];
}

function test({ views }: CaseMatrices, k: number, seed: string): MaxTResult {
  return maxT(
    views.map(({ matrix }) => matrix),
    k,
    seed,
  );
}

function leadOf(views: readonly TestedView[]): TestedView | null {
  const rank = ({ kind }: TestedView): number => (kind === 'document' ? 1 : 0);
  let lead: TestedView | null = null;
  for (const view of views) {
    const better = lead === null || view.z > lead.z + 1e-10 || (view.z > lead.z - 1e-10 && rank(view) < rank(lead));
    if (better) lead = view;
  }
  return lead;
}

function failing(samples: readonly Sample[]): number {
  return samples.filter(({ contract }) => contract === false).length;
}

function allNear({ views }: CaseMatrices, k: number): boolean {
  const size = views[0]?.matrix.size ?? 0;
  if (k === 0) return false;
  for (let fresh = k; fresh < size; fresh += 1) {
    let near = false;
    for (let old = 0; old < k && !near; old += 1) near = views.every(({ matrix }) => matrix.values[old * size + fresh] === 0);
    if (!near) return false;
  }
  return true;
}
