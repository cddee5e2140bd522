import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { LANGFUSE_KEYS, type RunningExample, startExample } from '../../scripts/example/startExample.ts';
import { DriftPage } from '../../scripts/vscode/driftPage.ts';
import { PATIENT, useLab } from './support/lab.ts';

const PROMPT = 'triage.prompt.yml';
const TITLE = 'Ticket triage';

let example: RunningExample | undefined;
const lab = useLab(async () => {
  example = await startExample();
  return { workspace: example.workspace, copy: false, viewport: { width: 1600, height: 1000 } };
});
afterAll(() => example?.stop());

const git = (...args: readonly string[]): string => execFileSync('git', ['-C', lab().file('.'), ...args], { encoding: 'utf8' });

describe('What is live, in a real VS Code on the example', () => {
  it('stands above the prompt: behind production, the same as staging', async () => {
    const { workbench } = lab();
    await workbench.openFile(PROMPT);
    await workbench.codeLens(/production 1\.3\.0 · 2 edits behind/);
    await workbench.codeLens(/staging = this file/);
  });

  it('stands in the hover of the version: a row for each environment, since when and by whom', async () => {
    const { workbench } = lab();
    await workbench.goTo(1);
    const hovered = async () => (await workbench.hoverAt('1.4.0')).replace(/\s+/g, ' ');
    await expect.poll(hovered, PATIENT).toMatch(/canary 1\.4\.0/); // each source answers in its own time
    const hover = await hovered();
    expect(hover).toMatch(/environment version model this file\? since by/);
    expect(hover).toMatch(/production 1\.3\.0 sandbox\/extractor-2026-05 2 edits behind .* Yaw Boateng, [0-9a-f]{7}/);
    expect(hover).toMatch(/staging 1\.4\.0 sandbox\/extractor-2026-05 same .* pipeline/);
    expect(hover).toMatch(/eu: .*key/);
    expect(hover).toMatch(/Compare with production · Evaluate against production · History/);
    await workbench.page.keyboard.press('Escape');
  });

  it('opens as a native diff from the lens', async () => {
    const { workbench } = lab();
    await (await workbench.codeLens(/production 1\.3\.0/)).click();
    const diff = workbench.page.locator('.editor-instance .monaco-diff-editor').first();
    await diff.locator('.view-line', { hasText: 'Decide by what the customer wants' }).first().waitFor();
    await workbench.page.locator('.tab.active', { hasText: 'production 1.3.0' }).waitFor();
    await workbench.answerNotification('triage.schema.json differs as well.', 'Show All');
    await workbench.page.locator('.multiDiffEntry', { hasText: 'triage.schema.json' }).first().waitFor();
    await workbench.screenshot('diff-of-all-files');
    await workbench.runCommand('View: Close Editor');
    await workbench.runCommand('View: Close Editor');
  });

  it('stands in the tree of deployments, environment by environment', async () => {
    const { workbench } = lab();
    await workbench.runCommand('View: Show Evenkeel');
    await workbench.runCommand('Evenkeel: Focus on Deployments View');
    await workbench.treeRow('Deployments', 'Ticket triage1.3.0 · 2 edits behind');
    await workbench.treeRow('Deployments', 'Supplier invoices2.1.0 · = this file');
    await workbench.treeRow('Deployments', /^eu.*key/);
  });

  it('is evaluated against: both sides in the drift panel, what differs said and shown', async () => {
    const { workbench } = lab();
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile(PROMPT);
    await workbench.focusEditor();
    await workbench.runCommand('Evenkeel: Evaluate against What Is Deployed…');
    await workbench.pick('production');
    await workbench.pick('Quick');
    const panel = await DriftPage.of(workbench, TITLE);
    await panel.frame.locator('.verdict', { hasText: 'No claim' }).waitFor({ timeout: 90_000 });
    const header = (await panel.frame.locator('.driftHeader').innerText()).replace(/\s+/g, ' ');
    expect(header).toMatch(/production 1\.3\.0/);
    expect(header).toMatch(/Differs between the sides: prompt, output format/);
    await panel.frame.getByText('What changed').first().waitFor();
    await expect.poll(async () => (await panel.changes()).length, PATIENT).toBeGreaterThan(0);
  });

  it('has a history: commits, releases, deployments and evals, each with its diff', async () => {
    const { workbench } = lab();
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile(PROMPT);
    await workbench.runCommand('Evenkeel: Show Prompt History');
    await workbench.treeRow('Prompt History', 'released 1.4.0');
    await workbench.treeRow('Prompt History', 'production got 1.3.0');
    await workbench.treeRow('Prompt History', '41 of 50 passed');
    await (await workbench.treeRow('Prompt History', 'the summary names the order')).click();
    await workbench.page.locator('.tab.active', { hasText: '↔' }).waitFor();
    await workbench.runCommand('View: Close Editor');
  });

  it('says what changed since it last worked, in one view', async () => {
    const { workbench } = lab();
    await workbench.openFile(PROMPT);
    await workbench.focusEditor();
    await workbench.runCommand('Evenkeel: What Changed since It Last Worked?');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: '1.2.0' }).first().waitFor();
    await workbench.quickInput(null, '1.2.0');
    await workbench.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: '1.2.0' }).waitFor(); // Enter takes the focused row
    await workbench.page.keyboard.press('Enter');
    const panel = await DriftPage.of(workbench, TITLE);
    await panel.frame.locator('.driftHeader .sides', { hasText: '1.2.0' }).waitFor();
    await panel.idle();
    await panel.frame.getByText('What changed').first().waitFor();
  });

  it('counts an edit as it is typed, and a commit when it is made', async () => {
    const { workbench, file } = lab();
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile(PROMPT);
    const before = readFileSync(file(PROMPT), 'utf8');
    writeFileSync(file(PROMPT), before.replace('Invent nothing.', '').replace('Choose exactly one team:', 'Choose one team, exactly one:'));
    await workbench.codeLens(/production 1\.3\.0 · 3 edits behind/);
    await workbench.codeLens(/staging 1\.4\.0 · 1 edit behind/);
    git('commit', '--quiet', '--all', '--message', 'Triage: exactly one');
    await workbench.codeLens(/production 1\.3\.0 · 3 edits behind/);
    await workbench.codeLens(/Release…/);
  });

  it('releases from the lens: the version into the file, the release into the lock', async () => {
    const { workbench, file } = lab();
    await (await workbench.codeLens(/Release…/)).click();
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: '1.4.1' }).first().click();
    for (const name of [PROMPT, `${PROMPT}.lock`])
      await expect.poll(() => readFileSync(file(name), 'utf8'), PATIENT).toContain('version: 1.4.1');
  });

  it('keeps a key for the address it was given for, and asks that source then', async () => {
    const { workbench } = lab();
    await workbench.runCommand('Evenkeel: Set Deployment Key…');
    await workbench.dialogButton('Allow').click();
    const asks = (what: RegExp) => workbench.page.locator('.quick-input-widget:visible', { hasText: what }).waitFor();
    await asks(/public key/i);
    await workbench.answerInput(LANGFUSE_KEYS.publicKey);
    await asks(/secret key/i); // the box before it shows for a moment more
    await workbench.answerInput(LANGFUSE_KEYS.secretKey);
    await workbench.treeRow('Deployments', /^eu2 prompts/);
  });

  it('keeps the last answer of a source that is down, says so, and stays quiet', async () => {
    const { workbench } = lab();
    await workbench.runCommand('Notifications: Clear All Notifications'); // what the release said
    example?.setFault('down');
    await workbench.runCommand('Evenkeel: Refresh Deployments');
    await workbench.treeRow('Deployments', /^canary.*down/);
    expect(await workbench.notification(/./).count()).toBe(0);
    await workbench.openFile(PROMPT);
    await workbench.codeLens(/canary 1\.4\.0 \(source down/);
    example?.setFault('none');
  });

  it('and the command line agrees', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'dist/cli/main.mjs'), 'deployed', '--offline', '--json', '--env', 'production', PROMPT],
      { cwd: lab().file('.'), encoding: 'utf8' },
    );
    expect(status).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            readonly promptId?: string;
            readonly deployed?: { readonly version?: string };
            readonly relation?: unknown;
          },
      );
    expect(rows.find(({ promptId }) => promptId === PROMPT)).toMatchObject({
      deployed: { version: '1.3.0' },
      relation: { kind: 'behind', edits: 3 },
    });
  });
});
