import type { ChangeGroup, ChangesView, ComparisonView, DriftRow, DriftSummary, Phrases } from '../../../protocol/index.ts';
import { escapeTerminalLine } from '../../../safety/index.ts';
import { count, counted } from '../view/figures.ts';
import { changedLines, type DiffLine } from './changedLines.ts';

/** A line of plain text for a terminal, safe to print as it is; whoever prints it may colour the whole line by its tone. */
export interface TextLine {
  readonly text: string;
  readonly tone?: 'red' | 'amber' | 'green' | 'dim' | 'strong';
}

/** The comparison as lines: verdict, sides, facts, what changed, then groups, worst first, with at most `most` cases each. */
export function textReport(
  { summary, groups, rows, changes }: ComparisonView,
  { most = MOST_CASES }: { readonly most?: number } = {},
): readonly TextLine[] {
  const byId = new Map(rows.map((row) => [row.caseId, row]));
  const open = groups.filter(({ folded }) => !folded);
  const folded = groups.filter((group) => group.folded).map(({ title, caseIds }) => `${title}: ${count(caseIds.length)}`);
  return [
    ...headLines(summary),
    ...(changes && isTelling(changes) ? changesLines(changes) : []),
    ...open.flatMap((group) => [plain(''), ...groupLines(group, byId, most)]),
    ...(folded.length ? [plain(''), dim(folded.join(' · '))] : []),
    ...(summary.reviewable ? [plain(''), reviewedLine(summary)] : []),
  ];
}

const MOST_CASES = 10;

function headLines(summary: DriftSummary): readonly TextLine[] {
  const { monitor, differs, same, warning } = summary;
  const tone = WORD_TONES[summary.word];
  return [
    { text: escapeTerminalLine(`${summary.title}: ${summary.wordShown}`), ...(tone ? { tone } : {}) },
    dim(`${said(summary.baseline)}  ↔  ${said(summary.candidate)}`),
    plain(said(summary.verdict)),
    ...(summary.incomplete ? [amber('Incomplete: some answers are missing; the verdict is of those there are.')] : []),
    ...(monitor ? [{ text: escapeTerminalLine(`Daily check: ${monitor.sentence}`), tone: monitor.colour }] : []),
    plain(`Differs between the sides: ${differs.length ? differs.join(', ') : 'nothing that is known'}`),
    ...(same.length ? [dim(`Same: ${same.join(', ')}`)] : []),
    ...(warning === undefined ? [] : [amber(warning)]),
    ...summary.facts.map(dim),
    ...summary.shifts.map(plain),
    ...(summary.fields.length ? [plain(`Paths that changed over the suite: ${summary.fields.join(', ')}`)] : []),
    ...summary.notes.map((note) => dim(`note: ${note}`)),
  ];
}

/** Whether there is more to say than that nothing changed. */
function isTelling({ files, facts, notes }: ChangesView): boolean {
  return files.length + facts.length + notes.length > 0;
}

/** What was asked differently: a line each for model, parameters, dataset and evaluators, then the texts as `diff -u` has them. */
function changesLines({ summary, facts, files, notes }: ChangesView): readonly TextLine[] {
  let left = MOST_DIFF_LINES;
  return [
    plain(''),
    { text: escapeTerminalLine(`What changed: ${summary}`), tone: 'strong' },
    ...facts.flatMap(({ what, lines }) => lines.map((line) => plain(`  ${what}: ${line}`))),
    ...files.flatMap((file) => {
      const lines = changedLines(file, left);
      left = Math.max(0, left - lines.length);
      return [plain(`  ${file.title}`), ...lines.map(diffLine)];
    }),
    ...notes.map((note) => dim(`  note: ${note}`)),
  ];
}

/** Lines of all files together; the editor and the reports show more. */
const MOST_DIFF_LINES = 80;
const LONGEST_DIFF_LINE = 500;

function diffLine({ side, text }: DiffLine): TextLine {
  const cut = text.length > LONGEST_DIFF_LINE ? `${text.slice(0, LONGEST_DIFF_LINE)}…` : text;
  return { text: `    ${escapeTerminalLine(cut)}`, ...(side === 'both' ? {} : { tone: DIFF_TONES[side] }) };
}

const DIFF_TONES = { old: 'red', new: 'green', rest: 'dim' } as const;

const WORD_TONES: Readonly<Record<DriftSummary['word'], TextLine['tone']>> = {
  worse: 'red',
  changed: 'red',
  better: 'green',
  steady: 'green',
  insufficientData: 'amber',
  untested: 'strong',
};

function groupLines(
  { path, title, severity, caseIds, id }: ChangeGroup,
  byId: ReadonlyMap<string, DriftRow>,
  most: number,
): readonly TextLine[] {
  const tone = GROUP_TONES[severity];
  const rows = caseIds.flatMap((caseId) => byId.get(caseId) ?? []);
  const shown = rows.slice(0, most);
  const width = Math.min(LONGEST_ID, Math.max(0, ...shown.map(({ caseId }) => escapeTerminalLine(caseId).length)));
  return [
    { text: escapeTerminalLine(`${path === undefined ? '' : `${path} `}${title} ×${count(rows.length)}  (group ${id})`), tone },
    ...shown.map((row) => rowLine(row, width)),
    ...(rows.length > most ? [dim(`  and ${count(rows.length - most)} more`)] : []),
  ];
}

const GROUP_TONES: Readonly<Record<ChangeGroup['severity'], NonNullable<TextLine['tone']>>> = {
  worst: 'red',
  bad: 'amber',
  unsure: 'strong',
  info: 'strong',
  quiet: 'dim',
};

const LONGEST_ID = 24;

function rowLine({ caseId, line, input, flips, review }: DriftRow, width: number): TextLine {
  const flipped = flips.length ? `flipped: ${flips.join(', ')}` : '';
  const words = [line, input, flipped].filter((part) => part !== '').join(' · ');
  const text = `  ${MARKS[review.state]} ${escapeTerminalLine(caseId).padEnd(width)}  ${escapeTerminalLine(words)}${reviewWords(review)}`;
  return { text, ...(review.state === 'rejected' ? { tone: 'red' } : review.state === 'pending' ? {} : { tone: 'dim' }) };
}

const MARKS: Readonly<Record<DriftRow['review']['state'], string>> = { pending: ' ', accepted: '✓', rejected: '✗', knownNoise: '~' };

function reviewWords({ state, reason }: DriftRow['review']): string {
  if (state === 'pending') return '';
  return escapeTerminalLine(` (${state === 'knownNoise' ? 'known noise' : state}${reason ? `: ${reason}` : ''})`);
}

function reviewedLine({ reviewed, reviewable }: DriftSummary): TextLine {
  return { text: `Reviewed ${count(reviewed)} of ${counted(reviewable, 'case')}`, tone: reviewed < reviewable ? 'strong' : 'dim' };
}

function said(phrases: Phrases): string {
  return phrases.map(({ text }) => text).join('');
}

function plain(text: string): TextLine {
  return { text: escapeTerminalLine(text) };
}

function dim(text: string): TextLine {
  return { text: escapeTerminalLine(text), tone: 'dim' };
}

function amber(text: string): TextLine {
  return { text: escapeTerminalLine(text), tone: 'amber' };
}
