/**
 * The tools, made ready on a bare machine: a Node that runs TypeScript and that the toolchain accepts, and node_modules as the lock file says.
 * Plain JavaScript for Node 20.17 and later with Node's own modules only, since it runs before anything is installed; npm downloads
 * and checks the hashes. Types for our TypeScript are in bootstrapTypes.d.ts.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = path.join(ROOT, '.cache');
const WINDOWS = process.platform === 'win32';
const NO_NETWORK =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b|network (timeout|request)/;

/** Runs what the command line of run.mjs names; resolves with the exit code. */
export async function run([script, ...args]) {
  if (!script) throw forPeople('Usage: node scripts/run.mjs SCRIPT ARGS..., or node scripts/run.mjs --npm ARGS...');
  const node = await toolchainNode();
  if (script === '--npm') return npm(node, process.cwd(), args, { show: true });
  await installedModules(node);
  return runToTheEnd(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: ROOT,
    env: withNode(process.env, node),
    stdio: 'inherit',
  });
}

/** The running Node when it runs TypeScript without a flag and Vitest accepts it, else the portable one. */
export async function toolchainNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return (major === 22 && minor >= 18) || major >= 24 ? process.execPath : portableNode();
}

/** Node 24 out of npm packages, in .cache/node: its binary's path. Uses the one that is there. */
export async function portableNode() {
  const home = path.join(CACHE, 'node');
  const tools = path.join(ROOT, 'scripts/node24');
  const platform = `${WINDOWS ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(home, 'node_modules', `node-${platform}`, WINDOWS ? 'bin/node.exe' : 'bin/node');
  const manifest = JSON.parse(fs.readFileSync(path.join(tools, 'package.json'), 'utf8'));
  if (!Object.hasOwn(manifest.optionalDependencies, `node-${platform}`)) {
    throw forPeople(
      `npm has no Node 24 for ${platform}, and this is Node ${process.versions.node}: install Node 24 from nodejs.org, then run this again.`,
    );
  }
  await buildOnce(home, hash(fs.readFileSync(path.join(tools, 'package-lock.json')), platform), async (building) => {
    say(`Getting Node 24 into .cache/node, as this is Node ${process.versions.node} (once)...`);
    fs.mkdirSync(building, { recursive: true });
    for (const each of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(tools, each), path.join(building, each));
    fs.copyFileSync(path.join(ROOT, '.npmrc'), path.join(building, '.npmrc'));
    await npm(process.execPath, building, ['ci', '--ignore-scripts']);
    if (!fs.existsSync(file.replace(home, building))) {
      throw forPeople(
        `npm did not deliver node-${platform}; most likely it could not reach its registry: check the network, a proxy, and \`npm config get registry\`. ` +
          'Or install Node 24 from nodejs.org. Then run this again.',
      );
    }
  });
  return file;
}

/**
 * Builds the folder `home` once for each `stamp`, one process at a time: into a sibling folder that is renamed when all is there,
 * or in place for what cannot be moved. A folder half built is never taken for a whole one.
 */
export async function buildOnce(home, stamp, build, { inPlace = false } = {}) {
  const mark = path.join(home, '.ready');
  const ready = () => fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === stamp;
  if (ready()) return;
  await withLock(path.basename(home), async () => {
    if (ready()) return;
    const building = inPlace ? home : `${home}.building`;
    if (inPlace) fs.rmSync(mark, { force: true });
    else fs.rmSync(building, { recursive: true, force: true });
    await build(building);
    fs.writeFileSync(path.join(building, '.ready'), stamp);
    if (inPlace) return;
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    fs.renameSync(building, home);
  });
}

