import { expect, it } from 'vitest';
import { openServer } from './support/client.ts';

const GOOD =
  'model: sandbox/extractor-2026-05\nmessages:\n  - role: user\n    content: "{{ticket}}"\nevaluators:\n  - { name: filled, notEmpty: true }\n';
const FILES = {
  'evenkeel.yml': 'formatVersion: 1\nprompts: { exclude: [drafts/**] }\n',
  'a.prompt.yml': `${GOOD}extra: 1\n`,
  'b.prompt.yml': `${GOOD}dataset: ./cases.csv\n`,
  'cases.csv': 'ticket,expected\nlate\n',
  'drafts/c.prompt.yml': `${GOOD}extra: 1\n`,
  'ignored/d.prompt.yml': `${GOOD}extra: 1\n`,
  '.gitignore': 'ignored/\n',
};

it('covers files that are not open: prompts, their datasets and evenkeel.yml, without what is excluded or ignored', async () => {
  await using server = await openServer({ files: FILES });
  expect(server.initialized?.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
  expect((await server.workspaceReport()).told).toEqual([
    'a.prompt.yml: schema.unknown-key',
    'b.prompt.yml: clean',
    'cases.csv: dataset.ragged-row',
    'evenkeel.yml: clean',
  ]);
  expect(server.failures).toEqual([]);
});

it('leaves open files to the editor, and has the same findings for both', async () => {
  await using server = await openServer({ files: FILES });
  const { ids } = await server.workspaceReport();
  await server.open('a.prompt.yml');
  const open = await server.diagnosticReport('a.prompt.yml');
  expect(open.resultId).toBe(ids.find(({ uri }) => uri.endsWith('a.prompt.yml'))?.value);
  const told = (await server.workspaceReport()).told;
  expect(told.filter((line) => line.startsWith('a.'))).toEqual([]);
});

it('answers once something changed, with `unchanged` for everything else, and forgets what is gone', async () => {
  await using server = await openServer({ files: FILES });
  const first = await server.workspaceReport();
  let answered = false;
  const second = server.workspaceReport(first.ids).then((report) => {
    answered = true;
    return report;
  });
  expect(await server.codeLenses('a.prompt.yml')).toEqual([]); // others are answered meanwhile
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(answered).toBe(false);
  await server.write('a.prompt.yml', GOOD);
  await server.watched('a.prompt.yml');
  const report = await second;
  expect(report.told).toEqual(['a.prompt.yml: clean', 'b.prompt.yml: unchanged', 'cases.csv: unchanged', 'evenkeel.yml: unchanged']);
  await server.write('evenkeel.yml', 'formatVersion: 1\nprompts: { include: [b.prompt.yml] }\n');
  await server.watched('evenkeel.yml');
  expect((await server.workspaceReport(report.ids)).told).toEqual([
    'a.prompt.yml: clean',
    'b.prompt.yml: unchanged',
    'cases.csv: unchanged',
    'evenkeel.yml: unchanged',
  ]);
});

it('an edit in an open dataset changes what is found in a prompt that is not open', async () => {
  await using server = await openServer({ files: FILES });
  await server.open('cases.csv', 'other\nx\n');
  expect((await server.workspaceReport()).told).toContain('b.prompt.yml: template.undefined-variable template.unused-variable');
});

it("the user's settings count", async () => {
  await using server = await openServer({ files: FILES, settings: { rules: { 'schema.unknown-key': 'off' } } });
  expect((await server.workspaceReport()).told).toContain('a.prompt.yml: clean');
});

it('comes in parts where the client takes them, ends when withdrawn, and never keeps an open document waiting', async () => {
  const files = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`p/${at}.prompt.yml`, `${GOOD}extra: 1\n`]));
  await using server = await openServer({ files });
  const parts: number[] = [];
  server.connection.onNotification(
    '$/progress',
    ({ value }: { readonly value: { readonly items: readonly unknown[] } }) => void parts.push(value.items.length),
  );
  let done = false;
  const whole = server.workspaceReport([], 'parts').finally(() => {
    done = true;
  });
  await server.open('open.prompt.yml', `${GOOD}extra: 1\n`);
  expect((await server.diagnostics('open.prompt.yml')).map(({ code }) => code)).toEqual(['schema.unknown-key']);
  expect(done).toBe(false);
  const last = await whole;
  expect(parts.length).toBeGreaterThan(5);
  expect(parts.reduce((sum, part) => sum + part, 0) + last.told.length).toBe(600);
  expect(server.failures).toEqual([]);
});
