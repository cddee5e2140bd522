import path from 'node:path';
import type { SandboxOptions } from '../../sandbox/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { ROOT } from '../bootstrap.mjs';
import { type RunningVSCode, startVSCode, type VSCodeOptions } from './startVSCode.ts';

/** The packaged extension that every window of ours runs. */
export const VSIX = path.join(ROOT, 'dist/evenkeel.vsix');

/** The workspace that people see first. */
export const EXAMPLE = path.join(ROOT, 'examples/support-desk');

/** A VS Code with our extension, and the sandbox model server that it uses. */
export interface RunningEvenkeel {
  readonly vscode: RunningVSCode;
  /** The address of the sandbox model server. */
  readonly sandboxUrl: string;
  /** Ends both. Safe to call again. */
  stop(): Promise<void>;
}

/** As startVSCode, and how the sandbox model server answers. */
export type EvenkeelOptions = VSCodeOptions & Pick<SandboxOptions, 'latencyMs' | 'latest'>;

/** As startVSCode, with the packaged extension, a sandbox model server of its own, and the example to open. */
export async function startEvenkeel({ latencyMs = 0, latest, ...options }: EvenkeelOptions = {}): Promise<RunningEvenkeel> {
  const sandbox = await serveSandbox({ port: 0, latencyMs, ...(latest === undefined ? {} : { latest }) });
  try {
    const vscode = await startVSCode({
      workspace: EXAMPLE,
      ...options,
      vsix: [VSIX, ...(options.vsix ?? [])],
      settings: { 'evenkeel.sandbox.url': sandbox.url, ...options.settings },
    });
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      await vscode.stop();
      await sandbox.close();
    };
    return {
      vscode,
      sandboxUrl: sandbox.url,
      stop: () => {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
