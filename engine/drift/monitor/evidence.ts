import type { CanaryPValues, MonitorEntry, MonitorState } from './monitorState.ts';
import { addDay, addToDay, mixture, noEvidence } from './shiryaevRoberts.ts';
import { shareOfView } from './watchedViews.ts';

/** R of every bet, by view. */
export type ViewEvidence = MonitorState['evidence'];

/** Where the evidence is. */
export interface Strongest {
  readonly view: string;
  /** R of the view times its share: what the limits are held against. It is not a probability. */
  readonly r: number;
}

/** The view with the most evidence, and how much that is. */
export function strongest({ views, evidence }: Pick<MonitorState, 'views' | 'evidence'>): Strongest {
  let most: Strongest = { view: views[0] ?? '', r: 0 };
  views.forEach((view, at) => {
    const r = mixture(evidence[at] ?? []) * shareOfView(view, views);
    if (r > most.r) most = { view, r };
  });
  return most;
}

/**
 * The evidence after one more occasion, each view from its own p-values. On a day every view goes on by one, also one without p-values; a
 * burst changes only the views that took part.
 */
export function addOccasion(
  { views, evidence }: Pick<MonitorState, 'views' | 'evidence'>,
  kind: MonitorEntry['kind'],
  canaries: readonly CanaryPValues[],
): ViewEvidence {
  return views.map((view, at) => {
    const pValues = canaries.flatMap((one) => (one.view === view ? one.p : []));
    const before = evidence[at] ?? noEvidence();
    return kind === 'day' ? addDay(before, pValues) : addToDay(before, pValues);
  });
}

/** The evidence computed again from the history alone; differs from the stored one only if the file was changed. */
export function recomputeEvidence({ views, history }: Pick<MonitorState, 'views' | 'history'>): ViewEvidence {
  return evidenceSteps({ views, history }).at(-1) ?? views.map(() => noEvidence());
}

/** The evidence after each entry of a history. */
export function evidenceSteps({ views, history }: Pick<MonitorState, 'views' | 'history'>): readonly ViewEvidence[] {
  let evidence: ViewEvidence = views.map(() => noEvidence());
  return history.map(({ kind, canaries }) => {
    evidence = addOccasion({ views, evidence }, kind, canaries);
    return evidence;
  });
}
