import { nearest, type PromptDocument, type PromptMessage, type Range } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import { ownValue } from '../../safety/index.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { subschemas } from '../schemas/subschemas.ts';
import { contentSpan } from '../text/contentSpan.ts';
import { type LabelList, labelLists } from '../text/labelLists.ts';
import { explained } from './explained.ts';

function example(label: string): string {
  return `messages:
  - role: system
    content: |
      Choose exactly one team:
      - billing: invoices and payments
      - shipping: parcels on the way
      - ${label}: everything else
  - role: user
    content: "{{ticket}}"
jsonSchema:
  type: object
  additionalProperties: false
  required: [team]
  properties:
    team: { type: string, enum: [billing, shipping, other] }`;
}

/** Labels that the prompt lists and the schema does not allow, or the other way round. */
export const labelsDiffer: Rule = {
  code: 'output.labels-differ',
  title: 'labels in the prompt that differ from those allowed',
  severity: 'warning',
  explain: explained(
    'The prompt asks for a label that the schema’s `enum` (or the `oneOf` of an evaluator) does not allow, so the model has to choose another, or the enum holds one that the prompt never explains. A list counts as labels where at least two, and half of them, are values of the enum.',
    example('misc'),
    example('other'),
  ),
  check: (context) => {
    const allowed = allowedLabels(context);
    if (allowed.length === 0) return [];
    const { document } = context;
    return document.messages.flatMap((message) => {
      if (message.role.value === 'assistant') return [];
      return labelLists(message.content.value).flatMap((list) => hitsOf(document, message, list, allowed));
    });
  },
};

function hitsOf(
  document: PromptDocument,
  message: PromptMessage,
  list: LabelList,
  allowed: readonly (readonly string[])[],
): readonly RuleHit[] {
  const written = list.labels.map(({ text }) => text);
  const closest = allowed
    .map((labels) => ({ labels, shared: written.filter((label) => labels.includes(label)).length }))
    .sort((a, b) => b.shared - a.shared)[0];
  if (!closest || closest.shared < 2 || closest.shared * 2 < Math.max(written.length, closest.labels.length)) return [];
  const { labels } = closest;
  const span = (part: Range): Range => contentSpan(document, message, part);
  const missing = labels.filter((label) => !written.includes(label));
  const extra = list.labels.filter(({ text }) => !labels.includes(text));
  const hits: RuleHit[] = extra.map(({ text, range }) => {
    const free = nearest(text, missing) ?? (missing.length === 1 && extra.length === 1 ? missing[0] : undefined);
    const at = span(range);
    return {
      range: at,
      message: `\`${text}\` is not among the labels that are allowed: ${labels.map((label) => `\`${label}\``).join(', ')}.`,
      data: { label: text },
      fixes:
        free !== undefined && document.text.slice(at.start, at.end) === text
          ? [{ title: `Change to \`${free}\``, preferred: true, byHand: true, edits: [{ range: at, newText: free }] }]
          : [],
    };
  });
  const first = list.labels[0];
  if (missing.length > 0 && extra.length === 0 && first)
    hits.push({
      range: span(first.range),
      message: `This list leaves out ${missing.map((label) => `\`${label}\``).join(', ')}, which ${missing.length > 1 ? 'are' : 'is'} allowed too. Explain ${missing.length > 1 ? 'them' : 'it'}, or disallow ${missing.length > 1 ? 'them' : 'it'}.`,
      data: { missing },
    });
  return hits;
}

/** Every closed list of texts: the schema's enums, and what evaluators compare with. */
function allowedLabels({ document, facts, schema }: RuleContext): readonly (readonly string[])[] {
  const inUse = schema();
  const enums = inUse ? subschemas(inUse.schema).map((part) => ownValue(part.schema, 'enum')) : [];
  const lists = document.evaluators.map((evaluator): Json | undefined => {
    if (evaluator.kind !== 'oneOf') return undefined;
    if (evaluator.operand.from === 'literal') return evaluator.operand.value;
    const file = evaluator.operand.from === 'file' ? facts.evaluatorFiles.get(evaluator.operand.path) : undefined;
    return file?.status === 'read' ? file.value : undefined;
  });
  return [...enums, ...lists].flatMap((list) => {
    const labels = Array.isArray(list) ? (list as readonly Json[]).filter((label) => typeof label === 'string') : [];
    return labels.length >= 2 ? [labels] : [];
  });
}
