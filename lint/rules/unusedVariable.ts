import type { PromptDocument, Range } from '../../prompts-schema/index.ts';
import { removeEntry, topEntry } from '../edits/removeEntry.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

/** An input or a column that no message and no evaluator reads. */
export const unusedVariable: Rule = {
  code: 'template.unused-variable',
  title: 'an input that nothing uses',
  severity: 'warning',
  explain: explained(
    'A declared input that no message holds never reaches the model: either the placeholder was forgotten, or the declaration is a leftover. A column that no message and no evaluator uses is only a hint, for datasets carry notes; `id` and `expected` always count as used.',
    `inputs:
  ticket: { type: string }
  customer: { type: string }
messages:
  - role: user
    content: "Route this: {{ticket}}"`,
    `inputs:
  ticket: { type: string }
  customer: { type: string }
messages:
  - role: user
    content: "Route this from {{customer}}: {{ticket}}"`,
  ),
  check: (context) => (context.broken ? [] : [...unusedInputs(context), ...unusedColumns(context)]),
};

function unusedInputs(context: RuleContext): readonly RuleHit[] {
  const { document } = context;
  const { used } = context.variables();
  return (document.inputs ?? []).flatMap(({ name, nameRange }) => {
    if (used.has(name)) return [];
    const edit = removeEntry(document, 'inputs', nameRange);
    return [
      {
        range: nameRange,
        message: `No message and no evaluator uses the input \`${name}\`.`,
        data: { name },
        tags: ['unnecessary'],
        fixes: edit ? [{ title: `Remove the input \`${name}\``, preferred: false, edits: [edit] }] : [],
      } satisfies RuleHit,
    ];
  });
}

function unusedColumns({ document, facts, variables }: RuleContext): readonly RuleHit[] {
  const { used } = variables();
  const declared = new Set((document.inputs ?? []).map(({ name }) => name));
  const unused = (name: string): boolean => !used.has(name) && !declared.has(name);
  const hits: RuleHit[] = [];
  const dataset = facts.dataset?.status === 'read' ? facts.dataset : undefined;
  const extra = dataset?.value.columns.map(({ name }) => name).filter(unused) ?? [];
  if (dataset && document.dataset && extra.length > 0) {
    const names = extra.slice(0, 8).map((name) => `\`${name}\``);
    hits.push({
      range: document.dataset.range,
      severity: 'hint',
      message: `No message and no evaluator uses ${names.join(', ')}${extra.length > names.length ? ' …' : ''} of ${dataset.path}.`,
      data: { names: extra, dataset: dataset.path },
    });
  }
  for (const [name, range] of inlineColumns(document)) {
    if (unused(name))
      hits.push({
        range,
        severity: 'hint',
        message: `No message and no evaluator uses \`${name}\`.`,
        data: { name },
        tags: ['unnecessary'],
      });
  }
  return hits;
}

/** Every column of `testData` with its key in the first row that has it. */
function inlineColumns(document: PromptDocument): ReadonlyMap<string, Range> {
  const columns = new Map<string, Range>();
  const top = topEntry(document, 'testData');
  if (top?.value.kind !== 'list') return columns;
  for (const item of top.value.items) {
    if (item.kind !== 'map') continue;
    for (const { key, keyRange } of item.entries) if (key !== 'id' && key !== 'expected' && !columns.has(key)) columns.set(key, keyRange);
  }
  return columns;
}
