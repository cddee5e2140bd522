import { type PromptDocument, parseJsonPath } from '../../prompts-schema/index.ts';
import { isJsonObject, type Json, ownValue } from '../../safety/index.ts';
import type { Rule } from '../rule.ts';
import { textsOption } from '../ruleOption.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"
jsonSchema:
  type: object
  additionalProperties: false
  required: [team, summary]
  properties:
    team: { type: string }
    summary: { type: string }`;

const IGNORE = textsOption('ignore', 'Names of fields that need no check.', ['confidence', 'reasoning', 'rationale', 'explanation']);

/** A required field that nothing looks at. */
export const uncheckedField: Rule = {
  code: 'output.unchecked-field',
  title: 'a required field of the answer that no evaluator looks at',
  severity: 'hint',
  explain: explained(
    'The field could hold nonsense in every answer and the pass rate would not move. Said only of prompts that have evaluators by path; a judge or a check on the whole answer counts as looking at everything, and so do the fields that `decision` and `monitor` name. Fields in which a model explains itself or its confidence are left out.',
    `${PROMPT}
evaluators:
  - { name: team filled, path: $.team, notEmpty: true }`,
    `${PROMPT}
evaluators:
  - { name: team filled, path: $.team, notEmpty: true }
  - { name: summary filled, path: $.summary, notEmpty: true }`,
  ),
  options: [IGNORE],
  check: ({ document, schema }, option) => {
    const inUse = schema();
    const required = inUse && ownValue(inUse.schema, 'required');
    if (inUse === undefined || !Array.isArray(required) || required.length === 0) return [];
    const seen = fieldsLookedAt(document);
    if (seen === undefined) return [];
    const ignored = new Set(option(IGNORE));
    const properties = ownValue(inUse.schema, 'properties');
    const left = (required as readonly Json[]).filter(
      (name): name is string =>
        typeof name === 'string' && !seen.has(name) && !ignored.has(name) && isJsonObject(properties) && Object.hasOwn(properties, name),
    );
    if (left.length === 0) return [];
    const names = left.slice(0, 6).map((name) => `\`${name}\``);
    return [
      {
        range: inUse.range,
        message: `No evaluator looks at ${names.join(', ')}${left.length > names.length ? ' …' : ''}, which the schema requires. Check ${left.length > 1 ? 'them' : 'it'} with a \`path\`.`,
        data: { fields: left },
      },
    ];
  },
};

/** First names of every path that is looked at; undefined where everything is, or where no evaluator goes by paths. */
function fieldsLookedAt(document: PromptDocument): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  let byPath = false;
  for (const evaluator of document.evaluators) {
    if (!('path' in evaluator)) return undefined;
    const first = evaluator.path?.steps[0];
    if (first?.kind === 'name') {
      byPath = true;
      names.add(first.name);
    } else if (evaluator.path || !OF_FORM.has(evaluator.kind)) return undefined;
  }
  if (!byPath) return undefined;
  for (const path of [
    ownValue(document.decision?.value ?? {}, 'confidence'),
    ...listOf(ownValue(document.monitor?.value ?? {}, 'fields')),
  ]) {
    const read = typeof path === 'string' ? parseJsonPath(path) : undefined;
    const step = read && 'steps' in read ? read.steps[0] : undefined;
    if (step?.kind === 'name') names.add(step.name);
  }
  return names;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Checks on the whole answer that say nothing of its fields. */
const OF_FORM: ReadonlySet<string> = new Set([
  'json',
  'noRefusal',
  'noFailureTokens',
  'maxLatencyMs',
  'maxCost',
  'maxOutputTokens',
  'notEmpty',
  'minLength',
  'maxLength',
  'type',
]);
