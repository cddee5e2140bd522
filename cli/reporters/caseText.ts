import type { TextLine } from '../../engine/index.ts';
import type { CaseComparison, EvaluatorTally, FieldCell, FieldRow, PartTally, Segment } from '../../protocol/index.ts';
import { escapeTerminal, escapeTerminalLine } from '../../safety/index.ts';

/** One case as lines: the verdict, the inputs, both sides path by path, the evaluators, the measures, the review. */
export function caseText(of: CaseComparison): readonly TextLine[] {
  const same = of.rows.filter(({ status }) => status === 'same').length;
  const { baseline, candidate } = of.measures;
  return [
    { text: line(`${of.caseId} · ${of.labelShown}`), tone: 'strong' },
    { text: line(of.words) },
    ...of.broken.map((reason): TextLine => ({ text: line(`  ${reason}`), tone: 'red' })),
    ...of.inputs.flatMap(({ name, value }) => block(`${name}: `, value)),
    ...(of.expected === undefined ? [] : block('expected: ', of.expected)),
    { text: '' },
    { text: `${of.approved} approved ↔ ${of.fresh} new${shownWords(of)}`, tone: 'dim' },
    ...of.rows.filter(({ status }) => status !== 'same').flatMap(rowLines),
    ...(same ? [{ text: `${same} ${same === 1 ? 'path' : 'paths'} the same`, tone: 'dim' } as const] : []),
    ...of.evaluators.flatMap((tally) => [evaluatorLine(tally), ...(tally.parts ?? []).flatMap(partLines)]),
    { text: line(measureWords(baseline, candidate)), tone: 'dim' },
    { text: line(reviewWords(of)), tone: of.review.state === 'rejected' ? 'red' : 'dim' },
  ];
}

function rowLines({ path, baseline, candidate, words, status }: FieldRow): readonly TextLine[] {
  const tone = status === 'changed' ? 'amber' : undefined;
  return [
    { text: line(`${path}  ${words}`), ...(tone ? { tone } : {}) },
    ...cellLines('- ', baseline, ['[-', '-]']),
    ...cellLines('+ ', candidate, ['{+', '+}']),
  ];
}

/** Marks as `git diff --word-diff` writes them, so that they are seen without colour. */
function cellLines(sign: string, cell: FieldCell, marks: readonly [open: string, close: string]): readonly TextLine[] {
  switch (cell.kind) {
    case 'absent':
      return [{ text: `  ${sign}not there`, tone: 'dim' }];
    case 'range':
      return [{ text: line(`  ${sign}${cell.low === cell.high ? cell.median : `${cell.median} (${cell.low} to ${cell.high})`}`) }];
    case 'values': {
      const values = cell.values.map(({ text, count }) => `${text} ×${count}`);
      return [{ text: line(`  ${sign}${[...values, ...(cell.others ? [`others ×${cell.others}`] : [])].join(', ')}`) }];
    }
    case 'text':
      return block(
        `  ${sign}`,
        `${cell.segments.map((segment) => marked(segment, marks)).join('')}${cell.cut ? ` … ${cell.cut} more characters` : ''}`,
      );
  }
}

function marked({ text, mark }: Segment, [open, close]: readonly [string, string]): string {
  return mark === 'changed' ? `${open}${text}${close}` : text;
}

/** A text of several lines, indented, bounded: the whole is in the editor's diff. */
function block(head: string, text: string): readonly TextLine[] {
  const lines = escapeTerminal(text.slice(0, LONGEST_TEXT)).split('\n');
  const shown = lines.slice(0, MOST_LINES);
  const left = text.length > LONGEST_TEXT || lines.length > MOST_LINES;
  const indent = ' '.repeat(head.length);
  return [
    ...shown.map((part, at): TextLine => ({ text: `${at === 0 ? escapeTerminalLine(head) : indent}${part}`.trimEnd() })),
    ...(left ? [{ text: `${indent}…`, tone: 'dim' } as const] : []),
  ];
}

const LONGEST_TEXT = 4_000;
const MOST_LINES = 40;

function evaluatorLine({ evaluator, baseline, candidate, flipped }: EvaluatorTally): TextLine {
  const text = line(`${evaluator}: passed ${share(baseline)} approved, ${share(candidate)} new${flipped ? ' (flipped)' : ''}`);
  return { text, tone: flipped ? 'amber' : 'dim' };
}

/** A check of a set, below the set. */
function partLines({ evaluator, baseline, candidate, unscored }: PartTally): readonly TextLine[] {
  const said = baseline.scored + candidate.scored > 0 ? `passed ${share(baseline)} approved, ${share(candidate)} new` : undefined;
  const why = unscored === undefined ? undefined : `unscored, ${unscored}`;
  return [{ text: line(`  ${evaluator}: ${[said, why].filter((part) => part !== undefined).join(' · ')}`), tone: 'dim' }];
}

function share({ passed, scored }: EvaluatorTally['baseline']): string {
  return `${passed} of ${scored}`;
}

function shownWords({ approved, fresh, shown }: CaseComparison): string {
  if (approved === 0 || fresh === 0 || (approved === 1 && fresh === 1)) return '';
  return `; texts show approved ${shown.approved + 1} and new ${shown.fresh + 1}`;
}

type Measures = CaseComparison['measures']['baseline'];

function measureWords(baseline: Measures, candidate: Measures): string {
  const names = ['length', 'tokens', 'latency', 'cost'] as const;
  return names
    .flatMap((name) => {
      const [old, fresh] = [baseline[name], candidate[name]];
      if (old === undefined && fresh === undefined) return [];
      return [`${name} ${old === undefined || old === fresh ? '' : `${old} → `}${fresh ?? 'unknown'}`];
    })
    .join(' · ');
}

function reviewWords({ review: { state, by, at, reason, carried } }: CaseComparison): string {
  if (state === 'pending') return 'pending';
  const who = [by === undefined ? undefined : `by ${by}`, at === undefined ? undefined : `on ${at.slice(0, 10)}`].filter(
    (part) => part !== undefined,
  );
  const said = state === 'knownNoise' ? 'known noise' : state;
  return `${[said, ...who].join(' ')}${carried ? ', in an earlier comparison of the same change' : ''}${reason ? `: ${reason}` : ''}`;
}

function line(text: string): string {
  return escapeTerminalLine(text);
}
