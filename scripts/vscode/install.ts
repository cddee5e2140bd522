/** Installs a real VS Code (code-server) into .cache/vscode: no system package, no install script, nothing outside the folder. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { asProgram } from '../asProgram.ts';
import { buildOnce, npm, portableNode, ROOT } from '../bootstrap.mjs';

/** Carries VS Code 1.139.1, which runs on Node 24. */
export const CODE_SERVER_VERSION = '4.139.1';

/** Where an installed VS Code is, in absolute paths. */
export interface InstalledVSCode {
  /** The Node to run it with. */
  readonly node: string;
  /** The script that starts it. */
  readonly entry: string;
}

/** Dependencies of VS Code's server that editor, extension host, search, git and terminal do without; kerberos would want system headers. */
const UNNEEDED_DEPENDENCIES = ['@devcontainers/cli', '@github/copilot-sdk', '@microsoft/mxc-sdk', '@vscode/sqlite3', 'kerberos', 'ssh2'];

/** Built-in extensions that only cost time at the start. */
const UNNEEDED_EXTENSIONS = [
  'copilot',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.vscode-js-profile-table',
  'tunnel-forwarding',
];

/** Compiled where a C++ compiler is there: spdlog writes the log files, native-watchdog ends the extension host when its parent dies. */
const NATIVE_MODULES = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Makes sure VS Code is there and says where; safe to call from several processes at once. */
export async function installVSCode(): Promise<InstalledVSCode> {
  const home = path.join(ROOT, '.cache/vscode');
  const node = process.versions.node.startsWith('24.') ? process.execPath : await portableNode();
  const recipe = {
    CODE_SERVER_VERSION,
    UNNEEDED_DEPENDENCIES,
    UNNEEDED_EXTENSIONS,
    NATIVE_MODULES,
    platform: process.platform,
    arch: process.arch,
  };
  await buildOnce(home, JSON.stringify({ ...recipe, revision: 1 }), (building) => build(building, node));
  return { node, entry: path.join(home, 'node_modules/code-server/out/node/entry.js') };
}

async function build(folder: string, node: string): Promise<void> {
  const started = Date.now();
  const step = (text: string) => console.error(`[VS Code, ${((Date.now() - started) / 1000).toFixed(0)} s] ${text}`);
  fs.mkdirSync(folder, { recursive: true });

  step(`code-server ${CODE_SERVER_VERSION} (once)`);
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { 'code-server': CODE_SERVER_VERSION } }),
  );
  await npm(node, folder, ['install', '--ignore-scripts']);

  step("its server's dependencies");
  const vscode = path.join(folder, 'node_modules/code-server/lib/vscode');
  dropDependencies(path.join(vscode, 'package.json'), UNNEEDED_DEPENDENCIES);
  // Not `npm ci`: the lock file that code-server ships does not fit its package.json. It still pins all that it names.
  for (const where of [vscode, path.join(vscode, 'extensions')]) {
    await npm(node, where, ['install', '--ignore-scripts', '--omit=dev', '--no-save']);
  }

  if (hasCompiler()) {
    for (const name of NATIVE_MODULES) {
      step(`compiling ${name}`);
      await npm(node, vscode, ['rebuild', name]).catch(() => step(`${name} did not compile; VS Code runs without it`));
    }
  } else step('no C++ compiler: going without log files');

  for (const name of UNNEEDED_EXTENSIONS) fs.rmSync(path.join(vscode, 'extensions', name), { recursive: true, force: true });
  for (const binaries of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds'])
    keepThisPlatform(path.join(vscode, 'node_modules', binaries));
  step('done');
}

function dropDependencies(file: string, names: readonly string[]): void {
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, Record<string, unknown> | undefined>;
  for (const name of names) delete manifest.dependencies?.[name];
  for (const key of Object.keys(manifest.overrides ?? {})) {
    if (names.some((name) => key === name || key.startsWith(`${name}@`))) delete manifest.overrides?.[key];
  }
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2));
}

function hasCompiler(): boolean {
  return ['c++', 'g++', 'clang++', 'cl'].some((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined);
}

function keepThisPlatform(folder: string): void {
  const ours = `${process.platform}-${process.arch}`;
  if (!fs.existsSync(path.join(folder, ours))) return;
  for (const name of fs.readdirSync(folder)) if (name !== ours) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await asProgram(async () => console.log(JSON.stringify(await installVSCode(), null, 2)));
}
