import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openServer } from './support/client.ts';

const TINY = 'model: sandbox/extractor-2026-05\nmessages: [{ role: user, content: hi }]\nevaluators: [{ name: filled, notEmpty: true }]\n';
const ASKED = `mod¦el: sandbox/extractor-2026-05\nmessages: [{ role: user, content: hi }]\n`;

it('T3: files of a gigabyte are refused with a place, and the server goes on', async () => {
  await using server = await openServer({
    files: {
      'big.prompt.yml': '',
      'big.prompty': '',
      '_big.prompt': '',
      'cases.jsonl': '',
      'small.prompt.yml': `${TINY}dataset: cases.jsonl\n`,
      'open.prompt.yml': TINY,
    },
  });
  for (const file of ['big.prompt.yml', 'big.prompty', '_big.prompt', 'cases.jsonl']) truncateSync(path.join(server.root, file), 1024 ** 3);
  await server.open('open.prompt.yml', ASKED);
  const report = server.workspaceReport();
  expect(await server.hoverText('open.prompt.yml')).toContain('model');
  expect((await report).told).toEqual([
    '_big.prompt: schema.too-large',
    'big.prompt.yml: schema.too-large',
    'big.prompty: schema.too-large',
    'small.prompt.yml: dataset.unreadable',
  ]);
  expect(server.failures).toEqual([]);
});

it('T3: of very many files the first are checked, one says so, and hovers are answered meanwhile', async () => {
  await using server = await openServer({ files: { 'open.prompt.yml': TINY } });
  for (let folder = 0; folder < 101; folder++) {
    const into = path.join(server.root, `d${`${folder}`.padStart(3, '0')}`);
    mkdirSync(into);
    for (let file = 0; file < 100; file++) writeFileSync(path.join(into, `${`${file}`.padStart(2, '0')}.prompt.yml`), TINY);
  }
  await server.open('open.prompt.yml', ASKED);
  let done = false;
  const report = server.workspaceReport().then((found) => {
    done = true;
    return found.told;
  });
  for (let times = 0; times < 20; times++) expect(await server.hoverText('open.prompt.yml')).toContain('model');
  expect(done).toBe(false);
  const told = await report;
  expect(told.length).toBe(10_001);
  expect(told.filter((line) => !line.endsWith(': clean'))).toEqual(['d100/00.prompt.yml: schema.too-large']);
  expect(server.failures).toEqual([]);
}, 120_000);
