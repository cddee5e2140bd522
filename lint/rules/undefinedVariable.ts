import { nearest, type PromptDocument, parseCasePath, type Range, scanPlaceholders } from '../../prompts-schema/index.ts';
import { isFlow, lineStart, topEntry, writtenEnd } from '../edits/removeEntry.ts';
import type { FileEdit, Fix } from '../finding.ts';
import { rowHas } from '../knownVariables.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

/** A `{{name}}` that is in none of the inputs and columns the file has. */
export const undefinedVariable: Rule = {
  code: 'template.undefined-variable',
  title: 'a placeholder that nothing fills',
  severity: 'error',
  explain: explained(
    'The placeholder stays in the text as it is, and the model is sent the braces. A name is undefined only where the file says which variables it has, by `inputs`, a dataset or `testData`, and this one is not among them; in a file that says nothing, every placeholder is an input.',
    `inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "Route this: {{tiket}}"`,
    `inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "Route this: {{ticket}}"`,
  ),
  check: (context) => {
    const known = context.variables();
    if (context.broken || !known.told) return [];
    const hits = context.document.messages.flatMap((message) =>
      message.placeholders.flatMap(({ name, range, nameRange, uncertain }) =>
        known.names.has(name) || uncertain ? [] : [hit(context, name, range, nameRange)],
      ),
    );
    return [...hits, ...inOperands(context)];
  },
};

function hit(context: RuleContext, name: string, range: Range, nameRange: Range): RuleHit {
  const { names } = context.variables();
  const github = context.document.dialect === 'github';
  const sent = github ? 'the model would be sent the braces' : 'nothing would stand in its place';
  const list = [...names].slice(0, 8).map((known) => `\`${known}\``);
  const near = nearest(name, names);
  const declare = declareInput(context.document, name);
  const fixes: Fix[] = [];
  const isHere = context.document.text.slice(nameRange.start, nameRange.end) === name; // not in a file that this one names
  if (near && isHere) fixes.push({ title: `Change to \`${near}\``, preferred: true, edits: [{ range: nameRange, newText: near }] });
  if (declare) fixes.push({ title: `Declare \`${name}\` under inputs`, preferred: !near, edits: [declare] });
  return {
    range,
    ...(github ? {} : { severity: 'warning' as const }), // an empty place may be meant: many templates ask for what they may do without
    message: `No input and no column is called \`${name}\`; ${sent}. Known: ${list.join(', ')}${names.size > list.length ? ' …' : ''}.`,
    data: { name, ...(near ? { nearest: near } : {}) },
    fixes,
  };
}

/** GitHub's string checks are templates over the case: a name that no row has leaves them comparing with braces. */
function inOperands(context: RuleContext): readonly RuleHit[] {
  const { document } = context;
  const { columns } = context.variables();
  if (columns === undefined) return [];
  return document.evaluators.flatMap((evaluator) => {
    if (evaluator.kind !== 'string') return [];
    const { start, end } = evaluator.operandRange;
    return scanPlaceholders(document.text.slice(start, end)).flatMap(({ name, range: { start: at, end: until } }) => {
      if (name === 'id' || columns.has(name) || someRowHas(context, name)) return [];
      const near = nearest(name, columns);
      const range = { start: start + at, end: start + until };
      const inner = { start: range.start + 2, end: range.end - 2 };
      return [
        {
          range,
          message: `No case has \`${name}\`; the answer would be compared with the braces.`,
          data: { name },
          fixes: near ? [{ title: `Change to \`${near}\``, preferred: true, edits: [{ range: inner, newText: near }] }] : [],
        },
      ];
    });
  });
}

function someRowHas({ variables }: RuleContext, name: string): boolean {
  const read = parseCasePath(name);
  return 'path' in read && variables().rows.some((row) => rowHas(row, read.path));
}

/** Adds the name to `inputs:` where the file has it. */
function declareInput(document: PromptDocument, name: string): FileEdit | undefined {
  const top = document.format === 'native' ? topEntry(document, 'inputs') : undefined;
  if (top?.value.kind !== 'map' || !/^[\w-]+$/.test(name)) return undefined;
  const last = top.value.entries.at(-1);
  if (last === undefined) return undefined;
  const end = writtenEnd(document.text, last.range);
  const at = { start: end, end };
  if (isFlow(document.text, top.value)) return { range: at, newText: `, ${name}: { type: string }` };
  const first = top.value.entries[0] ?? last;
  const indent = document.text.slice(lineStart(document.text, first.range.start), first.range.start);
  return /^[ ]*$/.test(indent) ? { range: at, newText: `\n${indent}${name}: { type: string }` } : undefined;
}
