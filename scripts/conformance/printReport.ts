import type { FamilyReport } from './report.ts';

/** The reports as tables for people. */
export function printReport(reports: readonly FamilyReport[]): string {
  const lines = [
    ...table([
      ['format', 'files', 'parsed', 'prompts', 'rendered', 'run', 'passed', 'failed', 'unscored', 'findings a file', 'slowest'],
      ...reports.map((report) => [
        report.format,
        String(report.files),
        String(report.parsed),
        String(report.prompts),
        String(report.rendered),
        String(report.run),
        String(report.scores.passed),
        String(report.scores.failed),
        String(report.scores.unscored),
        `${report.findings.median} (${report.findings.p90}, ${report.findings.most})`,
        `${report.slowest.ms} ms`,
      ]),
    ]),
    'Findings a file: of the middle one, of nine in ten, and most; without what a model’s age brings.',
    '',
    ...table([
      ['finding', ...reports.map(({ format }) => format)],
      ...[...new Set(reports.flatMap(({ rules }) => Object.keys(rules)))].sort().map((rule) => [
        rule,
        ...reports.map(({ rules }) => {
          const found = rules[rule];
          return found ? `${found.findings} in ${found.files}` : '-';
        }),
      ]),
    ]),
    ...reports.flatMap(({ format, notRendered, notRun, unscored }) => [
      ...reasons(`${format}: not rendered`, notRendered),
      ...reasons(`${format}: not run`, notRun),
      ...reasons(`${format}: unscored`, unscored),
    ]),
    ...reports.flatMap(({ format, problems }) =>
      problems.length ? ['', `${format}: ${problems.length} problems`, ...problems.map((one) => `  ${one}`)] : [],
    ),
  ];
  return lines.join('\n');
}

/** Reasons that are listed; the others are counted. */
const MOST_REASONS = 12;

function reasons(title: string, counts: Readonly<Record<string, number>>): readonly string[] {
  const entries = Object.entries(counts);
  if (!entries.length) return [];
  const rest = entries.length - MOST_REASONS;
  return [
    '',
    title,
    ...entries.slice(0, MOST_REASONS).map(([reason, count]) => `  ${String(count).padStart(4)}  ${reason.split('\n')[0]}`),
    ...(rest > 0 ? [`        and ${rest} more`] : []),
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '));
}
