import { describe, expect, it } from 'vitest';
import { caseId, type DatasetRow, parsePrompt, readDataset } from '../../prompts-schema/index.ts';

const HASH = caseId({ a: 1 });

function rowsOf(lines: readonly string[]): readonly DatasetRow[] {
  return readDataset(lines.join('\n'), 'jsonl').rows;
}

describe('ids of cases', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a hash', ['{"a":1}'], [HASH]],
    ['copies', ['{"a":1}', '{"a":1}', '{"a":1}'], [HASH, `${HASH}-2`, `${HASH}-3`]],
    ['copies of an own id', ['{"id":"x"}', '{"a":1}', '{"id":"x"}'], ['x', HASH, 'x-2']],
    ['an own id like the hash below', [`{"id":"${HASH}"}`, '{"a":1}'], [HASH, `${HASH}-2`]],
    ['an own id like the hash above', ['{"a":1}', `{"id":"${HASH}"}`], [HASH, `${HASH}-2`]],
    ['an own id like a copy above', ['{"a":1}', '{"a":1}', `{"id":"${HASH}-2"}`], [HASH, `${HASH}-2`, `${HASH}-2-2`]],
    ['an own id like a copy below', ['{"a":1}', `{"id":"${HASH}-2"}`, '{"a":1}'], [HASH, `${HASH}-2`, `${HASH}-3`]],
  ])('%s, in whatever order they are read', (_, lines, expected) => {
    expect(rowsOf(lines).map(({ id }) => id)).toEqual(expected);
    const backwards = rowsOf(lines).toReversed();
    expect(backwards.map(({ id }) => id)).toEqual(expected.toReversed());
  });

  it('an own id that a hash above has taken is reported', () =>
    expect(readDataset(`{"a":1}\n{"id":"${HASH}","b":1}`, 'jsonl').issues.map(({ code }) => code)).toEqual(['dataset.duplicate-id']));

  it('are a property of the row that copies take along', () => {
    const [row] = parsePrompt('messages:\n  - { role: user, content: hi }\ntestData:\n  - a: 1\n').testData ?? [];
    const plain = { id: HASH, idIsOwn: false, variables: { a: 1 }, expected: undefined, range: row?.range };
    expect(row).toEqual(plain);
    expect({ ...row }).toEqual(plain);
    expect(structuredClone(row)).toEqual(plain);
    expect(JSON.parse(JSON.stringify(row))).toEqual(JSON.parse(JSON.stringify(plain)));
  });
});
