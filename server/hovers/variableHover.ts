import { type PromptDocument, type PromptFacts, valueText } from '../../prompts-schema/index.ts';
import { codeMarkdown, escapeMarkdown, escapeTerminal, fenceMarkdown } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';

/** What is known of a variable: how it is declared, how many cases have it, and its first values, fenced so that nothing in them is live. */
export function variableHover(document: PromptDocument, facts: PromptFacts, name: string): string {
  const input = document.inputs?.find((one) => one.name === name);
  const declared = input && [input.type ?? 'string', ...(input.trusted === false ? ['not trusted: may hold instructions'] : [])].join(', ');
  const rows = caseRows(document, facts);
  const values = rows.flatMap(({ variables }) => (Object.hasOwn(variables, name) ? [variables[name] ?? null] : []));
  const samples = firstDistinct(values.map(valueText));
  const from = facts.dataset?.status === 'read' && !document.testData?.length ? ` of ${codeMarkdown(facts.dataset.path)}` : '';
  const paragraphs = [
    `${codeMarkdown(name)}${declared ? ` ${escapeMarkdown(`(${declared})`)}` : ''}${input?.description ? `: ${escapeMarkdown(input.description)}` : ''}`,
    ...(rows.length
      ? [`In ${values.length} of ${rows.length} ${rows.length === 1 ? 'case' : 'cases'}${from}${samples.length ? '. First values:' : '.'}`]
      : []),
    ...samples.map((sample) => fenceMarkdown(escapeTerminal(cut(sample)), 'text')),
  ];
  return paragraphs.join('\n\n');
}

const SAMPLES = 3;
const SAMPLE_LENGTH = 120;

function firstDistinct(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.size === SAMPLES) break;
    seen.add(value);
  }
  return [...seen];
}

/** Not through the middle of a character that takes two UTF-16 units. */
function cut(text: string): string {
  if (text.length <= SAMPLE_LENGTH) return text.replaceAll('\r\n', '\n');
  const end = text.isWellFormed() && !text.slice(0, SAMPLE_LENGTH).isWellFormed() ? SAMPLE_LENGTH - 1 : SAMPLE_LENGTH;
  return `${text.slice(0, end).replaceAll('\r\n', '\n')}…`;
}
