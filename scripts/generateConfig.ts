/** Writes tsconfig.json files and biome.json from the tables in house.ts. `--check` only compares. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ALLOWED_IMPORTS, NETWORK_MODULES, NETWORK_PLACES, PACKAGE_ROOMS, PURE_ROOMS } from './house.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROOMS = Object.keys(ALLOWED_IMPORTS);

/** File → text of every generated configuration file. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const room of ROOMS) files.set(`${room}/tsconfig.json`, json(roomProject(room)));
  for (const folder of ['test', 'scripts']) files.set(`${folder}/tsconfig.json`, json(toolProject(folder)));
  files.set('tsconfig.json', json({ files: [], references: [...ROOMS, 'test', 'scripts'].map((room) => ({ path: `./${room}` })) }));
  files.set('biome.json', json(biome()));
  return files;
}

/** The generated files whose content differs from what is on disk; how the formatter lays them out does not matter. */
export function staleFiles(): readonly string[] {
  const compact = (text: string): string => JSON.stringify(JSON.parse(text));
  return [...generatedFiles()]
    .filter(([file, text]) => {
      const place = path.join(ROOT, file);
      return !fs.existsSync(place) || compact(fs.readFileSync(place, 'utf8')) !== compact(text);
    })
    .map(([file]) => file);
}

function roomProject(room: string): object {
  const browser = room === 'webview';
  return {
    extends: '../tsconfig.base.json',
    compilerOptions: {
      rootDir: '.',
      outDir: `../.cache/types/${room}`,
      tsBuildInfoFile: `../.cache/types/${room}.tsbuildinfo`,
      types: PURE_ROOMS.includes(room) ? [] : ['node', ...(room === 'extension' ? ['vscode'] : [])],
      ...(browser ? { lib: ['es2024', 'dom', 'dom.iterable'], jsx: 'react-jsx', jsxImportSource: 'preact' } : {}),
    },
    include: ['**/*.ts', ...(browser ? ['**/*.tsx'] : [])],
    references: importsOf(room).map((other) => ({ path: `../${other}` })),
  };
}

function toolProject(folder: string): object {
  return {
    extends: '../tsconfig.base.json',
    compilerOptions: {
      rootDir: '.',
      outDir: `../.cache/types/${folder}`,
      tsBuildInfoFile: `../.cache/types/${folder}.tsbuildinfo`,
      lib: ['es2024', 'dom', 'dom.iterable'],
      types: ['node', 'vscode'],
      jsx: 'react-jsx',
      jsxImportSource: 'preact',
    },
    include: ['**/*.ts', '**/*.tsx'],
    exclude: ['fixtures'],
    references: [...ROOMS, ...(folder === 'test' ? ['scripts'] : [])].map((room) => ({ path: `../${room}` })),
  };
}

function importsOf(room: string): readonly string[] {
  return room === 'safety' ? [] : ['safety', ...(ALLOWED_IMPORTS[room] ?? [])];
}

function biome(): object {
  const places = [...ROOMS, 'engine/providers', 'engine/host']; // the last override that matches wins whole
  return {
    $schema: './node_modules/@biomejs/biome/configuration_schema.json',
    root: true,
    vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
    files: {
      includes: [
        '**',
        '!**/dist',
        '!**/node_modules',
        '!!**/.cache',
        '!**/*.css',
        '!examples',
        '!test/fixtures',
        '!package.json',
        '!**/package-lock.json',
        '!**/*.schema.json',
        '!catalog/data',
      ],
    },
    formatter: { enabled: true, indentStyle: 'space', lineWidth: 140 },
    javascript: { formatter: { quoteStyle: 'single' } },
    linter: {
      rules: {
        preset: 'recommended',
        suspicious: { noExplicitAny: 'error', noImportCycles: 'error', noControlCharactersInRegex: 'off' },
        correctness: { useImportExtensions: 'error', noUnusedImports: 'error', noNodejsModules: 'off' },
        style: { useNodejsImportProtocol: 'error', noDefaultExport: 'off', noNonNullAssertion: 'error', useImportType: 'error' },
        performance: { useTopLevelRegex: 'off' },
      },
    },
    overrides: [
      ...places.map(importRule),
      { includes: ['test/**', 'scripts/**'], linter: { rules: { style: { noNonNullAssertion: 'off' } } } },
    ],
  };
}

function importRule(place: string): object {
  const room = place.split('/')[0] ?? place;
  const allowed = importsOf(room);
  const strangers = ROOMS.filter((other) => other !== room && !allowed.includes(other));
  const packages = Object.entries(PACKAGE_ROOMS)
    .filter(([, homes]) => !homes.includes(room) && !homes.includes(place))
    .flatMap(([name]) => [name, `${name}/**`]);
  const network = NETWORK_PLACES.some((home) => home.startsWith(`${room}/`)) ? [] : NETWORK_MODULES;
  const patterns = [
    ...(strangers.length
      ? [
          {
            group: strangers.flatMap((other) => [`../**/${other}/**`, `../${other}/**`]),
            message: `${room}/ may import only ${allowed.join(', ') || 'nothing of ours'}.`,
          },
        ]
      : []),
    ...(packages.length ? [{ group: packages, message: 'This package belongs to another room (scripts/house.ts).' }] : []),
    ...(PURE_ROOMS.includes(room)
      ? [{ group: ['node:*', 'node:*/**'], message: 'A pure room: no Node built-ins.' }]
      : network.length
        ? [{ group: [...network], message: 'Only engine/ and sandbox/serve.ts use the network.' }]
        : []),
    { group: ['zod'], importNamePattern: '(z|default)', message: "Write import * as z from 'zod': the other form bundles every locale." },
  ];
  return { includes: [`${place}/**`], linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } } };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const stale = staleFiles();
  if (process.argv.includes('--check')) {
    if (stale.length) throw new Error(`Generated files are stale: ${stale.join(', ')}. Run node scripts/generateConfig.ts.`);
  } else {
    for (const [file, text] of generatedFiles()) fs.writeFileSync(path.join(ROOT, file), text);
  }
}
