import { type FileResult, LONGEST_MS } from './checkFile.ts';
import type { Family } from './families.ts';
import { INVALID_FILES, type InvalidFile } from './invalidFiles.ts';

/** What came of one format. */
export interface FamilyReport {
  readonly format: string;
  readonly files: number;
  /** Prompts in them, at most four a file. */
  readonly prompts: number;
  /** Files without a finding that the file cannot be read. */
  readonly parsed: number;
  readonly rendered: number;
  readonly run: number;
  readonly scores: Readonly<Record<'passed' | 'failed' | 'unscored', number>>;
  /** Findings a file besides a model's age: of the middle file, of nine in ten, and most. */
  readonly findings: { readonly median: number; readonly p90: number; readonly most: number };
  readonly slowest: { readonly file: string; readonly ms: number };
  /** `severity code`, with how many files have how many. */
  readonly rules: Readonly<Record<string, { readonly findings: number; readonly files: number }>>;
  /** Why prompts were not rendered or not run, with how many. */
  readonly notRendered: Readonly<Record<string, number>>;
  readonly notRun: Readonly<Record<string, number>>;
  readonly unscored: Readonly<Record<string, number>>;
  /** Sentences: each makes the report fail. */
  readonly problems: readonly string[];
}

/** What a model's age brings is counted apart: most of the real files name models that are gone. */
const LIFECYCLE = /^model\.(?:deprecated|retired|rerouted|rolling-alias|missing)$/;

/** So many findings the middle file may have. */
const MOST_FINDINGS = 2;

/** Findings that say the file could not be read. */
const UNREAD = /^schema\.(?:syntax|too-deep|too-large|not-a-prompt)$/;

export function reportOf(family: Family, results: readonly FileResult[], invalid: readonly InvalidFile[] = INVALID_FILES): FamilyReport {
  const prompts = results.flatMap((result) => result.prompts);
  const counts = results.map(({ findings }) => findings.filter(({ code }) => !LIFECYCLE.test(code)).length).sort((a, b) => a - b);
  const slowest = results.reduce<FileResult | undefined>((a, b) => (a && a.ms >= b.ms ? a : b), undefined);
  const median = counts[counts.length >> 1] ?? 0;
  return {
    format: family.format,
    files: results.length,
    prompts: prompts.length,
    parsed: results.filter(({ findings, crash }) => crash === undefined && !findings.some(({ code }) => UNREAD.test(code))).length,
    rendered: prompts.filter(({ rendered }) => rendered === true).length,
    run: prompts.filter(({ run }) => run === true).length,
    scores: {
      passed: sum(prompts.map(({ scores }) => scores.passed)),
      failed: sum(prompts.map(({ scores }) => scores.failed)),
      unscored: sum(prompts.map(({ scores }) => scores.unscored)),
    },
    findings: { median, p90: counts[Math.floor(counts.length * 0.9)] ?? 0, most: counts.at(-1) ?? 0 },
    slowest: { file: slowest?.file ?? '-', ms: Math.round(slowest?.ms ?? 0) },
    rules: rulesOf(results),
    notRendered: tally(prompts.flatMap(({ rendered }) => (rendered === true ? [] : [rendered]))),
    notRun: tally(prompts.flatMap(({ run }) => (run === true ? [] : [run]))),
    unscored: tally(prompts.flatMap(({ unscored }) => unscored)),
    problems: [
      ...(results.length < family.least ? [`only ${results.length} files: there should be ${family.least} at least`] : []),
      ...results.flatMap((result) => problemsOf(result, family, invalid)),
      ...(median > MOST_FINDINGS ? [`the middle file has ${median} findings: ${MOST_FINDINGS} are allowed`] : []),
    ],
  };
}

function problemsOf({ file, findings, ms, crash }: FileResult, { format }: Family, invalid: readonly InvalidFile[]): readonly string[] {
  if (crash !== undefined) return [`${file}: ${crash}`];
  const known = invalid.find((one) => one.format === format && one.file === file);
  const errors = findings.filter(({ code, severity, companion }) => severity === 'error' && !LIFECYCLE.test(code) && !companion);
  const wrong = errors.filter(({ code }) => !known?.codes.includes(code));
  const missing = known?.codes.filter((code) => !errors.some((error) => error.code === code)) ?? [];
  return [
    ...(ms > LONGEST_MS ? [`${file}: took ${Math.round(ms)} ms`] : []),
    ...wrong.map(
      ({ code, line, message }) =>
        `${file}:${line ?? 1}: a false error, or a file that is missing among the invalid ones: ${code} ${message}`,
    ),
    ...missing.map((code) => `${file}: is listed as invalid (${known?.reason}), and ${code} is not found`),
  ];
}

function rulesOf(results: readonly FileResult[]): FamilyReport['rules'] {
  const rules: Record<string, { findings: number; files: number }> = {};
  for (const { findings } of results) {
    const names = findings.map(({ severity, code }) => `${severity} ${code}`);
    for (const name of new Set(names)) {
      const known = rules[name] ?? { findings: 0, files: 0 };
      rules[name] = { findings: known.findings + names.filter((one) => one === name).length, files: known.files + 1 };
    }
  }
  return Object.fromEntries(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** How often each sentence was said; names and figures of single files are left out of it. */
function tally(sentences: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const sentence of sentences) counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
