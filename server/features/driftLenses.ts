import type { CaseLabel, ComparisonListing } from '../../protocol/index.ts';
import { LENS_COMMANDS } from '../../protocol/index.ts';

/** What the drift lenses of a prompt are made from. */
export interface DriftLensInput {
  /** The comparisons of the prompt that count. */
  readonly comparisons: readonly ComparisonListing[];
  readonly hasBaseline: boolean;
  /** What capturing one would take; undefined where the prompt cannot be run for a baseline. */
  readonly capture: { readonly calls: number; readonly usd: number | undefined } | undefined;
}

/** A lens without its place. */
export interface LensTitle {
  readonly title: string;
  readonly command: string;
  /** Which environment it is about. */
  readonly environment?: string;
}

/** Cases to review, then a drift review where there is a baseline, or what it takes to get one. */
export function driftLenses({ comparisons, hasBaseline, capture }: DriftLensInput): readonly LensTitle[] {
  const review = reviewTitle(comparisons);
  const lenses = review ? [{ title: review, command: LENS_COMMANDS.showDrift }] : [];
  if (hasBaseline) return [...lenses, { title: 'Drift review', command: LENS_COMMANDS.driftReview }];
  return capture ? [...lenses, { title: captureTitle(capture), command: LENS_COMMANDS.captureBaseline }] : lenses;
}

/** `1 broken, 7 drifted to review`: counts of pending cases, worst first; empty where none waits. */
export function reviewTitle(comparisons: readonly ComparisonListing[]): string {
  const pending = comparisons.flatMap(({ reviewable }) => reviewable.filter(({ review }) => review.state === 'pending'));
  const parts = WORST_FIRST.flatMap(([label, words]) => {
    const count = pending.filter((one) => one.label === label).length;
    return count ? [`${count} ${words}`] : [];
  });
  return parts.length ? `${parts.slice(0, SHOWN).join(', ')}${parts.length > SHOWN ? ' and others' : ''} to review` : '';
}

function captureTitle({ calls, usd }: NonNullable<DriftLensInput['capture']>): string {
  const money = usd === undefined ? '' : `, about $${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
  return `Capture baseline · ${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}${money}`;
}

const WORST_FIRST: readonly (readonly [CaseLabel, string])[] = [
  ['broken', 'broken'],
  ['drifted', 'drifted'],
  ['changed', 'changed'],
  ['unsure', 'not told yet'],
  ['new', 'new'],
  ['missing', 'missing'],
];

/** Kinds that a lens names. */
const SHOWN = 2;
