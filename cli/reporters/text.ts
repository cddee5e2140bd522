import {
  type PlanSummary,
  type RunEvent,
  type RunHeader,
  RunTally,
  type RunTotals,
  type Sample,
  type Score,
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
    for (const { status, evaluator, reason } of scores) {
      if (status !== 'passed')
        this.#note(
          caseId,
          `${escapeTerminalLine(evaluator)}: ${status === 'unscored' ? 'unscored, ' : ''}${escapeTerminalLine(reason ?? status)}`,
        );
    }
  }

  #note(caseId: string, text: string): void {
    const notes = this.#open.get(caseId) ?? new Map<string, number>();
    this.#open.set(caseId, notes.set(text, (notes.get(text) ?? 0) + 1));
  }

  #case(caseId: string, status: 'passed' | 'failed' | 'unscored' | 'error'): void {
    const notes = noteList(this.#open.get(caseId) ?? new Map());
    this.#open.delete(caseId);
    if (status === 'passed' && !this.#verbose) return;
    this.#live.print([`  ${mark(status, this.#io)} ${escapeTerminalLine(caseId)}${notes.length ? `  ${notes.join(' · ')}` : ''}`]);
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
  const sorted = [...notes].sort((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, MOST_NOTES).map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
  return sorted.length > MOST_NOTES ? [...shown, `and ${sorted.length - MOST_NOTES} more`] : shown;
}

const MOST_NOTES = 4;

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
