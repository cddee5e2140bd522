import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { DriftPage } from '../../scripts/vscode/driftPage.ts';
import { EXAMPLE } from '../../scripts/vscode/startEvenkeel.ts';
import { useLab } from './support/lab.ts';

const PROMPT = 'triage.prompt.yml';
const TITLE = 'Ticket triage';

const evenkeel = (cwd: string, ...argv: readonly string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, 'dist/cli/main.mjs'), ...argv], { cwd, encoding: 'utf8' });

/** A workspace in which the command line has captured a baseline, reviewed another snapshot and written a report. */
function reviewedWorkspace(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'evenkeel-editors-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  cpSync(EXAMPLE, folder, { recursive: true });
  evenkeel(folder, 'baseline', 'capture', PROMPT, '--yes');
  const file = path.join(folder, PROMPT);
  writeFileSync(file, readFileSync(file, 'utf8').replace('sandbox/extractor-2026-05', 'sandbox/extractor-2026-09'));
  const { status, stderr } = evenkeel(folder, 'drift', PROMPT, '--yes', '--report', 'found-in-ci.json');
  if (status !== 1) throw new Error(`evenkeel drift ended with ${status}: ${stderr}`);
  return folder;
}

const lab = useLab({ workspace: reviewedWorkspace(), copy: false, viewport: { width: 1500, height: 950 } });

it('what the command line found is in the tree, with a badge, and opens in the panel', async () => {
  const { workbench } = lab();
  await workbench.openFile(PROMPT);
  await workbench.codeLens(/6 drifted to review/);
  await workbench.runCommand('View: Show Evenkeel');
  const rows = workbench.page.locator('.pane-body .monaco-list-row');
  await rows.filter({ hasText: TITLE }).first().click();
  const panel = await DriftPage.of(workbench, TITLE);
  expect((await panel.verdict()).word).toBe('worse');
  expect(await panel.reviewed()).toEqual({ done: 0, of: 6 });
  await workbench.page.locator('.activitybar .badge-content', { hasText: '6' }).first().waitFor();
  await rows.filter({ hasText: TITLE }).locator('.monaco-tl-twistie').first().click();
  await rows.filter({ hasText: '$.summary' }).first().waitFor();
});

it('a case opens in the native diff editor, and is accepted from its title bar', async () => {
  const { workbench } = lab();
  const panel = await DriftPage.of(workbench, TITLE);
  await panel.focus();
  await panel.press('g', 'd');
  const diff = workbench.page.locator('.editor-instance .monaco-diff-editor').first();
  await diff.locator('.view-line', { hasText: '"summary"' }).first().waitFor();
  await diff.locator('.line-delete, .char-delete').first().waitFor();
  await workbench.runCommand('View: Focus First Editor Group'); // a group shows its actions while it has the keyboard
  await workbench.page.locator('.editor-actions .action-label[aria-label*="Accept Change"]').first().click();
  await panel.reviewedUntil(1);
});

it('all cases open in the multi-diff editor', async () => {
  const { workbench } = lab();
  const panel = await DriftPage.of(workbench, TITLE);
  await panel.focus();
  await panel.press('Shift+D');
  await workbench.page.locator('.tab.active', { hasText: `${TITLE}: 6 cases` }).waitFor();
  await workbench.page.locator('.multiDiffEntry').first().waitFor();
});

it('a quick compare says what it does not claim', async () => {
  const { workbench } = lab();
  await workbench.runCommand('View: Focus First Editor Group');
  await workbench.openFile(PROMPT);
  await workbench.runCommand('Evenkeel: Compare with Baseline (Quick)');
  const panel = await DriftPage.of(workbench, TITLE);
  await panel.frame.locator('.verdict', { hasText: 'No claim' }).waitFor();
  expect((await panel.verdict()).word).toBe('not tested');
});

it('a report of the daily check or a pipeline opens into the same panel', async () => {
  const { workbench, file } = lab();
  await workbench.runCommand('View: Focus First Editor Group');
  await workbench.openFile(PROMPT);
  await workbench.runCommand('Evenkeel: Open Drift Report…');
  await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'found-in-ci.json' }).waitFor(); // the folder is listed
  await workbench.answerInput(file('found-in-ci.json'));
  const panel = await DriftPage.of(workbench, TITLE);
  await panel.frame.locator('.verdict', { hasText: 'drifted' }).waitFor();
  // It is the same change: what was accepted before is accepted here.
  await panel.reviewedUntil(1);
  expect(await panel.reviewed()).toEqual({ done: 1, of: 6 });
});
