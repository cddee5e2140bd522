import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { PATIENT, useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

const PROMPT = `name: Greeting
model: sandbox/extractor-2026-05
messages:
  - role: user
    content: "Summarise in one sentence: {{message}}"
`;
const BROKEN = PROMPT.replace('Greeting', 'Broken').replace('messages:', 'dataset: ./nowhere.jsonl\nmessages:');

const lab = useLab({ workspace: workspaceOf({ 'greeting.prompt.yml': PROMPT, 'broken.prompt.yml': BROKEN }) });

it('a prompt without a dataset runs once with typed inputs, and the inputs become a case', async () => {
  const { workbench, file } = lab();
  await workbench.openFile('greeting.prompt.yml');
  await (await workbench.codeLens('▶ Run once…')).click();
  await workbench.answerInput('The drill arrived today. It works well.');
  const panel = await EvalsPage.of(workbench, 'Greeting');
  await panel.finished(1);
  await panel.frame.locator('.case').first().click();
  await panel.button('Save as case');
  // The edit is shown in the file, and the file has the keyboard.
  await workbench.editor().locator('.view-line', { hasText: 'testData' }).first().waitFor();
  await workbench.page.waitForFunction(() => document.activeElement?.closest('.editor-group-container.active .monaco-editor'));
  await workbench.runCommand('File: Save');
  await workbench.codeLens('▶ Run eval · 1 case');
  await expect.poll(() => readFileSync(file('greeting.prompt.yml'), 'utf8'), PATIENT).toContain('The drill arrived today. It works well.');
});

it('a wrong file says what is wrong and where, and the editor stays useful', async () => {
  const { workbench } = lab();
  await workbench.runCommand('View: Focus First Editor Group');
  await workbench.openFile('broken.prompt.yml');
  await workbench.squiggles('error').first().waitFor();
  await workbench.problem(/nowhere\.jsonl/);
  await workbench.focusEditor();
  await workbench.runCommand('Evenkeel: Run Eval');
  const panel = await EvalsPage.of(workbench, 'Broken');
  await panel.frame.locator('.notice', { hasText: 'broken.prompt.yml:3' }).waitFor();
  expect(await panel.notice()).toMatch(/nowhere\.jsonl.*Create it or correct the path/);
  await workbench.runCommand('View: Focus First Editor Group');
  expect(await workbench.hoverAt('extractor-2026-05')).toMatch(/stand-in/);
});
