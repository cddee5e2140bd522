import { type TextLine, textReport } from '../../engine/index.ts';
import type { BaselineSummary, CompareEvent, ComparePlan, ComparisonView } from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import type { CliIo } from '../io.ts';
import { caseText } from './caseText.ts';
import type { DriftReporter } from './driftReporter.ts';
import { LiveLine } from './liveLine.ts';
import { paint, type Style } from './paint.ts';
import { Progress } from './progress.ts';

/** Lines for people. On a live terminal one line moves below them while samples are taken; on a pipe a quarter at a time is told. */
export function driftText(io: CliIo, now: () => number): DriftReporter {
  const live = new LiveLine(io);
  const print = (lines: readonly TextLine[]): void =>
    live.print(lines.map(({ text, tone }) => (tone ? paint(io, STYLES[tone], text) : text)));
  const say = (text: string, tone?: TextLine['tone']): void => print([{ text: escapeTerminalLine(text), ...(tone ? { tone } : {}) }]);
  const progress = new PhaseProgress(io, live, now);
  return {
    plan: (plan) => {
      progress.reset();
      print(planLines(plan));
    },
    event: (event) => {
      if (event.type === 'compareProgress') progress.show(event);
    },
    comparison: ({ comparison, view }) =>
      print([{ text: '' }, ...textReport(view), dim(`comparison ${comparison.id}`), ...howToReview(view), { text: '' }]),
    toReview: ({ promptId, comparisonId }, { view }) => {
      say(`${promptId || 'recorded outputs'} · comparison ${comparisonId}`, 'strong');
      print([...textReport(view, { most: MOST_LISTED }), ...howToReview(view), { text: '' }]);
    },
    case: (_comparisonId, of) => print([...caseText(of), { text: '' }]),
    reviewed: (_action, _comparisonId, { message, files }) => {
      say(message);
      for (const file of files) say(`  wrote ${file}`, 'dim');
    },
    dropped: (comparisonId) => say(`Comparison ${comparisonId} is forgotten; baselines and reviews are as they were.`),
    baseline: (summary) => print(baselineLines(summary)),
    check: ({ sentence }) => say(sentence),
    prune: (kind, { path, caseIds }) => say(`${kind === 'pruned' ? 'removed' : 'would go'}: ${caseIds.join(', ')} (${path})`),
    report: (_promptId, file) => say(`wrote ${file}`, 'dim'),
    problem: (promptId, message) => print([{ text: `✗ ${escapeTerminalLine(promptId)}: ${escapeTerminalLine(message)}`, tone: 'red' }]),
    skipped: (promptId, message) => say(`${promptId}: ${message}`, 'dim'),
    say: (line) => say(line),
    end: () => live.clear(),
  };
}

const STYLES: Readonly<Record<NonNullable<TextLine['tone']>, Style>> = {
  red: 'red',
  amber: 'yellow',
  green: 'green',
  dim: 'dim',
  strong: 'bold',
};

function howToReview({ summary: { canAccept, reviewed, reviewable } }: ComparisonView): readonly TextLine[] {
  if (!canAccept || reviewed === reviewable) return [];
  return [dim('evenkeel review show <case>; then accept, reject or noise with <case…>, --group <id> or --all')];
}

function dim(text: string): TextLine {
  return { text: escapeTerminalLine(text), tone: 'dim' };
}

/** Beyond this a list is for programs. */
const MOST_LISTED = 500;

type ProgressEvent = Extract<CompareEvent, { readonly type: 'compareProgress' }>;

/** How the samples of a phase come in. */
class PhaseProgress {
  readonly #io: CliIo;
  readonly #live: LiveLine;
  readonly #now: () => number;
  #phase: { readonly name: string; readonly pace: Progress; nextShare: number } | undefined;

  constructor(io: CliIo, live: LiveLine, now: () => number) {
    this.#io = io;
    this.#live = live;
    this.#now = now;
  }

