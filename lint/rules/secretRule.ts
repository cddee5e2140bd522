import type { Dataset } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';
import type { Rule } from '../rule.ts';
import { type ReadOption, textsOption } from '../ruleOption.ts';
import { type FoundSecret, findSecrets } from '../secrets/findSecrets.ts';
import { explained } from './explained.ts';

const ALLOW = textsOption('allow', 'Texts that only look like secrets: a match that holds one of them is left alone.');

/** A key, a token or a private key in a prompt or in its cases. */
export const secretRule: Rule = {
  code: 'security.secret',
  title: 'a secret in a prompt or a dataset',
  severity: 'error',
  explain: explained(
    'What stands in a prompt is sent to a provider with every call and stays in the repository’s history for good. Revoke the secret, then take it out; where a prompt needs an example, use one that cannot be real, such as `sk-EXAMPLE`. Only shapes that providers hand out are looked for, and obvious examples are left alone.',
    `messages:
  - role: system
    content: "Use the key AKIA${'Q7RZM2XVK4TWLP3J'} for the upload."
  - role: user
    content: Say hello.`,
    `messages:
  - role: system
    content: The upload has a key of its own.
  - role: user
    content: Say hello.`,
  ),
  options: [ALLOW],
  ofPartials: true,
  check: ({ document: { text } }, option) =>
    secretsIn(text, option).map(({ kind, start, end }) => ({
      range: { start, end },
      message: `This looks like ${kind}. Revoke it, and take it out of the file.`,
      data: { kind },
    })),
  checkDataset: (dataset, option) => inRows(dataset, option),
};

function inRows({ rows }: Dataset, option: ReadOption): ReturnType<Rule['check']> {
  return rows.flatMap((row) => {
    const found = [...textsOf(row.variables), ...textsOf(row.expected ?? null)].flatMap((text) => secretsIn(text, option));
    return found.slice(0, 1).map(({ kind }) => ({
      range: row.range,
      message: `The case "${row.id}" holds what looks like ${kind}. Revoke it, and take it out of the file.`,
      data: { kind, case: row.id },
    }));
  });
}

function secretsIn(text: string, option: ReadOption): readonly FoundSecret[] {
  const found = findSecrets(text);
  if (found.length === 0) return found;
  const allowed = option(ALLOW);
  return found.filter(({ start, end }) => !allowed.some((one) => one !== '' && text.slice(start, end).includes(one)));
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
