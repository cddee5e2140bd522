import { DriftPage } from '../vscode/driftPage.ts';
import { EvalsPage } from '../vscode/evalsPage.ts';
import type { Workbench } from '../vscode/workbench.ts';

/** One picture for people: what is done in the window before it is taken. Its files are `<name>-light.png` and `<name>-dark.png`. */
export interface Scene {
  readonly name: string;
  run(workbench: Workbench): Promise<void>;
}

/** The pictures of README and docs, in the order in which they are taken, in one window. */
export const SCENES: readonly Scene[] = [
  {
    name: 'editor',
    async run(workbench) {
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
      await workbench.goTo(4);
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Shift+Home');
      await workbench.page.keyboard.type('model: sandbox/extractor-2026-10');
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
