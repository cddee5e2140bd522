import {
  type PlanSummary,
  type RunEvent,
  type RunHeader,
  RunTally,
  type RunTotals,
  type Sample,
  type Score,
  type ScorePart,
} from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import type { CliIo } from '../io.ts';
import { LiveLine } from './liveLine.ts';
import { paint } from './paint.ts';
import { Progress } from './progress.ts';
import type { EvalReporter } from './reporter.ts';

/** Lines for people: every case that did not pass with its reason, then the figures. On a live terminal one line moves below them. */
export function textReporter(io: CliIo, { verbose, now }: { readonly verbose: boolean; readonly now: () => number }): EvalReporter {
  const live = new LiveLine(io);
  let run: RunText | undefined;
  return {
    plan: (plan) => live.print(planLines(plan)),
    event: (event) => {
      if (event.type === 'runStarted') run = new RunText(event.header, io, live, verbose, new Progress(now));
      run?.take(event);
    },
    problem: (promptId, message) =>
      live.print([`${paint(io, 'red', '✗')} ${escapeTerminalLine(promptId)}: ${escapeTerminalLine(message)}`]),
    end: () => live.clear(),
  };
}

/** One run as lines. Scores and failures of a case are kept until the case ends, outputs are not. */
class RunText {
  readonly #tally = new RunTally();
  readonly #io: CliIo;
  readonly #live: LiveLine;
  readonly #verbose: boolean;
  readonly #progress: Progress;
  readonly #open = new Map<string, Map<string, number>>();
  /** What the checks of sets said, by case; kept only where it is told. */
  readonly #parts = new Map<string, Map<string, number>>();
  #nextShare = 0.25;

  constructor(header: RunHeader, io: CliIo, live: LiveLine, verbose: boolean, progress: Progress) {
    this.#io = io;
    this.#live = live;
    this.#verbose = verbose;
    this.#progress = progress;
    live.print([headline(header, io)]);
  }

  take(event: RunEvent): void {
    this.#tally.apply(event);
    if (event.type === 'sampleFinished') this.#sample(event.sample);
    if (event.type === 'sampleScored') this.#scores(event.key.caseId, event.scores);
    if (event.type === 'caseFinished') this.#case(event.caseId, event.status);
    if (event.type === 'runFinished') this.#live.print(this.#endLines(event.totals, event.end, event.message, event.runId));
    else this.#showProgress();
  }

  #sample({ key, failure }: Sample): void {
    if (failure) this.#note(key.caseId, escapeTerminalLine(failure.message));
  }

  #scores(caseId: string, scores: readonly Score[]): void {
    for (const { status, evaluator, reason, parts = [] } of scores) {
      if (this.#verbose) for (const part of parts) count(this.#parts, caseId, partLine(evaluator, part, this.#io));
      if (status !== 'passed')
        this.#note(
          caseId,
          `${escapeTerminalLine(evaluator)}: ${status === 'unscored' ? 'unscored, ' : ''}${escapeTerminalLine(reason ?? status)}`,
        );
    }
  }

  #note(caseId: string, text: string): void {
    count(this.#open, caseId, text);
  }

  #case(caseId: string, status: 'passed' | 'failed' | 'unscored' | 'error'): void {
    const notes = noteList(this.#open.get(caseId) ?? new Map());
    this.#open.delete(caseId);
    if (status === 'passed' && !this.#verbose) return;
    const parts = timesSaid([...(this.#parts.get(caseId) ?? [])], MOST_PARTS);
    this.#parts.delete(caseId);
    this.#live.print([
      `  ${mark(status, this.#io)} ${escapeTerminalLine(caseId)}${notes.length ? `  ${notes.join(' · ')}` : ''}`,
      ...parts.map((part) => `      ${part}`),
    ]);
  }

  #showProgress(): void {
    const { done, planned, inFlight } = this.#tally;
    const line = `  ${this.#progress.line(done, planned, inFlight)}`;
    if (this.#io.isTerminal) this.#live.show(line);
    else if (planned >= 100 && done / planned >= this.#nextShare && done < planned) {
      this.#nextShare += 0.25;
      this.#live.print([line]);
    }
  }

  #endLines(totals: RunTotals, end: string, message: string | undefined, runId: string): readonly string[] {
    const failedBy = this.#tally.failedBy().map(([name, count]) => `${count} ${escapeTerminalLine(name)}`);
    return [
      `  ${figures(totals, this.#io)}${failedBy.length ? ` (${failedBy.join(', ')})` : ''}`,
      `  ${costLine(totals)} · run ${runId}`,
      ...(end === 'finished' ? [] : [`  ${paint(this.#io, 'yellow', end)}${message ? `: ${escapeTerminalLine(message)}` : ''}`]),
      '',
    ];
  }
}

