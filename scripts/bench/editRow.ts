import { LineCounter, parseDocument } from 'yaml';
import { lintPrompt } from '../../lint/index.ts';
import { type PromptFacts, parsePrompt } from '../../prompts-schema/index.ts';
import type { BenchLine, BenchRow } from './benchRow.ts';
import { promptText } from './promptText.ts';
import { medianRatio, median, round } from './statistics.ts';

/** CPU from a changed text to all findings, beside the bare YAML parse of the same text with positions. */
export const editRow: BenchRow = {
  id: 'edit',
  run: async ({ say }) => [200, 2000].map((lines) => compareAt(lines, say)),
};

const ROUNDS = 15;

function compareAt(lines: number, say: (text: string) => void): BenchLine {
  say(`editing ${lines} lines`);
  const text = promptText(lines);
  const edits = Math.max(2, Math.round(4000 / lines));
  const edited = (at: number): string => text.replace('Classify the ticket', `Classify the ticket ${at}`);
  const ours = (at: number): void => void lintPrompt(parsePrompt(edited(at), 'native'), FACTS);
  const bare = (at: number): void => void parseDocument(edited(at), { lineCounter: new LineCounter() });
  const figures: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (let turn = -3; turn < ROUNDS; turn++) {
    const measured = { ours: cpuMs(ours, edits), bare: cpuMs(bare, edits) };
    if (turn < 0) continue; // the compilers warm up
    figures.ours.push(measured.ours);
    figures.bare.push(measured.bare);
  }
  const ratio = medianRatio(figures.ours, figures.bare);
  return {
    work: `CPU an edit at ${lines.toLocaleString('en-US')} lines, all rules on`,
    target: '≤ 1.5 × bare yaml parse',
    measured: `${round(ratio)} × (${round(median(figures.ours), 1)} ms and ${round(median(figures.bare), 1)} ms)`,
    met: ratio <= 1.5,
    figures: { ratio: round(ratio, 3), ours: round(median(figures.ours), 3), theirs: round(median(figures.bare), 3) },
  };
}

function cpuMs(work: (at: number) => void, times: number): number {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) work(at);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

const FACTS: PromptFacts = {
  promptId: 'triage.prompt.yml',
  today: '2026-11-22',
  defaultModel: undefined,
  providers: ['openai', 'anthropic', 'sandbox'],
  dataset: undefined,
  outputSchema: undefined,
  tools: undefined,
  evaluatorFiles: new Map(),
  lock: undefined,
};
