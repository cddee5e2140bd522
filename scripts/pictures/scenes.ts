import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../bootstrap.mjs';
import { OTHER_FORMATS } from '../example/otherFormats.ts';
import { DriftPage } from '../vscode/driftPage.ts';
import { EvalsPage } from '../vscode/evalsPage.ts';
import type { Workbench } from '../vscode/workbench.ts';

/** One picture for people: what is done in the window before it is taken. Its files are `<name>-light.png` and `<name>-dark.png`. */
export interface Scene {
  readonly name: string;
  /** Files that have to be in the workspace before it is opened. */
  readonly files?: Readonly<Record<string, string>>;
  /** Undefined where it can be taken; else what it lacks. */
  readonly lacks?: () => string | undefined;
  /** `folder` is the workspace that is open. */
  run(workbench: Workbench, folder: string): Promise<void>;
}

/** Paired outputs of GPT-4 in March and June 2023, which are not part of this repository. */
const PRIME = path.resolve(ROOT, '../shared/corpus/datasets/lchen001+LLMDrift/paired/prime_full__gpt-4-0314__gpt-4-0613.jsonl');

/** The pictures of README and docs, in the order in which they are taken, in one window. */
export const SCENES: readonly Scene[] = [
  {
    name: 'live',
    async run(workbench) {
      await workbench.openFile('triage.prompt.yml');
      await workbench.codeLens(/production 1\.3\.0 · 2 edits behind/);
      await workbench.runCommand('View: Show Evenkeel');
      await workbench.page.locator('.monaco-list-row', { hasText: 'production got 1.3.0' }).first().waitFor();
      await workbench.hoverAt('1.4.0');
    },
  },
  {
    name: 'against',
    async run(workbench) {
      await workbench.page.keyboard.press('Escape');
      await workbench.openFile('triage.prompt.yml');
      await workbench.focusEditor();
      await workbench.runCommand('Evenkeel: Evaluate against What Is Deployed…');
      await workbench.pick('production');
      await workbench.pick('Quick');
      const quick = await DriftPage.of(workbench, 'Ticket triage');
      await quick.idle();
      await quick.verdict();
      await workbench.page.locator('.tab', { hasText: 'Drift: Ticket triage' }).click();
      await workbench.runCommand('View: Toggle Maximize Editor Group'); // the panel is loaded again by this
      const panel = await DriftPage.of(workbench, 'Ticket triage');
      await panel.focus();
      await panel.press('w', 'g');
      await panel.frame.locator('.caseView table').first().waitFor();
      await panel.frame.locator('.changesBody').first().waitFor();
    },
  },
  {
    name: 'editor',
    async run(workbench) {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile('triage.prompt.yml');
      await (await workbench.codeLens(/Run eval/)).click();
      const panel = await EvalsPage.of(workbench, 'Ticket triage');
      await panel.finished(50);
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.codeLens(/of 50 passed/);
    },
  },
  {
    name: 'evals',
    async run(workbench) {
      await workbench.openFile('triage.prompt.yml');
      await (await workbench.codeLens(/Run eval/)).click();
      await (await EvalsPage.of(workbench, 'Ticket triage')).finished(50);
      await workbench.page.locator('.tab', { hasText: 'Evals: Ticket triage' }).click();
      await workbench.runCommand('View: Toggle Maximize Editor Group'); // the panel is loaded again by this
      const panel = await EvalsPage.of(workbench, 'Ticket triage');
      await panel.frame.getByRole('button', { name: /^failed/ }).click();
      await panel.frame.locator('.case').first().click();
      await panel.frame.locator('aside h2', { hasText: 'Output' }).first().waitFor();
    },
  },
  {
    name: 'drift',
    async run(workbench) {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile('triage.prompt.yml');
      await workbench.runCommand('Evenkeel: Capture Baseline');
      const capture = await DriftPage.of(workbench, 'Ticket triage');
      await capture.question();
      await capture.go();
      await capture.notice().filter({ hasText: 'Captured 50 cases' }).waitFor({ timeout: 180_000 });
      await workbench.runCommand('View: Focus First Editor Group');
      await workbench.goTo(4);
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Shift+Home');
      await workbench.page.keyboard.type('model: sandbox/extractor-2026-10');
      await workbench.save(); // an unsaved file would be asked about in the next scene
      await workbench.runCommand('Evenkeel: Run Drift Review');
      const review = await DriftPage.of(workbench, 'Ticket triage');
      await review.question();
      await review.go();
      await review.idle();
      await review.verdict();
      await workbench.page.locator('.tab', { hasText: 'Drift: Ticket triage' }).click();
      await workbench.runCommand('View: Toggle Maximize Editor Group'); // the panel is loaded again by this
      const panel = await DriftPage.of(workbench, 'Ticket triage');
      await panel.focus();
      await panel.press('g');
      await panel.frame.locator('.caseView table').first().waitFor();
    },
  },
  {
    name: 'prime',
    lacks: () => (fs.existsSync(PRIME) ? undefined : 'the corpus of paired outputs'),
    async run(workbench, folder) {
      const answers = ['(?i)\\[(yes|no)\\]', '(?i)\\b(yes|no)\\b'].flatMap((pattern) => ['--answer', pattern]);
      const name = 'GPT-4 on PRIME, March and June 2023';
      const argv = ['compare', '--recorded', PRIME, ...answers, '--name', name];
      spawnSync(process.execPath, [path.join(ROOT, 'dist/cli/main.mjs'), ...argv], { cwd: folder });
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('View: Show Evenkeel');
      await workbench.page.locator('.monaco-list-row', { hasText: 'GPT-4 on PRIME' }).first().click();
      await workbench.page.keyboard.press('Enter');
      const panel = await DriftPage.of(workbench, name);
      await panel.verdict();
      await panel.focus();
      await panel.press('g');
      await panel.frame.locator('.caseView table').first().waitFor();
    },
  },
  {
    name: 'formats',
    files: OTHER_FORMATS,
    async run(workbench) {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile('greet.prompty');
      await workbench.squiggles('warning').first().waitFor();
      await workbench.runCommand('View: Split Editor Right');
      await workbench.openFile('promptfooconfig.yaml');
      await workbench.codeLens(/Run eval/);
      await workbench.runCommand('View: Split Editor Down');
      await workbench.openFile('answer.prompt');
      await workbench.squiggles('warning').first().waitFor();
      await workbench.problems();
    },
  },
  {
    name: 'hover',
    async run(workbench) {
      await workbench.runCommand('View: Close All Editors');
      await workbench.openFile('triage.prompt.yml');
      await workbench.goTo(4);
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Shift+Home');
      await workbench.page.keyboard.type('model: openai/gpt-4o-mini');
      await workbench.squiggles('warning').first().waitFor();
      await workbench.hoverAt('gpt-4o-mini');
    },
  },
];
