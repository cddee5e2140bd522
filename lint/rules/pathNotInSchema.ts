import { type JsonPath, nearest, type PromptDocument, type Range } from '../../prompts-schema/index.ts';
import type { Fix } from '../finding.ts';
import type { Rule, RuleHit } from '../rule.ts';
import { pathInSchema } from '../schemas/pathInSchema.ts';
import type { SchemaInUse } from '../schemas/schemaInUse.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"
jsonSchema:
  type: object
  additionalProperties: false
  required: [team]
  properties:
    team: { type: string }`;

/** An evaluator that looks where the schema has nothing. */
export const pathNotInSchema: Rule = {
  code: 'evaluator.path-not-in-schema',
  title: 'a path that the schema of the answer does not have',
  severity: 'error',
  explain: explained(
    'No answer that the schema allows has anything at this path, so the evaluator fails every one, or none where it asks for nothing. Where the schema allows other properties than those it names, it is a warning.',
    `${PROMPT}
evaluators:
  - { name: team filled, path: $.teem, notEmpty: true }`,
    `${PROMPT}
evaluators:
  - { name: team filled, path: $.team, notEmpty: true }`,
  ),
  check: ({ document, schema }) => {
    const inUse = schema();
    if (inUse === undefined) return [];
    return document.evaluators.flatMap((evaluator) =>
      'path' in evaluator && evaluator.path ? hit(document, inUse, evaluator.path, evaluator.range) : [],
    );
  },
};

function hit(document: PromptDocument, inUse: SchemaInUse, path: JsonPath, evaluator: Range): readonly RuleHit[] {
  const found = pathInSchema(inUse.schema, path.steps);
  if (found.state !== 'absent') return [];
  const range = pathRange(document, path, evaluator);
  const step = path.steps[found.step];
  const near = step?.kind === 'name' ? nearest(step.name, found.names) : undefined;
  const names = found.names.slice(0, 8).map((name) => `\`${name}\``);
  const instead = names.length > 0 ? ` It has ${names.join(', ')}${found.names.length > names.length ? ' …' : ''}.` : '';
  return [
    {
      range,
      message: `The schema of the answer has no \`${path.text}\`.${instead}`,
      data: { path: path.text, ...(near ? { nearest: near } : {}) },
      fixes: near && step?.kind === 'name' ? renameStep(document, range, step.name, near) : [],
      ...(found.closed || inUse.strict === true ? {} : { severity: 'warning' as const }),
    },
  ];
}

/** Where the path is written; the evaluator's first character where it cannot be found as it stands. */
function pathRange({ text }: PromptDocument, { text: path }: JsonPath, evaluator: Range): Range {
  const written = text.slice(evaluator.start, evaluator.end);
  const key = /(?:^|[\s,{])path\s*:\s*["']?/.exec(written);
  const at = key ? written.indexOf(path, key.index + key[0].length) : -1;
  if (at < 0) return { start: evaluator.start, end: Math.min(evaluator.end, evaluator.start + 1) };
  return { start: evaluator.start + at, end: evaluator.start + at + path.length };
}

function renameStep({ text }: PromptDocument, range: Range, name: string, near: string): readonly Fix[] {
  const at = text.slice(range.start, range.end).lastIndexOf(name);
  if (at < 0 || !/^[\p{L}\p{N}_$-]+$/u.test(near)) return [];
  const span = { start: range.start + at, end: range.start + at + name.length };
  return [{ title: `Change to \`${near}\``, preferred: true, edits: [{ range: span, newText: near }] }];
}
