/**
 * Bundles what runs: `node scripts/run.mjs scripts/build.ts [--dev] [--watch]`.
 * Without an option small and without source maps, as it is shipped; --dev keeps names and maps; --watch is --dev, again at every change.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { ROOT } from './bootstrap.mjs';
import { generateSchemas } from './generateSchemas.ts';
import { kilobytes } from './sizes.ts';
import { slimPrices } from './slimPrices.ts';

/** One bundle: a file, or with `splitting` a folder in which each heavy library is a file that is loaded when it is needed. */
export interface Bundle {
  /** `extension`, `server`, `engineHost`, `cli`, `library`, or `webview/` and a panel's name. */
  readonly name: string;
  /** Its output under dist/: a file, or the folder of a bundle that is split. */
  readonly output: string;
  readonly options: esbuild.BuildOptions;
}

/** What a bundle is made of, as esbuild tells it: notices and sizes come from it. */
export type BuiltBundle = Bundle & { readonly metafile: esbuild.Metafile };

/** Bundled CommonJS packages call `require` for Node's modules, which an ES module does not have. */
const REQUIRE = "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url);";

/** The bundles whose entry points are there; each panel is a folder of webview/ with a main.tsx. */
export function bundles({ dev = false } = {}): readonly Bundle[] {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const common: esbuild.BuildOptions = {
    absWorkingDir: ROOT,
    bundle: true,
    minify: !dev,
    sourcemap: dev && 'linked',
    metafile: true,
    logLevel: 'warning',
    define: { EVENKEEL_VERSION: JSON.stringify(version) },
    legalComments: 'none',
  };
  // The same library as ES modules: its build for Node is CommonJS, is bundled whole.
  const alias = { yaml: path.join(ROOT, 'node_modules/yaml/browser/index.js') };
  const node: esbuild.BuildOptions = { ...common, platform: 'node', target: 'node22', plugins: [slimPrices], alias };
  const file = (name: string, entry: string, more: esbuild.BuildOptions = {}): Bundle => {
    const output = `${name}.cjs`;
    return { name, output, options: { ...node, format: 'cjs', entryPoints: [entry], outfile: `dist/${output}`, ...more } };
  };
  const split = (name: string, entry: string): Bundle => {
    const names = { entryNames: 'main', chunkNames: '[name]-[hash]', outExtension: { '.js': '.mjs' } };
    const options: esbuild.BuildOptions = { ...node, ...names, format: 'esm', splitting: true, banner: { js: REQUIRE } };
    return { name, output: `${name}/`, options: { ...options, entryPoints: [entry], outdir: `dist/${name}` } };
  };
  const panel = (name: string): Bundle => {
    const options: esbuild.BuildOptions = {
      ...common,
      platform: 'browser',
      target: 'chrome130',
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
    };
    const output = `webview/${name}.js`;
    return {
      name: `webview/${name}`,
      output,
      options: { ...options, entryPoints: [`webview/${name}/main.tsx`], outfile: `dist/${output}` },
    };
  };
  const all = [
    file('extension', 'extension/extension.ts', { external: ['vscode'] }),
    split('server', 'server/main.ts'),
    split('engineHost', 'engine/host/main.ts'),
    split('cli', 'cli/main.ts'),
    split('library', 'cli/library.ts'),
    ...fs.readdirSync(path.join(ROOT, 'webview')).map(panel),
  ];
  return all.filter(({ options }) => fs.existsSync(path.join(ROOT, (options.entryPoints as string[])[0]!)));
}

/** Builds everything into dist/, schemas and icon font included; the bundles that it made. */
export async function build({ dev = false } = {}): Promise<readonly BuiltBundle[]> {
  const all = bundles({ dev });
  clean(all);
  generateSchemas();
  copyIcons();
  const results = await Promise.allSettled(all.map(({ options }) => esbuild.build(options)));
  const broken = all.filter((_, index) => results[index]?.status === 'rejected').map(({ name }) => name);
  if (broken.length) throw new UserError('configuration', `esbuild could not bundle ${broken.join(', ')}: see above.`);
  return all.flatMap((bundle, index) => {
    const result = results[index];
    return result?.status === 'fulfilled' && result.value.metafile ? [{ ...bundle, metafile: result.value.metafile }] : [];
  });
}

/** What a person wants to know after a build: each bundle with the bytes that are loaded at its start, and with all its parts. */
export function sizeLines(built: readonly BuiltBundle[]): readonly string[] {
  return built.map(({ name, metafile }) => {
    const outputs = Object.entries(metafile.outputs).filter(([file]) => !file.endsWith('.map'));
    const total = outputs.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const start = [...loadedAtStart(metafile)].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
    const parts = outputs.length > 1 && start < total ? `, ${kilobytes(start)} of it at the start` : '';
    return `${name.padEnd(16)} ${kilobytes(total).padStart(9)}${parts}`;
  });
}

/** The entry's output and what it imports statically, directly or not. */
function loadedAtStart(metafile: esbuild.Metafile): ReadonlySet<string> {
  const found = new Set(
    Object.keys(metafile.outputs)
      .filter((file) => metafile.outputs[file]?.entryPoint && /main\.mjs$|\.cjs$|\.js$/.test(file))
      .slice(0, 1),
  );
  for (const file of found) {
    for (const { path: other, kind } of metafile.outputs[file]?.imports ?? []) if (kind === 'import-statement') found.add(other);
    const styles = metafile.outputs[file]?.cssBundle;
    if (styles) found.add(styles);
  }
  return found;
}

/** Parts of a split bundle have names with hashes: old ones would stay for ever. */
function clean(all: readonly Bundle[]): void {
  fs.rmSync(path.join(ROOT, 'dist/webview'), { recursive: true, force: true });
  for (const { output } of all) fs.rmSync(path.join(ROOT, 'dist', output), { recursive: true, force: true });
}

/** Icons are a font: webviews link its style sheet. */
function copyIcons(): void {
  fs.mkdirSync(path.join(ROOT, 'dist/webview'), { recursive: true });
  for (const name of ['codicon.css', 'codicon.ttf']) {
    fs.copyFileSync(path.join(ROOT, 'node_modules/@vscode/codicons/dist', name), path.join(ROOT, 'dist/webview', name));
  }
}

async function watch(): Promise<void> {
  await build({ dev: true });
  for (const { options } of bundles({ dev: true })) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
  console.log('Watching; stop with Ctrl+C.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } } });
  await asProgram(async () => {
    if (values.watch) await watch();
    else console.log(sizeLines(await build(values)).join('\n'));
  });
}
