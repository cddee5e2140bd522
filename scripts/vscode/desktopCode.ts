import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../safety/index.ts';

/** The `code` program of an installed VS Code: on PATH, or where its installer puts it. */
export function findDesktopCode(): string {
  const { HOME = '', PATH = '', LOCALAPPDATA = '', PROGRAMFILES = '' } = process.env;
  const names = process.platform === 'win32' ? ['code.cmd', 'code-insiders.cmd'] : ['code', 'code-insiders', 'codium'];
  const onPath = PATH.split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const app = 'Visual Studio Code.app/Contents/Resources/app/bin/code';
  const usual =
    process.platform === 'darwin'
      ? [path.join('/Applications', app), path.join(HOME, 'Applications', app)]
      : process.platform === 'win32'
        ? [path.join(LOCALAPPDATA, 'Programs/Microsoft VS Code/bin/code.cmd'), path.join(PROGRAMFILES, 'Microsoft VS Code/bin/code.cmd')]
        : ['/usr/share/code/bin/code', '/snap/bin/code'];
  const found = [...onPath, ...usual].find((file) => path.isAbsolute(file) && fs.existsSync(file));
  if (found) return found;
  throw new UserError(
    'configuration',
    'No VS Code was found: install it from code.visualstudio.com, or put its `code` on PATH ("Shell Command: Install \'code\' command in PATH"). ' +
      'Or leave out --desktop and use --web, which brings a VS Code for the browser.',
  );
}

/** A window of the desktop's VS Code, with settings and extensions of its own, apart from the user's. */
export interface DesktopWindow {
  readonly code: string;
  readonly folder: string;
  readonly workspace: string;
  readonly vsix: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Opens the window; the process ends when it is closed. */
export function openDesktopWindow({ code, folder, workspace, vsix, settings }: DesktopWindow): ChildProcess {
  const user = path.join(folder, 'user-data/User');
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const profile = ['--user-data-dir', path.join(folder, 'user-data'), '--extensions-dir', path.join(folder, 'extensions')];
  // A .cmd file needs the shell, and the shell needs quotes.
  const shell = process.platform === 'win32';
  const quoted = (args: readonly string[]) => (shell ? args.map((arg) => `"${arg}"`) : [...args]);
  const program = shell ? `"${code}"` : code;
  execFileSync(program, quoted([...profile, '--install-extension', vsix, '--force']), { stdio: ['ignore', 'ignore', 'inherit'], shell });
  const args = [...profile, '--disable-workspace-trust', '--new-window', '--wait', workspace];
  return spawn(program, quoted(args), { stdio: ['ignore', 'ignore', 'inherit'], shell });
}
