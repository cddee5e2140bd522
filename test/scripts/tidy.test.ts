import { describe, expect, it } from 'vitest';
import { docPaths } from '../../scripts/tidy/docPaths.ts';
import { fileLength } from '../../scripts/tidy/fileLength.ts';
import { gitPlaces } from '../../scripts/tidy/gitPlaces.ts';
import { importCycles } from '../../scripts/tidy/importCycles.ts';
import { importsOf } from '../../scripts/tidy/importsOf.ts';
import { manifestIds } from '../../scripts/tidy/manifestIds.ts';
import { maskSource } from '../../scripts/tidy/maskSource.ts';
import { networkGlobals } from '../../scripts/tidy/networkGlobals.ts';
import { packageImports } from '../../scripts/tidy/packageImports.ts';
import { roomImports } from '../../scripts/tidy/roomImports.ts';
import { testsRun } from '../../scripts/tidy/testsRun.ts';
import { type Rule, treeOf } from '../../scripts/tidy/tree.ts';

/** The rule's findings over these files, as `file:line message`. */
function findings(rule: Rule, files: Readonly<Record<string, string>>): readonly string[] {
  return rule(treeOf(files)).map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe('maskSource', () => {
  it.each([
    ['a // b', 'a     '],
    ['a /* b\nc */ d', 'a     \n     d'],
    [`x = 'it\\'s' + "b"`, `x = '     ' + " "`],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text under test
    ['`a ${b + `c ${d}`} e`', '`  ${b + `  ${d}`}  `'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text under test
    ['`${{ a: 1 }}`', '`${{ a: 1 }}`'],
    ['return /[\'"]/.test(a)', 'return /    /.test(a)'],
    ['a / b // c', 'a / b     '],
    ["x = /[/']/g; y = 'z'", "x = /    /g; y = ' '"],
    ["<p>Don't run</p>\nf('x')", "<p>Don't run</p>\nf(' ')"],
    ["case 1: // it's", 'case 1:        '],
    ['<a>https://a.b</a>', '<a>https://a.b</a>'],
    ["'open\nx", "'open\nx"],
    ['/* open', '       '],
  ])('blanks out what is not code: %j', (text, masked) => {
    expect(maskSource(text).masked).toBe(masked);
  });
});

describe('importsOf', () => {
  it.each([
    ["import a from 'x'", ['x']],
    ["import a, { b, type C } from './x.ts'", ['./x.ts']],
    ["import * as z from 'zod';", ['zod']],
    ["import {\n  a,\n  b as c,\n} from 'x';", ['x']],
    ["import './x.css';", ['./x.css']],
    ["import type { A } from 'x'", ['type x']],
    ["import type from 'x'", ['x']],
    ["import type A, { B } from 'x'", ['type x']],
    ["export { a } from 'x'", ['x']],
    ["export type { A } from 'x'", ['type x']],
    ["export * from 'x'; export * as y from 'y'", ['x', 'y']],
    ["const a = await import('x')", ['x']],
    ['const a = await import(`x`)', ['x']],
    ["type A = typeof import('x')", ['type x']],
    ["const a = require('x')", ['x']],
    ["// import a from 'x'", []],
    ['const a = "import b from \'x\'"', []],
    ["Array.from('x'); export const from = 'y'", []],
    ["a.import('x'); import.meta.resolve('y')", []],
    ["export { a }; const b = 'from'", []],
  ])('%j', (text, expected) => {
    const found = importsOf(text, maskSource(text));
    expect(found.map(({ specifier, typeOnly }) => (typeOnly ? `type ${specifier}` : specifier))).toEqual(expected);
  });

  it('tells the line of the specifier', () => {
    const text = "import a from 'a';\nimport {\n  b,\n} from 'b';\n";
    expect(importsOf(text, maskSource(text)).map(({ line }) => line)).toEqual([1, 4]);
  });
});

describe('roomImports', () => {
  it.each([
    ['lint/a.ts', "import { b } from '../catalog/index.ts'", undefined],
    ['lint/a.ts', "import { b } from '../safety/index.ts'", undefined],
    ['lint/rules/a.ts', "import { b } from '../b.ts'", undefined],
    ['lint/rules/a.ts', "import { b } from '../../engine/index.ts'", 'lint/ may not import engine/: only safety, prompts-schema, catalog'],
    ['lint/a.ts', "export * from '../engine/index.ts'", 'lint/ may not import engine/: only safety, prompts-schema, catalog'],
    ['lint/a.ts', "void import('../engine/index.ts')", 'lint/ may not import engine/: only safety, prompts-schema, catalog'],
    ['lint/a.ts', "import type { A } from '../engine/index.ts'", 'lint/ may not import engine/: only safety, prompts-schema, catalog'],
    ['safety/a.ts', "import { b } from '../lint/index.ts'", 'safety/ imports nothing of ours, and this is lint/index.ts'],
    [
      'protocol/a.ts',
      "import { b } from '../prompts-schema/index.ts'",
      'protocol/ may import only types of prompts-schema/: write import type',
    ],
    ['protocol/a.ts', "import type { B } from '../prompts-schema/index.ts'", undefined],
    ['protocol/a.ts', "export type { B } from '../prompts-schema/index.ts'", undefined],
    [
      'protocol/a.ts',
      "import { type B } from '../prompts-schema/index.ts'",
      'protocol/ may import only types of prompts-schema/: write import type',
    ],
    ['engine/a.ts', "import { a } from '../test/support/a.ts'", 'engine/ imports test/support/a.ts, which is in no room'],
    ['test/engine/a.test.ts', "import { a } from '../../engine/a.ts'", undefined],
  ])('%s: %s', (file, text, message) => {
    expect(findings(roomImports, { [file]: text })).toEqual(message ? [`${file}:1 ${message}`] : []);
  });
});

describe('packageImports', () => {
  const manifest = JSON.stringify({
    dependencies: { openai: '1', yaml: '1', '@anthropic-ai/sdk': '1' },
    devDependencies: { esbuild: '1' },
  });
  it.each([
    ['engine/providers/a.ts', "import OpenAI from 'openai'", undefined],
    ['engine/run/a.ts', "import OpenAI from 'openai'", 'openai belongs to engine/providers'],
    ['engine/providersOther/a.ts', "import OpenAI from 'openai'", 'openai belongs to engine/providers'],
    ['cli/a.ts', "void import('@anthropic-ai/sdk/core')", '@anthropic-ai/sdk belongs to engine/providers'],
    ['extension/a.ts', "import * as vscode from 'vscode'", undefined],
    ['server/a.ts', "import type { Uri } from 'vscode'", 'vscode belongs to extension'],
    ['lint/a.ts', "import { parse } from 'yaml'", undefined],
    ['lint/a.ts', "import { build } from 'esbuild'", 'esbuild is not among the dependencies of package.json'],
    ['lint/a.ts', "import fs from 'node:fs'", 'lint/ is pure and may not import node:fs'],
    ['lint/a.ts', "import fs from 'fs/promises'", 'lint/ is pure and may not import node:fs/promises'],
    ['workspace/a.ts', "import fs from 'node:fs'", undefined],
    ['workspace/a.ts', "import http from 'node:http'", 'node:http opens the network: only engine/, sandbox/serve.ts may import it'],
    ['engine/a.ts', "import http from 'node:http'", undefined],
    ['sandbox/serve.ts', "import http from 'node:http'", undefined],
    ['sandbox/answer.ts', "import http from 'http'", 'node:http opens the network: only engine/, sandbox/serve.ts may import it'],
    ['scripts/a.ts', "import { build } from 'esbuild'", undefined],
  ])('%s: %s', (file, text, message) => {
    expect(findings(packageImports, { [file]: text, 'package.json': manifest })).toEqual(message ? [`${file}:1 ${message}`] : []);
  });
});

describe('networkGlobals', () => {
  it.each([
    ['extension/a.ts', 'await fetch(url)', 'fetch'],
    ['webview/a.tsx', 'const get = fetch;', 'fetch'],
    ['cli/a.ts', 'globalThis.fetch(url)', 'fetch'],
    ['server/a.ts', 'new WebSocket(url)', 'WebSocket'],
    ['webview/a.ts', 'navigator.sendBeacon(url)', 'sendBeacon'],
    ['engine/a.ts', 'await fetch(url)', undefined],
    ['sandbox/serve.ts', 'await fetch(url)', undefined],
    ['test/a.test.ts', 'await fetch(url)', undefined],
    ['lint/a.ts', '// fetch(url)', undefined],
    ['lint/a.ts', 'cache.fetch(key); prefetch(key); const text = "fetch(x)"', undefined],
    ['lint/a.ts', 'class A { async fetch(key: string) {} }', undefined],
  ])('%s: %s', (file, text, name) => {
    const message = `${file}:1 ${name} uses the network: only engine/, sandbox/serve.ts may`;
    expect(findings(networkGlobals, { [file]: text })).toEqual(name ? [message] : []);
  });
});

describe('gitPlaces', () => {
  const text = "import { execFile } from 'node:child_process';\nexecFile('git', ['log']);";
  it.each([
    ['engine/host/history.ts', true],
    ['cli/commands/a.ts', true],
    ['ledger/git/log.ts', true],
    ['ledger/gitHistory.ts', true],
    ['ledger/journal.ts', false],
    ['server/a.ts', false],
    ['extension/a.ts', false],
  ])('%s may start git: %s', (file, may) => {
    expect(findings(gitPlaces, { [file]: text })).toEqual(
      may ? [] : [`${file}:2 git is started only in engine/host, cli/ and the git files of ledger/`],
    );
  });

  it('lets others start other programs', () => {
    expect(findings(gitPlaces, { 'extension/a.ts': text.replace("'git'", "'node'") })).toEqual([]);
  });
});

describe('importCycles', () => {
  it('shows the way round', () => {
    const files = {
      'lint/a.ts': "import './b.ts'",
      'lint/b.ts': "\nexport * from './c.ts'",
      'lint/c.ts': "void import('./a.ts')",
      'lint/d.ts': "import './a.ts'",
    };
    expect(findings(importCycles, files)).toEqual(['lint/a.ts:1 import cycle: lint/a.ts → lint/b.ts → lint/c.ts → lint/a.ts']);
  });

  it('finds a file that imports itself', () => {
    expect(findings(importCycles, { 'lint/a.ts': "\nimport './a.ts'" })).toEqual(['lint/a.ts:2 import cycle: lint/a.ts → lint/a.ts']);
  });

  it('lets type imports and diamonds be', () => {
    const files = {
      'lint/a.ts': "import './b.ts';\nimport './c.ts'",
      'lint/b.ts': "import './d.ts';\nimport type { A } from './a.ts'",
      'lint/c.ts': "import './d.ts'",
      'lint/d.ts': '',
    };
    expect(findings(importCycles, files)).toEqual([]);
  });
});

describe('fileLength', () => {
  it.each([
    ['lint/a.ts', 500, undefined],
    ['lint/a.ts', 501, '501 lines; 500 is the most: make two files of it'],
    ['test/a.test.ts', 600, undefined],
    ['test/a.test.ts', 601, '601 lines; 600 is the most: make two files of it'],
    ['catalog/data/models.ts', 5000, undefined],
  ])('%s of %i lines', (file, lines, message) => {
    const expected = message ? [`${file}:${lines} ${message}`] : [];
    expect(findings(fileLength, { [file]: 'a;\n'.repeat(lines) })).toEqual(expected);
  });
});

describe('manifestIds', () => {
  const ids =
    "export const COMMANDS = {\n  run: 'evenkeel.run',\n} as const;\nexport const SETTINGS = { url: 'evenkeel.sandbox.url' } as const;\nexport const KEYS = { on: 'evenkeel.on' };";
  const manifest = {
    activationEvents: ['workspaceContains:evenkeel.yml'],
    contributes: {
      commands: [{ command: 'evenkeel.run', title: 'Run' }],
      menus: { 'editor/title': [{ command: 'evenkeel.run', when: '!evenkeel.on && resource =~ /evenkeel.yml/' }] },
      configuration: { properties: { 'evenkeel.sandbox.url': { type: 'string' } } },
      yamlValidation: [{ fileMatch: 'evenkeel.yml', url: './dist/schemas/evenkeel.config.json' }],
    },
  };
  const command = 'export const run = { id: COMMANDS.run, execute() {} };';
  const files = (more: { ids?: string; manifest?: object; command?: string } = {}) => ({
    'package.json': JSON.stringify({ ...manifest, ...more.manifest }, null, 1),
    'extension/ids.ts': more.ids ?? ids,
    'extension/commands/run.ts': more.command ?? command,
  });

  it('is silent when all fits', () => {
    expect(findings(manifestIds, files())).toEqual([]);
  });

  it.each<[string, Parameters<typeof files>[0], string]>([
    [
      'an id without its constant',
      { ids: ids.replace("on: 'evenkeel.on'", '') },
      'package.json:1 evenkeel.on has no constant in extension/ids.ts',
    ],
    [
      'a constant without its id',
      { ids: `${ids}\nconst more = 'evenkeel.more';` },
      'extension/ids.ts:6 evenkeel.more is not in package.json',
    ],
    ['a command that nobody registers', { command: '' }, 'extension/ids.ts:2 evenkeel.run is registered nowhere in extension/'],
    [
      'a command of a menu that is not declared',
      { manifest: { contributes: { ...manifest.contributes, commands: [] } } },
      'package.json:10 evenkeel.run is in a menu or key binding, but not in contributes.commands',
    ],
  ])('finds %s', (_, more, message) => {
    expect(findings(manifestIds, files(more))).toEqual([message]);
  });
});

describe('docPaths', () => {
  const there = { 'engine/index.ts': '', 'docs/rules/a.md': '', 'sandbox/serve.ts': '', 'scripts/run.mjs': '' };
  it.each([
    ['README.md', 'See [rules](docs/rules/a.md#top) and `engine/index.ts`, `engine/`.', undefined],
    ['README.md', 'See [rules](docs/rules/b.md).', 'docs/rules/b.md'],
    ['README.md', 'See ![picture](<docs/c.png>).', 'docs/c.png'],
    ['README.md', '`engine/gone.ts`', 'engine/gone.ts'],
    ['README.md', '`engine/gone`', 'engine/gone'],
    ['README.md', '`engine/index.ts:12`', undefined],
    ['docs/a.md', '[up](../engine/index.ts) [here](rules/a.md) `rules/a.md` `engine/index.ts`', undefined],
    ['docs/a.md', '[here](docs/rules/a.md)', 'docs/rules/a.md'],
    ['README.md', '[web](https://a.b/c) [mail](mailto:a@b.c) [top](#top)', undefined],
    ['README.md', '`sandbox/extractor` `sandbox/serve.ts` `anthropic/claude` `engine/*.ts` `engine/<name>.ts` `a / b`', undefined],
    ['README.md', '`dist/evenkeel.vsix` `.cache/node`', undefined],
    ['README.md', '```sh\ncat `engine/gone.ts` [x](y.md)\n```\n', undefined],
    ['docs/rules/a.md', 'See `engine/gone.ts`.', 'engine/gone.ts'],
  ])('%s: %j', (doc, text, missing) => {
    expect(findings(docPaths, { ...there, [doc]: text })).toEqual(missing ? [`${doc}:1 ${missing} does not exist`] : []);
  });
});

describe('testsRun', () => {
  it.each([
    ["it.only('a', () => {})", 'only'],
    ["describe.skip('a', () => {})", 'skip'],
    ["it.todo('a')", 'todo'],
    ["it.concurrent.skip('a')", 'skip'],
    ["it.each([1]).only('a')", 'only'],
    ["it.skipIf(process.platform === 'win32')('a')", undefined],
    ["it('.only', ({ skip }) => skip('no corpus'))", undefined],
    ["it('a', (context) => context.skip('no corpus'))", undefined],
    ['// it.only()', undefined],
  ])('%s', (text, word) => {
    expect(findings(testsRun, { 'test/a.test.ts': text })).toEqual(word ? [`test/a.test.ts:1 .${word} keeps tests from running`] : []);
  });
});