/** What a case's samples said, most often first, each once with how many said it. */
function noteList(notes: ReadonlyMap<string, number>): readonly string[] {
  return timesSaid(
    [...notes].sort((a, b) => b[1] - a[1]),
    MOST_NOTES,
  );
}

function timesSaid(said: readonly (readonly [text: string, times: number])[], most: number): readonly string[] {
  const shown = said.slice(0, most).map(([text, times]) => (times > 1 ? `${text} (${times} times)` : text));
  return said.length > most ? [...shown, `and ${said.length - most} more`] : shown;
}

const MOST_NOTES = 4;
const MOST_PARTS = 50;

function count(said: Map<string, Map<string, number>>, caseId: string, text: string): void {
  const of = said.get(caseId) ?? new Map<string, number>();
  said.set(caseId, of.set(text, (of.get(text) ?? 0) + 1));
}

/** What one check of a set says: `✗ all of it › contains: The answer has no …`. */
function partLine(set: string, { evaluator, status, reason }: ScorePart, io: CliIo): string {
  const why = status === 'passed' ? '' : `: ${status === 'unscored' ? 'unscored, ' : ''}${escapeTerminalLine(reason ?? status)}`;
  return `${mark(status, io)} ${escapeTerminalLine(`${set} › ${evaluator}`)}${why}`;
}

function headline(header: RunHeader, io: CliIo): string {
  const title = `${header.promptName}${header.version ? ` ${header.version}` : ''}`;
  const samples = header.repeats > 1 ? ` × ${header.repeats}` : '';
  const parts = [
    header.models.join(', '),
    `${header.cases} ${header.cases === 1 ? 'case' : 'cases'}${samples}`,
    header.dataset?.path,
    header.origins.join(', '),
  ];
  return `${paint(io, 'bold', escapeTerminalLine(title))} · ${parts
    .filter((part) => part !== undefined)
    .map(escapeTerminalLine)
    .join(' · ')}`;
}

function planLines(plan: PlanSummary): readonly string[] {
  return plan.notes.map((note) => `  note: ${escapeTerminalLine(note)}`);
}

function figures(totals: RunTotals, io: CliIo): string {
  const scored = totals.passed + totals.failed;
  const rate =
    totals.passRate !== undefined && totals.interval
      ? ` (${percent(totals.passRate)} %, between ${percent(totals.interval.low)} and ${percent(totals.interval.high)})`
      : '';
  return [
    `${paint(io, totals.failed ? 'yellow' : 'green', `${totals.passed} of ${scored} passed`)}${rate}`,
    `${totals.failed} failed`,
    `${totals.unscored} unscored`,
    `${totals.errors} errors`,
  ].join(' · ');
}

function costLine(totals: RunTotals): string {
  const latency =
    totals.medianLatencyMs === undefined
      ? undefined
      : `median ${seconds(totals.medianLatencyMs)}, ${seconds(totals.p95LatencyMs ?? totals.medianLatencyMs)} at p95`;
  const cached = totals.fromCache ? `${totals.fromCache} from cache` : undefined;
  const retries = totals.retries ? `${totals.retries} retries` : undefined;
  const unknown = totals.unknownOutcomes
    ? `${totals.unknownOutcomes} calls of unknown outcome, at most $${totals.unknownCostUsd.toFixed(4)}`
    : undefined;
  const unpriced = totals.unpriced ? `${totals.unpriced} without a known price` : undefined;
  const tokens = `${totals.inputTokens} tokens in, ${totals.outputTokens} out`;
  return [
    `${totals.calls} calls`,
    cached,
    latency,
    tokens,
    `$${totals.costUsd.toFixed(totals.costUsd && totals.costUsd < 0.01 ? 6 : 2)}`,
    unpriced,
    retries,
    unknown,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function mark(status: 'passed' | 'failed' | 'unscored' | 'error', io: CliIo): string {
  if (status === 'passed') return paint(io, 'green', '✓');
  if (status === 'failed') return paint(io, 'red', '✗');
  return status === 'error' ? paint(io, 'red', '!') : paint(io, 'dim', '?');
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

function seconds(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
