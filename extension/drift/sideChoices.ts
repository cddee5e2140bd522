import type { BaselineSummary, SideRef, StoredRun } from '../../protocol/index.ts';

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
}

/** What new samples may be held against: approved ones, an earlier version, a stored run. */
export function leftChoices({ baselines, runs }: SideFacts): readonly SideChoice[] {
  return [
    ...baselines.map((baseline) => ({
      label: `Baseline · ${baseline.model}`,
      description: `${baseline.cases} cases × ${range(baseline)}${captured(baseline)}`,
      side: { kind: 'baseline' as const, model: baseline.model },
    })),
    GIT,
    WORKING_COPY,
    ANOTHER_MODEL,
    ...runs.slice(0, MOST_RUNS).map(runChoice),
  ];
}

/** What may be held against it. */
export function rightChoices({ runs }: Pick<SideFacts, 'runs'>): readonly SideChoice[] {
  return [WORKING_COPY, ANOTHER_MODEL, GIT, ...runs.slice(0, MOST_RUNS).map(runChoice)];
}

/** Models to offer: those that baselines and runs of the prompt know, each once. */
export function modelChoices({ baselines, runs }: SideFacts): readonly string[] {
  return [...new Set([...baselines.map(({ model }) => model), ...runs.flatMap(({ header }) => header.models)])].sort();
}

/** Whether a side is run for the comparison, so that it costs calls. */
export function isRun(side: SideRef): boolean {
  return side.kind === 'workingCopy' || side.kind === 'git';
}

const WORKING_COPY: SideChoice = { label: 'Working copy', description: 'the prompt as it is in the editor', side: { kind: 'workingCopy' } };
const ANOTHER_MODEL: SideChoice = { label: 'Working copy with another model…', description: '', ask: 'model' };
const GIT: SideChoice = { label: 'Git revision…', description: 'the prompt and what it refers to, as committed', ask: 'git' };

/** Older runs are named on the command line. */
const MOST_RUNS = 30;

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
