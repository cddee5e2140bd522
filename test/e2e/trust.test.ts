import { describe, expect, it } from 'vitest';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { useLab } from './support/lab.ts';

const lab = useLab({ trust: false });

describe('a folder nobody has trusted', () => {
  it('is read and shown, and nothing is sent', async () => {
    const { workbench, vscode, sandboxUrl } = lab();
    await workbench.answerTrust(false);
    await workbench.statusBar('Restricted Mode').waitFor();
    await workbench.openFile('triage.prompt.yml');
    await (await workbench.codeLens(/Run eval/)).click();
    const panel = await EvalsPage.of(workbench, 'Ticket triage');
    expect(await panel.notice()).toContain('This folder is not trusted. Evenkeel runs nothing and sends nothing before you trust it.');
    expect((await vscode.processes()).filter(({ command }) => command.includes('engineHost'))).toEqual([]);
    expect(await (await fetch(`${sandboxUrl}/__requests`)).text()).not.toContain('extractor');
  });

  it('runs once it is trusted, without a reload', async () => {
    const { workbench } = lab();
    await workbench.runCommand('Workspaces: Manage Workspace Trust');
    await workbench.page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
      .first()
      .click();
    await workbench.statusBar('Restricted Mode').waitFor({ state: 'detached' });
    await workbench.runCommand('View: Focus First Editor Group');
    await workbench.openFile('triage.prompt.yml');
    await (await workbench.codeLens(/Run eval/)).click();
    const panel = await EvalsPage.of(workbench, 'Ticket triage');
    await panel.finished(50);
  });
});
