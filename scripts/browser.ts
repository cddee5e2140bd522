/** A browser for the tests through VS Code's window: one that the machine has, else one that it lets us install. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { ROOT } from './bootstrap.mjs';

/** Names on PATH, the ones of Linux. */
const PROGRAMS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'microsoft-edge-stable'];

const LINUX_FOLDERS = ['/usr/bin', '/usr/local/bin', '/snap/bin'];

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];

/** No window, no GPU, and none of the calls home that a browser makes by itself. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser's program: CHROMIUM from the environment, Chrome, Chromium or Edge of the machine, or one downloaded before. */
export function findBrowser(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named && !fs.existsSync(named)) throw new UserError('configuration', `CHROMIUM names ${named}, which does not exist.`);
  return [named, ...usualPlaces(), downloaded()].find((file) => file && fs.existsSync(file));
}

/** Finds a browser or installs one: by apt on Debian as root, else by Playwright's own download. */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  if (isDebian() && process.getuid?.() === 0) {
    console.error('Installing Chromium with apt-get (once)...');
    const options = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
    run('apt-get', [...options, 'update']);
    run('apt-get', [...options, 'install', '-y', '--no-install-recommends', 'chromium']);
  }
  if (!findBrowser()) {
    console.error("Downloading Playwright's Chromium into .cache/browser (once)...");
    run(process.execPath, [path.join(ROOT, 'node_modules/playwright-core/cli.js'), 'install', '--only-shell', 'chromium']);
  }
  const browser = findBrowser();
  if (browser) return browser;
  throw new UserError(
    'configuration',
    'The tests need Chrome, Chromium or Edge, and none was found nor could be installed. ' +
      `${advice()} Or set CHROMIUM to the path of a browser's program.`,
  );
}

/** Starts the browser without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), headless: true, args: ARGUMENTS });
}

function usualPlaces(): readonly string[] {
  const { HOME = '', PATH = '', LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': PROGRAMFILES_X86 } = process.env;
  if (process.platform === 'darwin') {
    return ['/Applications', path.join(HOME, 'Applications')].flatMap((folder) => MAC_APPS.map((app) => path.join(folder, app)));
  }
  if (process.platform === 'win32') {
    const folders = [PROGRAMFILES, PROGRAMFILES_X86, LOCALAPPDATA].filter((folder) => folder !== undefined);
    return WINDOWS_PROGRAMS.flatMap((program) => folders.map((folder) => path.join(folder, program)));
  }
  const folders = new Set([...PATH.split(path.delimiter).filter(path.isAbsolute), ...LINUX_FOLDERS]);
  return PROGRAMS.flatMap((program) => [...folders].map((folder) => path.join(folder, program)));
}

/** Playwright's Chromium in our cache folder. */
function downloaded(): string | undefined {
  const home = path.join(ROOT, '.cache/browser');
  if (!fs.existsSync(home)) return undefined;
  const program = /(^|[\\/])(chrome-headless-shell|headless_shell|chrome)(\.exe)?$/;
  const file = fs
    .readdirSync(home, { recursive: true, encoding: 'utf8' })
    .find((name) => program.test(name) && isProgram(path.join(home, name)));
  return file && path.join(home, file);
}

function isProgram(file: string): boolean {
  const stat = fs.statSync(file);
  return stat.isFile() && (process.platform === 'win32' || (stat.mode & 0o111) !== 0);
}

/** Debian itself: Ubuntu's package of the same name only points to a snap. */
function isDebian(): boolean {
  return (
    process.platform === 'linux' && fs.existsSync('/etc/os-release') && /^ID=debian$/m.test(fs.readFileSync('/etc/os-release', 'utf8'))
  );
}

function advice(): string {
  if (process.platform === 'darwin') return 'Install Google Chrome (google.com/chrome, or `brew install --cask google-chrome`).';
  if (process.platform === 'win32') return 'Install Google Chrome (google.com/chrome) or Microsoft Edge.';
  return isDebian()
    ? 'Run `sudo apt-get install chromium`.'
    : 'Install Google Chrome (google.com/chrome) or the package `chromium` of your system.';
}

/** Runs an installer; a failure is seen by the browser still missing. */
function run(command: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_BROWSERS_PATH: path.join(ROOT, '.cache/browser') };
  const { status, error } = spawnSync(command, [...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) console.error(`${path.basename(command)} ${args.at(-1)} failed${error ? `: ${error.message}` : ` (exit ${status})`}.`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await asProgram(async () => console.log(ensureBrowser()));
}
