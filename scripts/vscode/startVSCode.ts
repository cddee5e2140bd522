/** Starts VS Code (code-server) on a loopback port, with a profile, extensions and a copy of the workspace of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../safety/index.ts';
import { installVSCode } from './install.ts';
import { killTree, type ProcessInfo, processTree } from './processTree.ts';
import { QUIET_SETTINGS } from './quietSettings.ts';

/** What startVSCode may be told; every part has a default. */
export interface VSCodeOptions {
  /** The folder to open; without it an empty one. */
  readonly workspace?: string | undefined;
  /** Copy the workspace to a temporary place first (default), or open it where it is. */
  readonly copy?: boolean;
  /** Packaged extensions to install. */
  readonly vsix?: readonly string[];
  /** true (default): no workspace trust at all; false: VS Code's real trust feature, which asks at the start. */
  readonly trust?: boolean;
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** 0 (default) takes a free one. */
  readonly port?: number;
  /** code-server's log level. */
  readonly log?: 'info' | 'debug' | 'trace';
  /** Environment variables, over the ones of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options for VS Code's server itself, such as `enable-smoke-test-driver`. */
  readonly vscodeOptions?: readonly string[];
  /** Ends by itself when nobody was connected for so long: a server whose starter was killed does not stay. More than 60. */
  readonly idleTimeoutSeconds?: number;
}

/** A VS Code that runs. */
export interface RunningVSCode {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** The address that opens the workspace. */
  readonly workspaceUrl: string;
  /** Where its things are; all but a workspace opened in place go when it stops. */
  readonly folders: { readonly root: string; readonly userData: string; readonly extensions: string; readonly workspace: string };
  /** Resolves when the server has ended, by stop() or by itself. */
  readonly ended: Promise<void>;
  /** All that code-server has printed. */
  output(): string;
  /** The processes of this VS Code, extension host and language server among them. */
  processes(): readonly ProcessInfo[];
  /** The log files whose path contains `part`, such as `exthost` or `Evenkeel`, as one text. */
  logs(part?: string): string;
  /** Ends every process that it started and removes its temporary folder. Safe to call again. */
  stop(): Promise<void>;
}

/** Starts VS Code, installing it first when it is not there, and resolves when it listens. */
export async function startVSCode(options: VSCodeOptions = {}): Promise<RunningVSCode> {
  const { node, entry } = await installVSCode();
  const folders = prepareFolders(options);
  try {
    const profile = [
      '--config',
      path.join(folders.root, 'config.yaml'),
      '--user-data-dir',
      folders.userData,
      '--extensions-dir',
      folders.extensions,
    ];
    const env = environment(options.env);
    for (const file of options.vsix ?? []) await installExtension(node, [entry, ...profile], path.resolve(file), env);
    const args = [entry, ...profile, ...serverArguments(options), folders.workspace];
    const child = spawn(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return await whenListening(child, folders);
  } catch (error) {
    fs.rmSync(folders.root, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

type Folders = RunningVSCode['folders'];

function prepareFolders({ workspace, copy = true, trust = true, settings = {} }: VSCodeOptions): Folders {
  if (workspace !== undefined && !fs.existsSync(workspace)) {
    throw new UserError('configuration', `There is no folder ${workspace} to open: name another with --workspace.`);
  }
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'evenkeel-'));
  const inPlace = workspace !== undefined && !copy;
  const name = path.basename(path.resolve(workspace ?? 'workspace'));
  const folders = {
    root,
    userData: path.join(root, 'user-data'),
    extensions: path.join(root, 'extensions'),
    workspace: inPlace ? path.resolve(workspace) : path.join(root, name),
  };
  for (const folder of [path.join(folders.userData, 'User'), path.join(folders.userData, 'Machine'), folders.extensions, folders.workspace])
    fs.mkdirSync(folder, { recursive: true });
  if (workspace !== undefined && copy)
    fs.cpSync(workspace, folders.workspace, { recursive: true, filter: (file) => path.basename(file) !== '.evenkeel' });
  const all = { ...QUIET_SETTINGS, ...(trust ? {} : { 'security.workspace.trust.startupPrompt': 'always' }), ...settings };
  // Settings of machine scope are read from the machine's file on a server, all others from the user's.
  for (const scope of ['User', 'Machine'])
    fs.writeFileSync(path.join(folders.userData, scope, 'settings.json'), JSON.stringify(all, null, 2));
  fs.writeFileSync(path.join(root, 'config.yaml'), ''); // keeps code-server out of the user's own configuration
  return folders;
}

function serverArguments({ port = 0, trust = true, log, vscodeOptions = [], idleTimeoutSeconds = 600 }: VSCodeOptions): readonly string[] {
  return [
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', '--ignore-last-opened', '--reconnection-grace-time', '10'],
    ...['--idle-timeout-seconds', String(idleTimeoutSeconds)],
    ...vscodeOptions.flatMap((option) => ['--vscode-option', option]),
    ...(trust ? ['--disable-workspace-trust'] : []),
    ...(log ? ['--log', log] : []),
  ];
}

function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([key]) => !/^(VSCODE_|CODE_SERVER_|NODE_OPTIONS$|npm_|VITEST)/.test(key));
  return { ...Object.fromEntries(own), ...more };
}

async function installExtension(node: string, args: readonly string[], file: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!fs.existsSync(file)) throw new UserError('configuration', `There is no ${file}: run node scripts/run.mjs scripts/package.ts first.`);
  await promisify(execFile)(node, [...args, '--install-extension', file, '--force'], { env });
}

async function whenListening(child: ChildProcess, folders: Folders): Promise<RunningVSCode> {
  let output = '';
  // Whoever exits without stop() leaves as little as can be done at once; code-server ends its children itself.
  const killAtExit = () => {
    child.kill('SIGTERM');
    try {
      fs.rmSync(folders.root, { recursive: true, force: true });
    } catch {
      // It is still writing there.
    }
  };
  process.once('exit', killAtExit);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      process.off('exit', killAtExit);
      resolve();
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      if (child.pid) killTree(child.pid);
      const taken = output.includes('EADDRINUSE');
      reject(
        taken ? new UserError('configuration', 'The port is taken: name another with --port.') : new Error(`VS Code ${why}:\n${output}`),
      );
    };
    const timer = setTimeout(() => fail('did not start in 60 s'), 60_000);
    const read = (chunk: Buffer) => {
      output += chunk;
      const listening = /HTTP server listening on (http:\/\/[\d.:]+)/.exec(output);
      if (!listening?.[1]) return;
      clearTimeout(timer);
      resolve(listening[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', (code) => fail(`ended with ${code}`));
  });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const pid = child.pid ?? 0;
    const known = processTree(pid);
    child.kill('SIGTERM');
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
    killTree(pid, known);
    await ended;
    fs.rmSync(folders.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  return {
    url,
    workspaceUrl: `${url}/?folder=${encodeURIComponent(folders.workspace)}`,
    folders,
    ended,
    output: () => output,
    processes: () => processTree(child.pid ?? 0),
    logs: (part = '') => readLogs(path.join(folders.userData, 'logs'), part),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function readLogs(folder: string, part: string): string {
  if (!fs.existsSync(folder)) return '';
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log') && name.includes(part))
    .map((name) => `--- ${name}\n${fs.readFileSync(path.join(folder, name), 'utf8')}`)
    .join('\n');
}
