/**
 * `npm start`: builds, packages, starts the sandbox model server and a real VS Code on a fresh copy of the example, made a git repository
 * with two months of history and with servers for its environments, and stays until Ctrl+C.
 *   --web          VS Code in the browser (the default on Linux); prints the address to open
 *   --desktop      an installed VS Code (the default on macOS and Windows); ends when its window is closed
 *   --port N       the port of --web; without it a free one
 *   --workspace D  another folder, opened where it is
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { serveSandbox } from '../sandbox/serve.ts';
import { asProgram } from './asProgram.ts';
import { LANGFUSE_KEYS, type RunningExample, startExample } from './example/startExample.ts';
import { packageAll } from './package.ts';
import { findDesktopCode, openDesktopWindow } from './vscode/desktopCode.ts';
import { killTree } from './vscode/processTree.ts';
import { QUIET_SETTINGS } from './vscode/quietSettings.ts';
import { startEvenkeel } from './vscode/startEvenkeel.ts';

/** What stays up: a way to end it, and word of its end. */
interface Running {
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The pace of a quick model: rows that come in one by one can be watched. */
const LATENCY_MS = 150;

/** Somebody who shuts the browser for lunch finds all as it was; a forgotten server ends by itself. */
const TWELVE_HOURS = 12 * 3600;

/** What the command line asks for. */
interface StartOptions {
  readonly desktop: boolean;
  readonly port: number;
  readonly workspace: string | undefined;
}

/** Starts what the options name and resolves with the exit code when it has ended. */
async function start(options: StartOptions): Promise<number> {
  const code = options.desktop ? findDesktopCode() : undefined;
  const { vsix } = await packageAll();
  if (!vsix) throw new UserError('configuration', 'There is no extension to run: extension/extension.ts is missing.');
  const asked = firstSignal();
  let running: Running;
  let example: RunningExample | undefined;
  try {
    example = options.workspace === undefined ? await startExample() : undefined;
    running = code ? await startDesktop(code, vsix, options, example) : await startWeb(options, example);
  } catch (error) {
    await example?.stop();
    // Ctrl+C in a terminal ends VS Code too, before it has come up.
    if (asked.signal) return 128 + os.constants.signals[asked.signal];
    throw error;
  }
  await Promise.race([asked.promise, running.ended]);
  console.log(asked.signal ? '\nStopping...' : 'VS Code has ended.');
  await running.stop();
  await example?.stop();
  return 0;
}

async function startWeb({ port, workspace }: StartOptions, example: RunningExample | undefined): Promise<Running> {
  const opens = example?.workspace ?? workspace;
  const { vscode, sandboxUrl, stop } = await startEvenkeel({
    port,
    latencyMs: LATENCY_MS,
    idleTimeoutSeconds: TWELVE_HOURS,
    settings: { 'files.autoSave': 'afterDelay', 'editor.hover.delay': 300 },
    ...(opens === undefined ? {} : { workspace: opens, copy: false }),
  });
  console.log(`\n${opened(workspace)} Open this address in a browser:\n\n${vscode.workspaceUrl}\n`);
  console.log(`The sandbox model server answers at ${sandboxUrl}: no key, no cost. Stop with Ctrl+C.`);
  if (example) console.log(environments(example));
  return { ended: vscode.ended, stop };
}

async function startDesktop(
  code: string,
  vsix: string,
  { workspace }: StartOptions,
  example: RunningExample | undefined,
): Promise<Running> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'evenkeel-'));
  const sandbox = await serveSandbox({ port: 0, latencyMs: LATENCY_MS });
  const settings = { ...QUIET_SETTINGS, 'editor.hover.delay': 300, 'evenkeel.sandbox.url': sandbox.url };
  const window = openDesktopWindow({ code, folder, workspace: example?.workspace ?? workspace ?? folder, vsix, settings });
  console.log(`\n${opened(workspace)} VS Code opens in a window of its own; your settings and extensions are left alone.`);
  console.log(`The sandbox model server answers at ${sandbox.url}: no key, no cost. Close the window or press Ctrl+C to stop.`);
  if (example) console.log(environments(example));
  return {
    ended: new Promise((resolve) => window.once('exit', () => resolve())),
    async stop() {
      if (window.pid) killTree(window.pid);
      await sandbox.close();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function opened(workspace: string | undefined): string {
  if (workspace !== undefined) return `Evenkeel runs on ${workspace}, where it is: what you change there stays.`;
  return 'Evenkeel runs on a fresh copy of examples/support-desk: what you change there is gone when you stop.';
}

/** What its environments ask, and the keys of the one that wants some. */
function environments({ endpointUrl, langfuseUrl }: RunningExample): string {
  const { publicKey, secretKey } = LANGFUSE_KEYS;
  return [
    `The example is a git repository with releases, a production branch and environments: an app at ${endpointUrl},`,
    `and a Langfuse-compatible server at ${langfuseUrl} (Evenkeel: Set Deployment Key…: ${publicKey} and ${secretKey}).`,
  ].join('\n');
}

/** A wish to end, once there is one. */
interface Asked {
  signal?: NodeJS.Signals;
  promise: Promise<void>;
}

/**
 * The first signal that asks to end; later ones are ignored, so that stopping comes to its end
 * (Ctrl+C in a terminal arrives twice: from the terminal and from run.mjs).
 */
function firstSignal(): Asked {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked: Asked = { promise };
  const ask = (signal: NodeJS.Signals) => {
    asked.signal ??= signal;
    resolve();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  // Whoever started us was killed without a chance to pass it on.
  const parent = Number(process.env.EVENKEEL_RUN_PID);
  if (parent === process.ppid) setInterval(() => process.ppid !== parent && ask('SIGHUP'), 1000).unref();
  return asked;
}

function readOptions(): StartOptions {
  const option = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({ options: { web: flag, desktop: flag, port: option, workspace: option } });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError('usage', `--port ${values.port} is no port: give a number up to 65535.`);
  const workspace = values.workspace === undefined ? undefined : path.resolve(values.workspace);
  if (workspace !== undefined && !fs.existsSync(workspace))
    throw new UserError('usage', `There is no folder ${workspace}: name another with --workspace.`);
  const windowed = process.platform === 'darwin' || process.platform === 'win32';
  return { desktop: values.desktop ?? (windowed && !values.web), port, workspace };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await asProgram(() => start(readOptions()));
}