  reset(): void {
    this.#phase = undefined;
  }

  show({ phase: name, done, planned, costUsd }: ProgressEvent): void {
    if (name === 'computing') {
      if (this.#io.isTerminal) this.#live.show('  computing');
      return;
    }
    if (this.#phase?.name !== name) this.#phase = { name, pace: new Progress(this.#now), nextShare: 0.25 };
    const cost = costUsd > 0 ? ` · $${costUsd.toFixed(2)}` : '';
    const line = `  ${PHASES[name]}: ${this.#phase.pace.line(done, planned, 0)}${cost}`;
    if (this.#io.isTerminal) this.#live.show(line);
    else if (planned >= LONG_PHASE && done / planned >= this.#phase.nextShare && done < planned) {
      this.#phase.nextShare += 0.25;
      this.#live.print([line]);
    }
  }
}

const PHASES = { baseline: 'baseline', firstLook: 'first look', secondLook: 'second look', thirdLook: 'third look' } as const;

/** A phase of fewer samples than this is over before its progress helps. */
const LONG_PHASE = 100;

function planLines(plan: ComparePlan): readonly TextLine[] {
  const sides = [plan.baseline, plan.candidate].filter((side) => side !== undefined).join('  ↔  ');
  return [
    { text: escapeTerminalLine(`${plan.promptName} · ${sides || plan.models.join(', ')}`), tone: 'strong' },
    { text: escapeTerminalLine(`  ${planWords(plan)}`) },
    ...plan.notes.map((note) => dim(`  note: ${note}`)),
  ];
}

/** `150 calls, up to 250 more for suspects · about $0.31, at most $0.90`. */
function planWords({ calls, atMostMore, fromCache, estimatedCost, worstCost }: ComparePlan): string {
  if (calls + atMostMore + fromCache === 0) return 'No call is made: both sides are stored.';
  const more = atMostMore ? `, up to ${atMostMore} more` : '';
  const most = worstCost !== undefined && worstCost > 0 ? `, at most $${worstCost.toFixed(2)}` : '';
  return [
    `${calls} ${calls === 1 ? 'call' : 'calls'}${more}`,
    fromCache ? `${fromCache} from cache` : undefined,
    estimatedCost === undefined ? 'price not known' : estimatedCost > 0 ? `about $${estimatedCost.toFixed(2)}${most}` : 'no cost',
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function baselineLines({ path, promptId, model, answeredBy, capturedOn, renamedFrom, ...of }: BaselineSummary): readonly TextLine[] {
  const samples = of.least === of.most ? `${of.most}` : `${of.least} to ${of.most}`;
  const others = answeredBy.filter((name) => name !== model && !model.endsWith(`/${name}`));
  const notes = [
    ...(of.least < of.wanted ? [`some cases hold fewer than ${of.wanted}: evenkeel baseline top-up ${promptId}`] : []),
    ...listed('lacking', of.lacking),
    ...listed('stale (other inputs now)', of.stale),
    ...listed('orphaned (no such case)', of.orphaned),
    ...(renamedFrom === undefined ? [] : [`captured for ${renamedFrom}, which is gone`]),
  ];
  return [
    { text: escapeTerminalLine(`${promptId} · ${model}`), tone: 'strong' },
    {
      text: escapeTerminalLine(
        `  ${of.cases} ${of.cases === 1 ? 'case' : 'cases'} × ${samples} samples · ${capturedOn.join(', ')}${others.length ? ` · answered by ${others.join(', ')}` : ''}`,
      ),
    },
    dim(`  ${path}`),
    ...notes.map((note): TextLine => ({ text: escapeTerminalLine(`  ${note}`), tone: 'amber' })),
  ];
}

function listed(what: string, ids: readonly string[]): readonly string[] {
  if (!ids.length) return [];
  const shown = ids.slice(0, 8).join(', ');
  return [`${ids.length} ${what}: ${shown}${ids.length > 8 ? ', …' : ''}`];
}
