import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ASSERTION_TYPES, type AssertionType } from '../../../prompts-schema/index.ts';

const DOCS = readFileSync(path.resolve(import.meta.dirname, '../../../docs/formats.md'), 'utf8');

it('the page of formats has a row for every assertion, in the words of the code', () => {
  expect(DOCS).toContain(assertionTable());
});

/** One row for all types of which the same is said. */
function assertionTable(): string {
  const rows = new Map<string, string[]>();
  for (const [type, known] of Object.entries(ASSERTION_TYPES)) {
    const said = wordsOf(known);
    rows.set(said, [...(rows.get(said) ?? []), `\`${type}\``]);
  }
  return ['| assertion | here |', '|---|---|', ...[...rows].map(([said, types]) => `| ${types.join(', ')} | ${said} |`), ''].join('\n');
}

function wordsOf(known: AssertionType): string {
  return known.kind === 'foreign' ? `unscored: ${known.reason}` : `passes where ${known.passes}`;
}
