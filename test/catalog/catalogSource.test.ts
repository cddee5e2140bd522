import { expect, it } from 'vitest';
import { builtinCatalog, createCatalogSource, type ModelAnswers } from '../../catalog/index.ts';

const answers = (retiresOn: string): readonly ModelAnswers[] => [
  { platform: 'openai', asOf: '2026-11-22', source: 'https://api.openai.com/v1/models', models: [{ id: 'gpt-6-luna', retiresOn }] },
];

it('nothing is read before somebody looks, and the same answers are the same catalog', async () => {
  let kept: readonly ModelAnswers[] = [];
  let reads = 0;
  const source = createCatalogSource(async () => {
    reads++;
    return kept;
  });
  const first = source.current();
  expect([first.catalog, reads]).toEqual([builtinCatalog(), 0]);
  expect(await source.look()).toBe(first);

  kept = answers('2027-01-01');
  const second = await source.look();
  expect(second.catalog.get('openai', 'gpt-6-luna')).toMatchObject({ retiresOn: '2027-01-01', asOf: '2026-11-22' });
  expect(second.key).not.toBe(first.key);
  expect([source.current(), await source.look()]).toEqual([second, second]);

  kept = [];
  const third = await source.look();
  expect(third.catalog).toBe(builtinCatalog());
  expect([first.key, second.key]).not.toContain(third.key);
  expect(reads).toBe(4);
});
