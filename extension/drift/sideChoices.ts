import type { BaselineSummary, SideRef, StoredRun } from '../../protocol/index.ts';
import type { PointChoice } from '../history/pointChoices.ts';

/** A side of a comparison to choose; one without `side` asks on. */
export interface SideChoice {
  readonly label: string;
  readonly description: string;
  readonly side?: SideRef;
  readonly ask?: 'git' | 'model';
}

/** What is known of a prompt when its sides are chosen. */
export interface SideFacts {
  readonly baselines: readonly BaselineSummary[];
  readonly runs: readonly StoredRun[];
  /** Releases and environments of the prompt. */
  readonly points: readonly PointChoice[];
}

/** What new samples may be held against: approved ones, an earlier version, a stored run. */
export function leftChoices({ baselines, runs, points }: SideFacts): readonly SideChoice[] {
  return [
    ...baselines.map((baseline) => ({
      label: `Baseline · ${baseline.model}`,
      description: `${baseline.cases} cases × ${range(baseline)}${captured(baseline)}`,
      side: { kind: 'baseline' as const, model: baseline.model },
    })),
    ...points.flatMap(pointChoice),
    GIT,
    WORKING_COPY,
    ANOTHER_MODEL,
    ...runs.slice(0, MOST_RUNS).map(runChoice),
  ];
}

/** What may be held against it. */
export function rightChoices({ runs, points }: Pick<SideFacts, 'runs' | 'points'>): readonly SideChoice[] {
  return [WORKING_COPY, ANOTHER_MODEL, GIT, ...points.flatMap(pointChoice), ...runs.slice(0, MOST_RUNS).map(runChoice)];
}

/** Models to offer: those that baselines and runs of the prompt know, each once. */
export function modelChoices({ baselines, runs }: Pick<SideFacts, 'baselines' | 'runs'>): readonly string[] {
  return [...new Set([...baselines.map(({ model }) => model), ...runs.flatMap(({ header }) => header.models)])].sort();
}

/** Whether a side is run for the comparison, so that it costs calls. */
export function isRun(side: SideRef): boolean {
  return side.kind !== 'baseline' && side.kind !== 'run';
}

const WORKING_COPY: SideChoice = { label: 'Working copy', description: 'the prompt as it is in the editor', side: { kind: 'workingCopy' } };
const ANOTHER_MODEL: SideChoice = { label: 'Working copy with another model…', description: '', ask: 'model' };
const GIT: SideChoice = { label: 'Git revision…', description: 'the prompt and what it refers to, as committed', ask: 'git' };

/** Older runs are named on the command line. */
const MOST_RUNS = 30;

function pointChoice({ label, description, point, group }: PointChoice): readonly SideChoice[] {
  if (point.kind !== 'release' && point.kind !== 'environment') return [];
  return [{ label: group === 'Releases' ? `Release · ${label}` : `Deployed · ${label}`, description, side: point }];
}

function runChoice({ header, totals }: StoredRun): SideChoice {
  const { runId, startedAt, models, version } = header;
  const scored = totals.passed + totals.failed;
  const parts = [version, models.join(', '), scored ? `${totals.passed} of ${scored} passed` : 'nothing scored'];
  return {
    label: `Run of ${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    description: parts.filter(Boolean).join(' · '),
    side: { kind: 'run', run: runId },
  };
}

function range({ least, most }: BaselineSummary): string {
  return least === most ? `${most}` : `${least} to ${most}`;
}

function captured({ capturedOn }: BaselineSummary): string {
  const last = capturedOn.at(-1);
  return last === undefined ? '' : `, captured ${last}`;
}
