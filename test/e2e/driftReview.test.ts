import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { DriftPage } from '../../scripts/vscode/driftPage.ts';
import { EXAMPLE } from '../../scripts/vscode/startEvenkeel.ts';
import { useLab } from './support/lab.ts';

/** Drawn anew at every run, and printed: the review must work whatever changed. What differs in -08 stays within triage's tolerances. */
const SNAPSHOTS = ['extractor-2026-09', 'extractor-2026-10'];
const snapshot = process.env['EVENKEEL_SNAPSHOT'] ?? SNAPSHOTS[randomInt(SNAPSHOTS.length)] ?? '';
const seed = Number(process.env['EVENKEEL_SEED'] ?? randomInt(1, 1_000_000));
let latest = 'extractor-2026-05';

const TITLE = 'Ticket triage';
const PROMPT = 'triage.prompt.yml';

/** The example with the rolling alias as its model, so that the model can change underneath. */
function aliasWorkspace(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'evenkeel-drift-'));
  cpSync(EXAMPLE, folder, { recursive: true });
  const file = path.join(folder, PROMPT);
  writeFileSync(file, readFileSync(file, 'utf8').replace('sandbox/extractor-2026-05', 'sandbox/extractor-latest'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const lab = useLab({
  workspace: aliasWorkspace(),
  latest: () => latest,
  settings: { 'evenkeel.eval.seed': seed },
  viewport: { width: 1500, height: 950 },
});

const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', lab().vscode.folders.workspace, '-c', 'user.email=ada@example.org', ...args], {
    encoding: 'utf8',
  });

describe('A drift review in a real VS Code, by keyboard alone', () => {
  console.log(`drift review: snapshot ${snapshot}, seed ${seed} (EVENKEEL_SNAPSHOT and EVENKEEL_SEED repeat it)`);
  let stopRecording: (() => Promise<unknown>) | undefined;
  let accepted: readonly string[] = [];
  let rejected = '';

  it('captures a baseline after a question that says what it takes', async () => {
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada Lovelace');
    git('add', '.');
    git('commit', '-qm', 'prompts');
    const { workbench } = lab();
    await workbench.openFile(PROMPT);
    await workbench.codeLens(/Capture baseline · 500 calls/);
    await workbench.runCommand('Evenkeel: Capture Baseline');
    const panel = await DriftPage.of(workbench, TITLE);
    expect(await panel.question()).toMatch(/500 calls/);
    await panel.go();
    await panel.notice().filter({ hasText: 'Captured 50 cases × 10 samples' }).waitFor({ timeout: 120_000 });
    git('add', '.');
    git('commit', '-qm', 'baseline');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('finds what the changed model does now, and names the model as the one thing that differs', async () => {
    latest = snapshot;
    const { workbench } = lab();
    await workbench.runCommand('View: Focus First Editor Group');
    stopRecording = await workbench.recordGif(path.join(ROOT, 'test-output', 'drift-review.gif'), { width: 900, colours: 48 });
    await workbench.runCommand('Evenkeel: Run Drift Review');
    const panel = await DriftPage.of(workbench, TITLE);
    expect(await panel.question()).toMatch(/150 calls, up to 600 more for suspects/);
    await panel.go();
    await panel.idle();
    const { word, sentences } = await panel.verdict();
    expect(word).toMatch(/worse|changed/);
    expect(sentences).toMatch(/broke|drifted|fell/);
    const text = await panel.frame.locator('.driftHeader').innerText();
    expect(text).toMatch(/Differs between the sides:\s*answering model\n/);
    expect(await workbench.statusBar(/to review/).innerText()).toMatch(/\d+ to review/);
  });

  it('reviews: accepts one and a group, rejects one with a reason, takes one back', async () => {
    const panel = await DriftPage.of(lab().workbench, TITLE);
    const { of } = await panel.reviewed();
    expect(of).toBeGreaterThan(3);
    await panel.focus();
    await panel.press('g');
    await panel.press('a');
    await panel.reviewedUntil(1);
    const first = (await panel.changes()).find(({ done }) => done)?.caseId ?? '';
    await panel.press('u');
    await panel.reviewedUntil(0);
    expect((await panel.changes()).some(({ done }) => done)).toBe(false);
    await panel.press('g');
    await panel.press('r');
    await panel.type('the customer would wait for the wrong team');
    await panel.press('Enter');
    await panel.reviewedUntil(1);
    rejected = (await panel.changes()).find(({ done }) => done)?.caseId ?? '';
    expect(rejected).toBe(first);
    await panel.press('a');
    await panel.reviewedUntil(2);
  });

  it('is where it was after the window was reloaded, and is finished there', async () => {
    const { workbench } = lab();
    const before = await (await DriftPage.of(workbench, TITLE)).reviewed();
    await workbench.reload('evenkeel.drift');
    const panel = await DriftPage.of(workbench, TITLE);
    await panel.reviewedUntil(before.done);
    await panel.focus();
    await panel.press('Shift+R');
    await panel.frame.getByRole('button', { name: /^Accept \d+$/ }).waitFor();
    await panel.press('Enter');
    await panel.reviewedUntil(before.of);
    await stopRecording?.();
    expect((await panel.reviewed()).done).toBe(before.of);
  });

  it('leaves a git diff that a person can read: the baseline and the reviews, nothing else', () => {
    const changed = git('status', '--porcelain', '--untracked-files=all').trimEnd().split('\n').sort();
    expect(changed).toHaveLength(2);
    expect(changed[0]).toMatch(/^ M __baselines__\/triage\.prompt\.yml@.*\.json$/);
    expect(changed[1]).toMatch(/^\?\? __baselines__\/triage\.prompt\.yml\.reviews\.jsonl$/);
    const diff = git('diff', '--unified=0');
    const lines = diff.split('\n').filter((line) => /^[+-](?![+-])/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
    expect(diff).not.toMatch(/latency|requestId|usd|costUsd/);
    const reviews = readFileSync(lab().file(path.join('__baselines__', 'triage.prompt.yml.reviews.jsonl')), 'utf8');
    const records = reviews
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { action: string; caseId: string; reason?: string });
    expect(records.map(({ action }) => action).slice(0, 4)).toEqual(['accept', 'undo', 'reject', 'accept']);
    expect(records[2]).toMatchObject({ caseId: rejected, reason: 'the customer would wait for the wrong team' });
    accepted = records.filter(({ action }, at) => action === 'accept' && at > 1).map(({ caseId }) => caseId);
    expect(accepted).not.toContain(rejected);
  });

  it('and the command line agrees, case by case', () => {
    const { workspace } = lab().vscode.folders;
    const { status, stdout } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli/main.mjs'), 'review', 'list', '--json'], {
      cwd: workspace,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; listing?: { reviewable: { caseId: string; review: { state: string } }[] } });
    const cases = lines.flatMap(({ listing }) => listing?.reviewable ?? []);
    const states = Object.fromEntries(cases.map(({ caseId, review }) => [caseId, review.state]));
    expect(states[rejected]).toBe('rejected');
    for (const caseId of accepted) expect(states[caseId]).toBe('accepted');
  });
});
