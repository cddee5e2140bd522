import type { ChangesView, Comparison, ComparisonChanges } from '../../../protocol/index.ts';
import { count, counted, oneLine } from './figures.ts';

/** What changed between the sides in the words that panel, terminal and report share; undefined where the comparison does not tell. */
export function changesView({ changes, attribution }: Pick<Comparison, 'changes' | 'attribution'>): ChangesView | undefined {
  if (!changes) return undefined;
  const facts = [
    fact('Model', modelLines(changes, attribution)),
    fact('Parameters', changes.parameters.map(valueWords)),
    fact('Dataset', datasetLines(changes)),
    fact('Evaluators', evaluatorLines(changes)),
  ].flat();
  return {
    summary: summaryWords(changes, facts),
    facts: [...facts],
    files: changes.files.map((file) => ({ ...file, title: fileTitle(file) })),
    notes: [...notesOf(changes)],
  };
}

type Fact = ChangesView['facts'][number];

function fact(what: string, lines: readonly string[]): readonly Fact[] {
  return lines.length ? [{ what, lines: [...lines] }] : [];
}

/** `prompt +3 −2 lines · model · dataset`, or that nothing is known to have changed. */
function summaryWords({ files, unknown }: ComparisonChanges, facts: readonly Fact[]): string {
  const lines = (of: 'added' | 'removed'): number => files.reduce((sum, file) => sum + file[of], 0);
  const parts = [
    ...(files.length
      ? [`${files.length === 1 ? 'text' : `${count(files.length)} files`} ${signed(lines('added'), lines('removed'))}`]
      : []),
    ...facts.map(({ what }) => what.toLowerCase()),
  ];
  if (parts.length) return parts.join(' · ');
  return unknown.includes('text') ? 'cannot be told' : 'nothing that is known';
}

/** `+3 −2 lines`. */
function signed(added: number, removed: number): string {
  const parts = [...(added ? [`+${count(added)}`] : []), ...(removed ? [`−${count(removed)}`] : [])];
  return `${parts.join(' ')} ${added + removed === 1 ? 'line' : 'lines'}`;
}

function fileTitle({ path, was, added, removed }: ComparisonChanges['files'][number]): string {
  const from = was === undefined ? '' : `${oneLine(was, LONGEST_PATH)} → `;
  return `${from}${oneLine(path, LONGEST_PATH)} ${signed(added, removed)}`;
}

const LONGEST_PATH = 200;

/** The model asked for; the one that answered, where only that is another. */
function modelLines({ model }: ComparisonChanges, { differs }: Comparison['attribution']): readonly string[] {
  if (model) return [arrow(model.from, model.to)];
  const answering = differs.find(({ cause }) => cause === 'answeringModel');
  return answering?.from && answering.to ? [`the same was asked; answered by ${arrow(answering.from, answering.to)}`] : [];
}

function valueWords({ name, from, to }: ComparisonChanges['parameters'][number]): string {
  return `${oneLine(name, LONGEST_VALUE)}: ${arrow(from ?? 'not set', to ?? 'not set')}`;
}

function arrow(from: string, to: string): string {
  return `${oneLine(from, LONGEST_VALUE)} → ${oneLine(to, LONGEST_VALUE)}`;
}

const LONGEST_VALUE = 120;

function datasetLines({ dataset }: ComparisonChanges): readonly string[] {
  if (!dataset) return [];
  return [
    ...casesLine('added', dataset.added),
    ...casesLine('removed', dataset.removed),
    ...casesLine('with other inputs', dataset.changed),
    ...casesLine('with another expected value', dataset.expected),
  ];
}

type Mentions = NonNullable<ComparisonChanges['dataset']>['added'];

/** `2 cases added: t-051 (Charged twice), t-052`. */
function casesLine(words: string, { total, cases }: Mentions): readonly string[] {
  if (total === 0) return [];
  const named = cases.slice(0, MOST_NAMED).map(({ caseId, input }) => `${oneLine(caseId, LONGEST_ID)}${inParentheses(caseId, input)}`);
  const more = total - named.length;
  return [`${counted(total, 'case')} ${words}: ${named.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`];
}

const MOST_NAMED = 10;
const LONGEST_ID = 60;
const LONGEST_INPUT = 50;

function inParentheses(caseId: string, input: string | undefined): string {
  return input === undefined || input.trim() === '' || input === caseId ? '' : ` (${oneLine(input, LONGEST_INPUT)})`;
}

function evaluatorLines({ evaluators }: ComparisonChanges): readonly string[] {
  const line = (words: string, names: readonly string[]): readonly string[] =>
    names.length
      ? [
          `${words}: ${names
            .slice(0, MOST_NAMED)
            .map((name) => oneLine(name, LONGEST_VALUE))
            .join(', ')}${names.length > MOST_NAMED ? ` and ${count(names.length - MOST_NAMED)} more` : ''}`,
        ]
      : [];
  return [...line('added', evaluators.added), ...line('removed', evaluators.removed), ...line('changed', evaluators.changed)];
}

function notesOf({ dataset, evaluators, unknown, files }: ComparisonChanges): readonly string[] {
  const scored = evaluators.added.length + evaluators.removed.length + evaluators.changed.length > 0;
  return [
    ...(dataset?.answeredNow ? ['Both sides answered the dataset as it is now.'] : []),
    ...(scored ? ['Both sides were scored with the evaluators as they are now.'] : []),
    ...(unknown.includes('text') ? ['The text of one side is not known: no stored run and no commit has its fingerprint.'] : []),
    ...(unknown.includes('dataset') ? ['The dataset of one side is not known as a whole.'] : []),
    ...(files.some(({ cut }) => cut !== undefined) ? ['Long texts are cut here; the editor’s own diff has all of them.'] : []),
  ];
}
