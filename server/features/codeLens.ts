import type { CodeLens } from 'vscode-languageserver/node';
import { describeRun, type LastRun } from '../../ledger/index.ts';
import type { PromptDocument, PromptFacts, Range } from '../../prompts-schema/index.ts';
import { LENS_COMMANDS, type RunLensArguments } from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import { lspRange } from '../positions.ts';
import type { LensTitle } from './driftLenses.ts';

/** What the lenses of one prompt are made from. */
export interface LensInput {
  readonly uri: string;
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly lastRun: LastRun | undefined;
  /** What of drift is to be offered. */
  readonly drift: readonly LensTitle[];
  readonly now: Date;
}

/** The lenses above the first line (run, results, drift, preview) and above each inline case. A text without messages has nothing to run. */
export function codeLenses({ uri, document, facts, lastRun, drift, now }: LensInput): CodeLens[] {
  const top = { start: 0, end: 0 };
  const lens = (range: Range, title: string, command: string, caseId?: string): CodeLens => {
    const argument: RunLensArguments = caseId === undefined ? { uri } : { uri, caseId };
    return { range: lspRange(document.lines, range), command: { title, command, arguments: [argument] } };
  };
  const runnable = document.messages.length > 0;
  const cases = caseRows(document, facts);
  const inline = cases.filter(({ from }) => from === 'inline');
  return [
    ...(runnable ? [lens(top, `${runTitle(document, facts, cases.length)} · ${modelTitle(document, facts)}`, runCommand(document))] : []),
    ...(lastRun
      ? [lens(top, `${describeRun(lastRun.listing, now)}${lastRun.edited ? ', edited since' : ''}`, LENS_COMMANDS.showEvals)]
      : []),
    ...drift.map(({ title, command }) => lens(top, title, command)),
    ...(runnable ? [lens(top, 'Preview rendered prompt', LENS_COMMANDS.previewPrompt)] : []),
    ...(runnable
      ? inline.map((row) => lens({ start: row.range.start, end: row.range.start }, '▶ Run case', LENS_COMMANDS.runCase, row.id))
      : []),
  ];
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

/** The model without its provider, harmless as a lens's title: one line, and no `$(icon)`. */
function modelTitle(document: PromptDocument, facts: PromptFacts): string {
  const name = (document.model?.value ?? facts.defaultModel ?? '').trim();
  if (name === '') return 'choose a model…';
  const short = name.slice(name.lastIndexOf('/') + 1) || name;
  const shown = short.length > MODEL_LENGTH ? `${short.slice(0, MODEL_LENGTH)}…` : short;
  return escapeTerminalLine(shown).replaceAll('$(', '$ (');
}

const MODEL_LENGTH = 60;
