import path from 'node:path';
import { expect } from 'vitest';
import { type FileEdit, type Finding, type LintOptions, lintPrompt } from '../../lint/index.ts';
import { datasetFormatOf, type PromptFacts, parsePrompt, type Range, type Reference, readDataset } from '../../prompts-schema/index.ts';

/** What a test says of the world around the prompt. */
export interface World extends LintOptions {
  readonly facts?: Partial<PromptFacts>;
  /** The dataset that the file names: its path and text, or why there is none. */
  readonly dataset?: { readonly path: string; readonly text: string };
}

/** What was found, for tests that go on to apply a fix. */
export interface Checked {
  /** The YAML without the marks. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The text after the fix of that title. */
  readonly fixed: (title: string) => string;
}

/**
 * Lints YAML in which a line such as `   ^^^^ error model.retired Shut down` stands under the span it marks: severity, code, and a part of
 * the message. All findings must be marked, and nothing else. A span that runs over the line's end is marked to that end.
 */
export function checkRules(marked: string, world: World = {}): Checked {
  const { text, marks } = readMarks(marked);
  const { findings, lines } = lintText(text, world);
  const found = findings.map(({ range, severity, code }) => `${place(text, range, lines)} ${severity} ${code}`);
  expect(found).toEqual(marks.map(({ at, severity, code }) => `${at} ${severity} ${code}`));
  marks.forEach(({ part }, index) => {
    expect(findings[index]?.message).toContain(part);
  });
  return { text, findings, fixed: (title) => applyFix(text, findings, title) };
}

/** The findings of a text in that world. The day is 22 November 2026. */
export function lintText(text: string, world: World = {}): { readonly findings: readonly Finding[]; readonly lines: readonly string[] } {
  const dataset: Reference<ReturnType<typeof readDataset>> | undefined = world.dataset && {
    status: 'read',
    path: world.dataset.path,
    value: readDataset(world.dataset.text, datasetFormatOf(world.dataset.path) ?? 'jsonl'),
  };
  const facts: PromptFacts = { ...EMPTY_FACTS, ...(dataset ? { dataset } : {}), ...world.facts };
  return { findings: lintPrompt(parsePrompt(text), facts, world), lines: text.split('\n') };
}

export const EMPTY_FACTS: PromptFacts = {
  promptId: 'prompts/test.prompt.yml',
  today: '2026-11-22',
  defaultModel: 'sandbox/extractor-2026-10',
  providers: ['openai', 'anthropic', 'sandbox'],
  dataset: undefined,
  outputSchema: undefined,
  tools: undefined,
  evaluatorFiles: new Map(),
  lock: undefined,
};

/** The text after the one fix of that title, which must be there. */
export function applyFix(text: string, findings: readonly Finding[], title: string): string {
  const fixes = findings.flatMap((finding) => finding.fixes).filter((fix) => fix.title === title);
  expect(fixes.map((fix) => fix.title)).toEqual([title]);
  return applyEdits(text, fixes[0]?.edits ?? []);
}

/** The corpus of real prompt files that lies beside the repository on some machines. */
export const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus/github-models');

function applyEdits(text: string, edits: readonly FileEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end), text);
}

interface Mark {
  readonly at: string;
  readonly severity: string;
  readonly code: string;
  readonly part: string;
}

function readMarks(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.replace(/^\n/, '').split('\n')) {
    const mark = /^( *)(\^+) (\w+) (\S+)(?: (.*))?$/.exec(line);
    if (!mark) {
      lines.push(line);
      continue;
    }
    const [, indent = '', carets = '', severity = '', code = '', part = ''] = mark;
    marks.push({ at: `${lines.length}:${indent.length + 1}-${indent.length + carets.length}`, severity, code, part });
  }
  return { text: lines.join('\n'), marks };
}

function place(text: string, range: Range, lines: readonly string[]): string {
  const before = text.slice(0, range.start).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const end = Math.min(column + range.end - range.start - 1, lines[line - 1]?.length ?? 0);
  return `${line}:${column}-${Math.max(column, end)}`;
}
