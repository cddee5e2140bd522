import { expect, it } from 'vitest';
import { useLab } from './support/lab.ts';

const lab = useLab();

it('installs the packaged extension in a real VS Code', async () => {
  expect(await lab().workbench.installedExtensions()).toContain('Evenkeel');
});

it('opens the example workspace', async () => {
  await lab().workbench.openFile('triage.prompt.yml');
  expect(await lab().workbench.editorText()).toContain('messages:');
});
