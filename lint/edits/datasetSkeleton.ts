import type { PromptDocument } from '../../prompts-schema/index.ts';

/** The text of a new dataset for the prompt: one row with every variable, in the format that the path's ending asks for. */
export function datasetSkeleton(document: PromptDocument, path: string): string {
  const names = [
    ...new Set([
      ...(document.inputs ?? []).map(({ name }) => name),
      ...document.messages.flatMap((message) => message.placeholders.map(({ name }) => name)),
    ]),
  ].filter((name) => name !== 'id' && name !== 'expected');
  const row = Object.fromEntries([['id', 'case-1'], ...names.map((name) => [name, ''])]);
  if (/\.csv$/i.test(path)) return `${['id', ...names].map(csvCell).join(',')}\n${['case-1', ...names.map(() => '')].join(',')}\n`;
  if (/\.jsonl$/i.test(path)) return `${JSON.stringify(row)}\n`;
  if (/\.json$/i.test(path)) return `${JSON.stringify([row], null, 2)}\n`;
  return `- id: case-1\n${names.map((name) => `  ${JSON.stringify(name)}: ""\n`).join('')}`;
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
