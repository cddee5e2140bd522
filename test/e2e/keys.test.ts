import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedSandbox, serveSandbox } from '../../sandbox/serve.ts';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

const PROMPT = `name: Word
model: desk/extractor-2026-05
messages:
  - role: system
    content: "Answer with exactly one word: cat or dog."
  - role: user
    content: "{{animal}}"
testData:
  - { id: a, animal: a cat that purrs, expected: cat }
evaluators:
  - { name: right word, path: $, equals: { case: expected } }
`;

const folder = workspaceOf({ 'word.prompt.yml': PROMPT });
let server: ServedSandbox;

beforeAll(async () => {
  server = await serveSandbox({ port: 0, requireKey: true });
  const provider = `{ kind: openai-compatible, baseUrl: "${server.url}/v1", keyEnv: DESK_KEY }`;
  writeFileSync(path.join(folder, 'evenkeel.yml'), `formatVersion: 1\nproviders:\n  desk: ${provider}\n`);
});
afterAll(() => server?.close());

const lab = useLab({ workspace: folder, copy: false });

it('a key is asked for by origin, a refused one is told once, and the right one works', async () => {
  const { workbench, vscode } = lab();
  await workbench.openFile('word.prompt.yml');
  await (await workbench.codeLens(/Run eval/)).click();
  // The repository names this origin: nothing goes there before the user says so.
  const origin = new URL(server.url).host;
  const asked = workbench.page.locator('.notification-list-item, .monaco-dialog-box', { hasText: origin }).first();
  await asked.waitFor();
  expect(server.sandbox.log.total).toBe(0);
  await asked
    .getByRole('button', { name: /Allow|Enter Key|Set/i })
    .first()
    .click();
  await workbench.answerInput('wrong-key');
  const panel = await EvalsPage.of(workbench, 'Word');
  await panel.frame.locator('.notice', { hasText: '401' }).waitFor();
  expect(await panel.notice()).not.toContain('wrong-key');
  expect(vscode.logs('Evenkeel')).not.toContain('wrong-key');

  await workbench.runCommand('Evenkeel: Set API Key…');
  await workbench.pick('desk');
  await workbench.answerInput('right-key');
  await panel.button('Resume');
  await panel.finished(1);
  expect(await panel.figures()).toMatchObject({ passed: '1', failed: '0' });
});
