import {
  type ChangeGroup,
  type ChangesView,
  type ComparedCase,
  type Comparison,
  type DriftSummary,
  type Phrases,
  REVIEWABLE,
  type ReviewState,
} from '../../../protocol/index.ts';
import { escapeTerminalLine, fenceMarkdown } from '../../../safety/index.ts';
import { comparisonView, type StateOf } from '../view/comparisonView.ts';
import { count, counted, oneLine } from '../view/figures.ts';
import { changedLines } from './changedLines.ts';
import { excerptsOf } from './excerpts.ts';
import { codeLine, proseMarkdown } from './proseMarkdown.ts';

/** What a pull request or an issue takes with room to spare (GitHub: 65,536 characters). */
export const LONGEST_REPORT = 60_000;

/**
 * The comparison as Markdown for a pull request or an issue: verdict, sides, what differs, groups of changes with up to five cases each, and how
 * to review it. Nothing that a model or a repository wrote becomes a link, a mention, an image or HTML. Every line stands for itself, so that
 * a long report can end after any.
 */
export function markdownReport(comparison: Comparison, stateOf: StateOf): string {
  const { summary, changes } = comparisonView(comparison, stateOf);
  return capped([
    ...head(summary),
    ...(changes ? changesLines(changes) : []),
    ...groupLines(comparison, stateOf),
    ...foot(comparison, summary, stateOf),
  ]);
}

function head(summary: DriftSummary): readonly string[] {
  const { differs, same, warning, monitor } = summary;
  const said = (words: readonly string[]): string => proseMarkdown(words.join(', '));
  return [
    `## Drift review of ${line(summary.title)}: ${summary.wordShown}`,
    '',
    phrasesMarkdown(summary.verdict),
    '',
    ...(summary.incomplete ? ['**Incomplete**: some answers are missing; the verdict is of those there are.', ''] : []),
    ...(monitor ? [`Daily check, **${monitor.colour}**: ${line(monitor.sentence)}`, ''] : []),
    `- ${phrasesMarkdown(summary.baseline)}`,
    `- ${phrasesMarkdown(summary.candidate)}`,
    `- Differs between the sides: ${differs.length ? `**${said(differs)}**` : 'nothing that is known'}${same.length ? `. Same: ${said(same)}` : ''}`,
    ...(warning === undefined ? [] : [`- ${line(warning)}`]),
    ...[...summary.facts, ...summary.shifts].map((fact) => `- ${line(fact)}`),
    ...(summary.fields.length
      ? [`- Paths that changed over the suite: ${summary.fields.slice(0, MOST_FIELDS).map(codeLine).join(', ')}`]
      : []),
    ...summary.notes.slice(0, MOST_NOTES).map((note) => `- ${line(note)}`),
    '',
  ];
}

/** What was asked differently; each text is one entry, so that a report that is cut never ends inside a code block. */
function changesLines({ summary, facts, files, notes }: ChangesView): readonly string[] {
  if (!facts.length && !files.length && !notes.length) return [];
  let left = MOST_DIFF_LINES;
  return [
    `### What changed: ${line(summary)}`,
    '',
    ...facts.flatMap(({ what, lines }) => lines.map((words) => `- ${line(what)}: ${line(words)}`)),
    ...notes.map((note) => `- ${line(note)}`),
    ...(facts.length + notes.length ? [''] : []),
    ...files.flatMap((file) => {
      const lines = changedLines(file, left);
      left = Math.max(0, left - lines.length);
      const diff = lines.map(({ text }) => escapeTerminalLine(text.slice(0, LONGEST_DIFF_LINE))).join('\n');
      return [line(file.title), '', fenceMarkdown(diff, 'diff'), ''];
    }),
  ];
}

/** Together a quarter of what a report may hold: the changes of the answers need the rest. */
const MOST_DIFF_LINES = 100;
const LONGEST_DIFF_LINE = 150;

const MOST_FIELDS = 20;
const MOST_NOTES = 20;
const MOST_CASES = 5;