/** Does `work` while no other process of this checkout does work of the same name. A lock whose owner has died is taken over. */
export async function withLock(name, work) {
  const lock = path.join(CACHE, `${name}.lock`);
  fs.mkdirSync(CACHE, { recursive: true });
  for (let waits = 0; !takeLock(lock); waits++) {
    if (waits === 10) say(`Waiting for process ${fs.existsSync(lock) ? fs.readFileSync(lock, 'utf8') : ''}, which has ${lock}...`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** Runs the machine's npm, itself plain JavaScript, with this Node. Its words are shown when `show` is set or when it fails. */
export async function npm(node, cwd, args, { show = false } = {}) {
  const cli = npmCli();
  const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key)));
  let said = '';
  const options = { cwd, env: withNode(clean, node), stdio: show ? 'inherit' : ['ignore', 'ignore', 'pipe'], shell: !cli && WINDOWS };
  const all = [...(cli ? [cli] : []), ...args, '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runToTheEnd(cli ? node : 'npm', all, options, (text) => {
    said += text;
  }).catch((error) => {
    if (error.code === 'ENOENT')
      throw forPeople('npm was not found: install Node 24 from nodejs.org, which brings npm, then run this again.');
    throw error;
  });
  if (code === 0 || show) return code;
  process.stderr.write(said);
  const why = NO_NETWORK.test(said)
    ? 'it could not reach its registry: check the network, a proxy, and `npm config get registry`'
    : 'its own words are above';
  throw forPeople(`npm ${args.join(' ')} failed in ${cwd} (exit ${code}): ${why}. Then run this again; what is there is kept.`);
}

async function installedModules(node) {
  const lock = fs.readFileSync(path.join(ROOT, 'package-lock.json'));
  const stamp = hash(lock, process.platform, process.arch);
  const install = () => {
    say('Installing the dependencies into node_modules (once)...');
    return npm(node, ROOT, ['ci', '--ignore-scripts']);
  };
  await buildOnce(path.join(ROOT, 'node_modules'), stamp, install, { inPlace: true });
}

function npmCli() {
  const bin = path.dirname(process.execPath);
  const places = [
    process.env.npm_execpath,
    path.join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    path.join(bin, 'node_modules/npm/bin/npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  return places.find((file) => file && /npm-cli\.js$/.test(file) && fs.existsSync(file));
}

function takeLock(lock) {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const owner = Number(fs.readFileSync(lock, 'utf8'));
    if (owner) process.kill(owner, 0);
    else if (Date.now() - fs.statSync(lock).mtimeMs > 10_000) fs.rmSync(lock, { force: true });
  } catch (error) {
    if (error.code === 'ESRCH') fs.rmSync(lock, { force: true });
  }
  return false;
}

/**
 * Runs a program to its end and passes on the signals that are for it. Windows' console brings Ctrl+C to every program itself.
 * Under npm, a program whose npm was killed is asked to end too: nobody is left to stop it.
 */
function runToTheEnd(command, args, options, onError) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, env: { ...options.env, EVENKEEL_RUN_PID: String(process.pid) } });
    const signals = WINDOWS ? [] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const pass = (signal) => child.kill(signal);
    for (const signal of WINDOWS ? ['SIGINT'] : signals) process.on(signal, WINDOWS ? ignore : pass);
    const above = startedBy();
    const watch = setInterval(() => startedBy() !== above && child.kill('SIGTERM'), 1000);
    watch.unref();
    child.stderr?.setEncoding('utf8').on('data', onError);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      for (const each of signals) process.off(each, pass);
      resolve(code ?? 128 + (os.constants.signals[signal] ?? 15));
    });
  });
}

function ignore() {}

/** Under npm: the shell that it started us with, and npm itself where /proc tells. Changes when one of them is killed. */
function startedBy() {
  if (!process.env.npm_lifecycle_event) return '';
  try {
    return `${process.ppid} ${/^PPid:.*/m.exec(fs.readFileSync(`/proc/${process.ppid}/status`, 'utf8'))}`;
  } catch {
    return String(process.ppid);
  }
}

function withNode(env, node) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [path.dirname(node), env[key]].filter(Boolean).join(path.delimiter) };
}

function hash(...parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

function forPeople(message) {
  return Object.assign(new Error(message), { forPeople: true });
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
