import type { CodeLens } from 'vscode-languageserver/node';
import { describeRun, type LastRun } from '../../ledger/index.ts';
import type { PromptDocument, PromptFacts, Range } from '../../prompts-schema/index.ts';
import { LENS_COMMANDS, type RunLensArguments } from '../../protocol/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import { lspRange } from '../positions.ts';
import { caseLenses } from './caseLenses.ts';
import type { LensTitle } from './driftLenses.ts';
import { lensText } from './lensText.ts';

/** What the lenses of one prompt are made from. */
export interface LensInput {
  readonly uri: string;
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  /** How many prompts the file holds. */
  readonly prompts: number;
  readonly lastRun: LastRun | undefined;
  /** What of drift is to be offered. */
  readonly drift: readonly LensTitle[];
  /** What of releases and deployments is to be said. */
  readonly deployed: readonly LensTitle[];
  readonly now: Date;
}

/** The lenses above the first line (run, results, drift, what is live, preview) and above each inline case. A text without messages has nothing to run. */
export function codeLenses({ uri, document, facts, prompts, lastRun, drift, deployed, now }: LensInput): CodeLens[] {
  const top = placeOf(document);
  const lens = (range: Range, title: string, command: string, about: Omit<RunLensArguments, 'uri'> = {}): CodeLens => {
    const argument: RunLensArguments = { uri, ...about };
    return { range: lspRange(document.lines, range), command: { title, command, arguments: [argument] } };
  };
  const runnable = document.messages.length > 0;
  const cases = caseRows(document, facts);
  return [
    ...(runnable ? [lens(top, `${runTitle(document, facts, cases.length)} · ${modelTitle(document, facts)}`, runCommand(document))] : []),
    ...(lastRun
      ? [lens(top, `${describeRun(lastRun.listing, now)}${lastRun.edited ? ', edited since' : ''}`, LENS_COMMANDS.showEvals)]
      : []),
    ...[...drift, ...deployed].map(({ title, command, environment }) =>
      lens(top, title, command, environment === undefined ? {} : { environment }),
    ),
    ...(runnable ? [lens(top, 'Preview rendered prompt', LENS_COMMANDS.previewPrompt)] : []),
    ...(runnable ? caseLenses(document, cases, prompts) : []).map(({ range, title, about }) =>
      lens(range, title, LENS_COMMANDS.runCase, about),
    ),
  ];
}

/** The first line, or that of one of several prompts. */
function placeOf({ key, name }: PromptDocument): Range {
  const start = key === undefined ? 0 : (name?.range.start ?? 0);
  return { start, end: start };
}

function hasCases({ dataset, testData }: PromptDocument): boolean {
  return dataset !== undefined || (testData !== undefined && testData.length > 0);
}

function runCommand(document: PromptDocument): string {
  return hasCases(document) ? LENS_COMMANDS.runEval : LENS_COMMANDS.runOnce;
}

function runTitle(document: PromptDocument, facts: PromptFacts, count: number): string {
  if (!hasCases(document)) return '▶ Run once…';
  if (document.dataset && facts.dataset && facts.dataset.status !== 'read') return `▶ Run eval · ${DATASET_PROBLEMS[facts.dataset.status]}`;
  return `▶ Run eval · ${count} ${count === 1 ? 'case' : 'cases'}`;
}

const DATASET_PROBLEMS = {
  missing: 'dataset missing',
  outside: 'dataset outside the folder',
  unreadable: 'dataset unreadable',
  invalid: 'dataset unreadable',
} as const;

/** The model without its provider. */
function modelTitle(document: PromptDocument, facts: PromptFacts): string {
  const name = (document.model?.value ?? facts.defaultModel ?? '').trim();
  if (name === '') return 'choose a model…';
  const short = name.slice(name.lastIndexOf('/') + 1) || name;
  return lensText(short);
}
