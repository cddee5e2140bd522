import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunStore } from '../../ledger/index.ts';
import { UNTRUSTED } from '../../safety/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { cliFolder, EXAMPLE } from '../cli/support.ts';
import { useLab, type Workbench } from './support/lab.ts';

const lab = useLab({
  latencyMs: 30,
  settings: { 'evenkeel.eval.cache': false, 'evenkeel.eval.seed': 11 },
  viewport: { width: 1600, height: 1000 },
});

describe('Run eval in a real VS Code', () => {
  it('shows the lens, and rows come in after a click', async () => {
    const { workbench } = lab();
    await openInFirstGroup(workbench, 'triage.prompt.yml');
    await (await workbench.codeLens('▶ Run eval · 50 cases · extractor-2026-05')).click();
    const panel = await EvalsPage.of(workbench, 'Ticket triage');
    await panel.finished(50);
    const figures = await panel.figures();
    expect(Number(figures.passed) + Number(figures.failed)).toBe(50);
    expect(Number(figures.passed)).toBeGreaterThan(25);
    expect(Number(figures.failed)).toBeGreaterThan(0);
    await workbench.codeLens(new RegExp(`${figures.passed} of 50 passed`));
  });

  it('gives the same figures as the command line, case by case, from two separate runs', async () => {
    const { workbench, file, sandboxUrl } = lab();
    const panel = await EvalsPage.of(workbench, 'Ticket triage');
    const shown = await panel.rows();
    expect(shown).toHaveLength(50);

    const served = await serveSandbox({ port: 0 });
    using folder = cliFolder({ copyOf: EXAMPLE });
    try {
      const { json } = await folder.run(['eval', 'triage.prompt.yml', '--seed', '11', '--json', '--sandbox-url', served.url]);
      const statuses = Object.fromEntries(json.filter(({ type }) => type === 'caseFinished').map(({ caseId, status }) => [caseId, status]));
      expect(Object.fromEntries(shown.map(({ caseId, status }) => [caseId, status]))).toEqual(statuses);
      const end = json.at(-1) as unknown as { totals: { passed: number; failed: number } };
      expect(await panel.figures()).toMatchObject({ passed: String(end.totals.passed), failed: String(end.totals.failed) });

      // Each side against its own server's log: what was told is what was answered.
      const editor = (await (await fetch(`${sandboxUrl}/__requests`)).json()) as { entries?: { output: string }[] } | { output: string }[];
      const editorOutputs = (Array.isArray(editor) ? editor : (editor.entries ?? [])).map(({ output }) => output).sort();
      const store = createRunStore(openWorkspace({ root: path.dirname(file('evenkeel.yml')), capabilities: UNTRUSTED }));
      const [run] = await store.list('triage.prompt.yml');
      const state = run && (await store.read(run.header.runId));
      const journalled = [...(state?.samples.values() ?? [])].map(({ output }) => output?.text ?? '').sort();
      expect(journalled).toEqual(editorOutputs);
      expect(
        served.sandbox.log
          .entries()
          .map(({ output }) => output)
          .sort(),
      ).toEqual(journalled);
    } finally {
      await served.close();
    }
  });

  it('tells why a case failed, with the line of the evaluator, and what was sent', async () => {
    const panel = await EvalsPage.of(lab().workbench, 'Ticket triage');
    const failed = (await panel.rows()).find(({ status, evaluators }) => status === 'failed' && evaluators.includes('right team'));
    const detail = await panel.detail(failed?.caseId ?? 't-008');
    expect(detail).toMatch(/\$\.team is .*, not /);
    expect(detail).toMatch(/evaluators\[3\], line 46/);
    expect(detail).toContain('You route tickets at the support desk');
    expect(detail).toMatch(/answered by extractor-2026-05/);
    await panel.frame.getByRole('button', { name: /evaluators\[3\], line 46/ }).click();
    const { workbench } = lab();
    await workbench.statusBar('Ln 46').waitFor();
  });

  it('runs only the failed ones again, and filters', async () => {
    const panel = await EvalsPage.of(lab().workbench, 'Ticket triage');
    const { failed } = await panel.figures();
    await panel.frame.getByRole('button', { name: /^failed/ }).click();
    expect(await panel.rows()).toHaveLength(Number(failed));
    await panel.frame.getByRole('button', { name: /^failed/ }).click();
    await panel.button('Re-run failed');
    await panel.finished(Number(failed));
  });

  it('restores the panel after the window is loaded again', async () => {
    const { workbench } = lab();
    await workbench.reload('evenkeel.evals');
    const panel = await EvalsPage.of(workbench, 'Ticket triage');
    await panel.frame.locator('.case').first().waitFor();
    const rows = await panel.rows();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ status }) => status === 'passed' || status === 'failed')).toBe(true);
  });

  it('previews the rendered prompt without a call', async () => {
    const { workbench, sandboxUrl } = lab();
    const before = await (await fetch(`${sandboxUrl}/__requests`)).text();
    await openInFirstGroup(workbench, 'lead.prompt.yml');
    await (await workbench.codeLens('Preview rendered prompt')).click();
    await workbench.page.locator('.tab.active', { hasText: 'lead.prompt.yml (rendered)' }).waitFor();
    await workbench.editor().locator('.view-line', { hasText: 'You sort enquiries to the trade desk' }).first().waitFor();
    expect(await (await fetch(`${sandboxUrl}/__requests`)).text()).toBe(before);
  });

  it('runs a single inline case from its own lens', async () => {
    const { workbench } = lab();
    await openInFirstGroup(workbench, 'daily-summary.prompt.yml');
    await workbench.goTo(46);
    await (await workbench.codeLens('▶ Run case')).click();
    const panel = await EvalsPage.of(workbench, 'Daily summary');
    await panel.finished(1);
    expect(await panel.rows()).toMatchObject([{ caseId: 'd-01' }]);
  });
});

describe('the language server in a real VS Code', () => {
  it('hovers tell a model, a field and a variable', async () => {
    const { workbench } = lab();
    await openInFirstGroup(workbench, 'triage.prompt.yml');
    await workbench.goTo(1);
    expect(await workbench.hoverAt('extractor-2026-05')).toMatch(/stand-in/);
    expect(await workbench.hoverAt('modelParameters')).toMatch(/parameters/i);
    await workbench.goTo(36);
    expect(await workbench.hoverAt('ticket}}')).toMatch(/ordered one Bodkin drill driver/);
  });

  it('findings reach the Problems panel, and a quick fix mends one', async () => {
    const { workbench, file } = lab();
    const original = readFileSync(file('lead.prompt.yml'), 'utf8');
    await openInFirstGroup(workbench, 'lead.prompt.yml');
    await workbench.typeAtEnd('\ntolerancs: {}');
    await workbench.squiggles('warning').first().waitFor();
    await workbench.problem(/tolerancs/);
    await workbench.focusEditor();
    expect((await workbench.quickFixes()).join('\n')).toMatch(/tolerances/);
    await workbench.pickQuickFix('tolerances');
    await workbench.editor().locator('.view-line', { hasText: 'tolerances: {}' }).first().waitFor();
    await workbench.squiggles('warning').first().waitFor({ state: 'detached' });
    await workbench.runCommand('File: Revert File');
    expect(readFileSync(file('lead.prompt.yml'), 'utf8')).toBe(original);
  });
});

/** Panels open beside; files belong in the first group, where a person has them. */
async function openInFirstGroup(workbench: Workbench, name: string): Promise<void> {
  await workbench.runCommand('View: Focus First Editor Group');
  await workbench.openFile(name);
}
