import { type PromptDocument, type PromptFacts, partialNames, type Range, type Reference } from '../../prompts-schema/index.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: Say hello.`;
const GOOD = `${PROMPT}
jsonSchema: { file: ./answer.schema.json }`;

/** A file named by `{ file: … }` that is not there. */
export const referenceMissingFile: Rule = {
  code: 'reference.missing-file',
  title: 'a named file that does not exist',
  severity: 'error',
  explain: explained(
    'A schema, the tools or an evaluator’s list is in a file that is not there, so no run can use it.',
    `${PROMPT}\njsonSchema: { file: ./anser.schema.json }`,
    GOOD,
  ),
  check: (context) => hits(context, ['missing']),
};

/** A file named by `{ file: … }` beyond the root. */
export const referenceOutsideRoot: Rule = {
  code: 'reference.outside-root',
  title: 'a named file outside the root',
  severity: 'error',
  explain: explained(
    'Files outside the root are never read, whatever a repository names. Keep the file within it.',
    `${PROMPT}\njsonSchema: { file: /etc/answer.json }`,
    GOOD,
  ),
  check: (context) => hits(context, ['outside']),
};

/** A file named by `{ file: … }` that cannot be used. */
export const referenceInvalid: Rule = {
  code: 'reference.invalid-file',
  title: 'a named file that cannot be used',
  severity: 'error',
  explain:
    'The file is there, but it cannot be read, or holds something else than what is expected at this place: JSON or YAML, and for `jsonSchema` a JSON Schema. The message says which.',
  check: (context) => hits(context, ['unreadable', 'invalid']),
};

function hits({ document, facts }: RuleContext, statuses: readonly string[]): readonly RuleHit[] {
  const found: RuleHit[] = [];
  const look = (reference: Reference<unknown> | undefined, range: Range): void => {
    if (reference && reference.status !== 'read' && statuses.includes(reference.status))
      found.push({ range, message: reference.message, data: { path: reference.path } });
  };
  if (document.outputSchema?.kind === 'file') look(facts.outputSchema, document.outputSchema.path.range);
  if (document.tools?.kind === 'file') look(facts.tools, document.tools.path.range);
  for (const { range, name, within } of partialsOf(document, facts)) {
    const partial = facts.partials?.get(name);
    if (!partial || partial.status === 'read' || !statuses.includes(partial.status)) continue;
    const message = within === undefined ? partial.message : `${within} puts in \`${name}\`. ${partial.message}`;
    found.push({ range, message, severity: 'warning', data: { partial: name } });
  }
  for (const { value, range } of document.included ?? []) look(facts.included?.get(value), range);
  for (const evaluator of document.evaluators) {
    if ('operand' in evaluator && typeof evaluator.operand !== 'string' && evaluator.operand.from === 'file')
      look(facts.evaluatorFiles.get(evaluator.operand.path), evaluator.operandRange);
  }
  return found;
}

interface NamedPartial {
  /** Where the prompt puts it in, or the first partial that leads to it. */
  readonly range: Range;
  readonly name: string;
  /** The file that names it, where that is not the prompt itself. */
  readonly within?: string;
}

/** The partials that the prompt puts in, at each place, and after them those that only partials put in, each once. */
function partialsOf({ partials = [], dialect }: PromptDocument, facts: PromptFacts): readonly NamedPartial[] {
  const seen = new Set(partials.map(({ name }) => name));
  const all: NamedPartial[] = [...partials];
  for (let at = 0; at < all.length; at++) {
    const { range, name } = all[at] as NamedPartial;
    const partial = facts.partials?.get(name);
    if (partial?.status !== 'read' || (at < partials.length && partials.findIndex((one) => one.name === name) < at)) continue;
    for (const inner of partialNames(partial.value, dialect)) {
      if (seen.has(inner)) continue;
      seen.add(inner);
      all.push({ range, name: inner, within: partial.path });
    }
  }
  return all;
}
