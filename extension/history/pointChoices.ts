import { type HistoryEvent, momentWords, type PromptPoint } from '../../protocol/index.ts';
import type { EnvironmentChoice } from '../deployments/environmentChoices.ts';
import { pickText } from '../pickText.ts';

/** A moment of a prompt to compare with. */
export interface PointChoice {
  readonly label: string;
  readonly description: string;
  readonly point: PromptPoint;
  /** Under which head it stands. */
  readonly group: 'Releases' | 'Environments' | 'Edits';
}

/** Releases first, newest first, then environments, then the commits that edited the prompt. */
export function pointChoices(
  environments: readonly EnvironmentChoice[],
  events: readonly HistoryEvent[],
  now: Date,
): readonly PointChoice[] {
  const choices = (kind: HistoryEvent['kind'], group: PointChoice['group']): readonly PointChoice[] =>
    events.flatMap((event) => (event.kind === kind && event.point ? [choiceOf(event, event.point, group, now)] : []));
  return [
    ...choices('release', 'Releases'),
    ...environments.map(({ label, description, environment }) => {
      return { label, description, point: { kind: 'environment' as const, environment }, group: 'Environments' as const };
    }),
    ...choices('edit', 'Edits').slice(0, MOST_EDITS),
  ];
}

/** Older ones are in the view of the history. */
const MOST_EDITS = 100;

function choiceOf({ title, detail, at }: HistoryEvent, point: PromptPoint, group: PointChoice['group'], now: Date): PointChoice {
  const description = [momentWords(at, now), detail].filter(Boolean).join(' · ');
  return { label: pickText(title), description: pickText(description), point, group };
}
