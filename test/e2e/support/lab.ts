import fs from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser } from '../../../scripts/browser.ts';
import { type EvenkeelOptions, type RunningEvenkeel, startEvenkeel } from '../../../scripts/vscode/startEvenkeel.ts';
import type { RunningVSCode } from '../../../scripts/vscode/startVSCode.ts';
import { openWorkbench, PATIENCE_MS, type Workbench } from '../../../scripts/vscode/workbench.ts';

export { type OpenOptions, openWorkbench, Workbench } from '../../../scripts/vscode/workbench.ts';

/** For polls, as long as the page waits for anything. */
export const PATIENT = { timeout: PATIENCE_MS };

/** What a file's tests start with: VSCodeOptions (workspace, trust, settings …), how the sandbox answers, and the window's size. */
export type LabOptions = EvenkeelOptions & {
  readonly viewport?: { readonly width: number; readonly height: number };
};

/** A VS Code with our extension, its window, and the sandbox model server. */
export interface Lab {
  readonly vscode: RunningVSCode;
  readonly workbench: Workbench;
  readonly browser: Browser;
  /** The sandbox model server's address. */
  readonly sandboxUrl: string;
  /** The path of a file in the opened workspace. */
  file(name: string): string;
}

const OUTPUT = path.resolve(import.meta.dirname, '../../../test-output');

/**
 * Starts a lab before the first test of the file and stops it after the last; the function that it gives is for use inside tests.
 * Options that have to be made first come as a function.
 * After a test that failed, a picture of the window and the logs lie in test-output/, named after the test.
 */
export function useLab(options: LabOptions | (() => Promise<LabOptions>) = {}): () => Lab {
  let evenkeel: RunningEvenkeel | undefined;
  let lab: Lab | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    const { viewport, ...rest } = typeof options === 'function' ? await options() : options;
    const running = await startEvenkeel(rest);
    evenkeel = running;
    browser = await launchBrowser();
    const workbench = await openWorkbench(browser, running.vscode.workspaceUrl, viewport && { viewport });
    const { vscode, sandboxUrl } = running;
    lab = { vscode, workbench, browser, sandboxUrl, file: (name) => path.join(vscode.folders.workspace, name) };
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && lab) await keepEvidence(lab, task.name);
  });

  afterAll(async () => {
    await browser?.close();
    await evenkeel?.stop();
  });

  return () => {
    if (!lab) throw new Error('The lab has not started: use it inside a test.');
    return lab;
  };
}

async function keepEvidence({ workbench, vscode }: Lab, test: string): Promise<void> {
  const name = test.replace(/[^\w]+/g, '-').slice(0, 80);
  const picture = await workbench.screenshot(`failed-${name}`, { folder: OUTPUT }).catch((error: unknown) => `no picture: ${error}`);
  const parts = [vscode.output(), vscode.logs(), `--- the browser's console\n${workbench.consoleErrors.join('\n')}`];
  const log = path.join(OUTPUT, `failed-${name}.log`);
  fs.mkdirSync(OUTPUT, { recursive: true });
  fs.writeFileSync(log, parts.join('\n\n'));
  console.error(`"${test}" failed; see ${picture} and ${log}`);
}