function groupLines({ groups, cases, ...comparison }: Comparison, stateOf: StateOf): readonly string[] {
  const byId = new Map(cases.map((of) => [of.caseId, of]));
  const casesOf = ({ caseIds }: ChangeGroup): readonly ComparedCase[] => caseIds.flatMap((id) => byId.get(id) ?? []);
  const open = groups.filter(({ folded }) => !folded);
  const folded = groups.filter((group) => group.folded).map((group) => `${line(group.title)}: ${count(group.caseIds.length)}`);
  return [
    ...(open.length ? ['### Changes, worst first', ''] : []),
    ...open.flatMap((group) => {
      const all = casesOf(group);
      const path = group.path === undefined ? '' : `${codeLine(group.path)} `;
      return [
        `${DOTS[group.severity]} ${path}${line(group.title)} × ${count(all.length)}`,
        '',
        ...all.slice(0, MOST_CASES).flatMap((of) => caseLines(of, comparison, stateOf(of.caseId, of.change))),
        ...(all.length > MOST_CASES ? [`- and ${count(all.length - MOST_CASES)} more`] : []),
        '',
      ];
    }),
    ...(folded.length ? [`${folded.join(' · ')}`, ''] : []),
  ];
}

const DOTS: Readonly<Record<ChangeGroup['severity'], string>> = { worst: '🔴', bad: '🟠', unsure: '🔵', info: '⚪', quiet: '⚪' };

function caseLines(of: ComparedCase, comparison: Pick<Comparison, 'reading'>, state: ReviewState): readonly string[] {
  const { before, now } = excerptsOf(of, comparison);
  const input = of.input && of.input.text.trim() !== '' ? ` ${line(of.input.text, LONGEST_INPUT)}` : '';
  return [
    `- ${codeLine(oneLine(of.caseId, LONGEST_INPUT))}${input}: ${line(of.line)}${stateWords(state)}`,
    ...(before === undefined ? [] : [`  - before: ${codeLine(before)}`]),
    ...(now === undefined ? [] : [`  - now: ${codeLine(now)}`]),
  ];
}

const LONGEST_INPUT = 100;

function stateWords({ state, reason, by }: ReviewState): string {
  if (state === 'pending') return '';
  const words = state === 'knownNoise' ? 'known noise' : state;
  const who = by === undefined ? '' : ` by ${line(by, LONGEST_INPUT)}`;
  return ` (**${words}**${who}${reason ? `: ${line(reason, LONGEST_REASON)}` : ''})`;
}

const LONGEST_REASON = 300;

function foot({ cases, promptId }: Comparison, { reviewed, reviewable, canAccept }: DriftSummary, stateOf: StateOf): readonly string[] {
  if (reviewable === 0) return [];
  const states = cases.filter(({ label }) => REVIEWABLE.has(label)).map(({ caseId, change }) => stateOf(caseId, change).state);
  const of = (state: ReviewState['state']): number => states.filter((one) => one === state).length;
  const parts = [
    [of('accepted'), 'accepted'],
    [of('rejected'), 'rejected'],
    [of('knownNoise'), 'known noise'],
  ] as const;
  const said = parts.filter(([times]) => times > 0).map(([times, words]) => `${count(times)} ${words}`);
  const how = canAccept
    ? `To review: in VS Code, **Evenkeel: Open Drift Report…** with the JSON report; in a terminal, ${codeLine(`evenkeel review list ${oneLine(promptId, LONGEST_INPUT)}`)}.`
    : 'To read every case: in VS Code, **Evenkeel: Open Drift Report…** with the JSON report.';
  return [`Reviewed ${count(reviewed)} of ${counted(reviewable, 'case')}${said.length ? ` (${said.join(', ')})` : ''}. ${how}`];
}

function phrasesMarkdown(phrases: Phrases): string {
  const joined: { text: string; strong: boolean }[] = [];
  for (const { text, strong = false } of phrases) {
    const last = joined.at(-1);
    if (last?.strong === strong) last.text += text;
    else joined.push({ text, strong });
  }
  return joined
    .map(({ text, strong }) => {
      const inner = line(text);
      if (inner === '') return ' ';
      const [before, after] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
      return `${before}${strong ? `**${inner}**` : inner}${after}`;
    })
    .join('')
    .trim();
}

function line(text: string, most = LONGEST_LINE): string {
  return proseMarkdown(oneLine(text, most));
}

const LONGEST_LINE = 1000;

function capped(lines: readonly string[]): string {
  const note = `_The report was cut here at ${count(LONGEST_REPORT)} characters; the JSON report has all of it._`;
  let length = 0;
  const kept = lines.findIndex((text) => {
    length += text.length + 1;
    return length > LONGEST_REPORT - note.length - 2;
  });
  return kept < 0 ? `${lines.join('\n').trimEnd()}\n` : `${[...lines.slice(0, kept), '', note].join('\n')}\n`;
}
