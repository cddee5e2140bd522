/**
 * Makes what people install: dist/evenkeel.vsix and dist/evenkeel-<version>.tgz, each from a staging folder with a package.json
 * derived from the one at the root. `node scripts/run.mjs scripts/package.ts`
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { npm, ROOT, withLock } from './bootstrap.mjs';
import { type BuiltBundle, build, sizeLines } from './build.ts';
import { libraryDeclarations } from './libraryDeclarations.ts';
import { packageLauncher } from './packageLauncher.ts';
import { kilobytes } from './sizes.ts';
import { thirdPartyNotices } from './thirdPartyNotices.ts';

/** The packages that were made, in absolute paths; one is missing where its entry point is not there yet. */
export interface Packages {
  readonly vsix: string | undefined;
  readonly tarball: string | undefined;
}

type Manifest = Readonly<Record<string, unknown>> & { readonly version: string };

/** The Node that the packaged CLI asks for: the oldest one that the bundles and their libraries run on. */
const CLI_NODE = '22.12';
/** What of the build goes into the tarball; everything else goes into the VSIX. */
const NPM_BUNDLES: readonly string[] = ['cli', 'library'];
/** What an app may import: the library (docs/deployments.md), and the JSON Schemas. */
const EXPORTS = {
  '.': { types: './library/main.d.mts', default: './library/main.mjs' },
  './schemas/*': './schemas/*',
  './package.json': './package.json',
};
const DOCUMENTS = ['README.md', 'LICENSE', 'CHANGELOG.md'];
const STAGING = path.join(ROOT, 'dist/staging');

/** Builds, then packages, printing sizes by `log`. One process of a checkout at a time. */
export function packageAll(log: (line: string) => void = console.log): Promise<Packages> {
  return withLock('package', async () => {
    const built = await build();
    for (const line of sizeLines(built)) log(line);
    fs.rmSync(STAGING, { recursive: true, force: true });
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;
    const has = (name: string) => built.some((bundle) => bundle.name === name);
    const packages = {
      vsix: has('extension') ? await packageExtension(manifest, built) : undefined,
      tarball: has('cli') ? await packageCli(manifest, built) : undefined,
    };
    for (const file of Object.values(packages))
      if (file) log(`${path.basename(file).padEnd(16)} ${kilobytes(fs.statSync(file).size).padStart(9)}`);
    fs.rmSync(STAGING, { recursive: true, force: true });
    return packages;
  });
}

/** The files that the manifest names, such as icons and walkthrough pages: they go into the VSIX where they are. */
export function filesNamedIn(manifest: unknown, exists: (file: string) => boolean): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      const file = path.posix.normalize(value);
      if (/^[^\s:*]+\.\w+$/.test(file) && !file.startsWith('..') && exists(file)) found.add(file);
    } else if (value && typeof value === 'object') Object.values(value).forEach(visit);
  };
  visit(manifest);
  return [...found].sort();
}

async function packageExtension(manifest: Manifest, built: readonly BuiltBundle[]): Promise<string> {
  const folder = path.join(STAGING, 'vsix');
  const ours = built.filter(({ name }) => !NPM_BUNDLES.includes(name));
  const { scripts, dependencies, devDependencies, overrides, private: _, type, ...kept } = manifest;
  const own = { ...kept, engines: { vscode: (manifest.engines as Record<string, string>).vscode } };
  stage(folder, own, ours, { icons: true });
  const named = filesNamedIn({ contributes: manifest.contributes, icon: manifest.icon }, (file) => isFile(path.join(ROOT, file)));
  copy(folder, ['dist/webview', 'dist/schemas', ...named]);
  copy(
    folder,
    ours.map(({ output }) => `dist/${output}`),
  );
  const file = path.join(ROOT, 'dist/evenkeel.vsix');
  const made = path.join(STAGING, 'evenkeel.vsix');
  const vsce = path.join(ROOT, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--allow-star-activation', '--no-rewrite-relative-links'];
  try {
    execFileSync(process.execPath, [vsce, 'package', ...flags, '--out', made], { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new UserError('configuration', `vsce package failed:\n${stdout ?? ''}${stderr ?? ''}`);
  }
  fs.renameSync(made, file);
  return file;
}

async function packageCli(manifest: Manifest, built: readonly BuiltBundle[]): Promise<string> {
  const folder = path.join(STAGING, 'npm');
  const ours = built.filter(({ name }) => NPM_BUNDLES.includes(name));
  const { name, version, description, license, keywords, repository, homepage, bugs } = manifest;
  const bin = { evenkeel: 'evenkeel.cjs' };
  const engines = { node: `>=${CLI_NODE}` };
  stage(folder, { name, version, description, license, keywords, repository, homepage, bugs, bin, exports: EXPORTS, engines }, ours);
  for (const bundle of NPM_BUNDLES) fs.cpSync(path.join(ROOT, 'dist', bundle), path.join(folder, bundle), { recursive: true });
  fs.writeFileSync(path.join(folder, 'library/main.d.mts'), libraryDeclarations());
  fs.cpSync(path.join(ROOT, 'dist/schemas'), path.join(folder, 'schemas'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'evenkeel.cjs'), packageLauncher(CLI_NODE), { mode: 0o755 });
  await npm(process.execPath, folder, ['pack', '--pack-destination', path.join(ROOT, 'dist')]);
  return path.join(ROOT, `dist/${manifest.name}-${version}.tgz`);
}

function stage(folder: string, manifest: object, bundles: readonly BuiltBundle[], options: { readonly icons?: boolean } = {}): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const notices = thirdPartyNotices(
    bundles.map(({ metafile }) => metafile),
    options,
  );
  fs.writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), notices);
  copy(
    folder,
    DOCUMENTS.filter((file) => isFile(path.join(ROOT, file))),
  );
}

function copy(folder: string, files: readonly string[]): void {
  for (const file of files) fs.cpSync(path.join(ROOT, file), path.join(folder, file), { recursive: true });
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await asProgram(async () => {
    await packageAll();
  });
}
