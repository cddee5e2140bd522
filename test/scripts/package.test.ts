import { expect, it } from 'vitest';
import { filesNamedIn } from '../../scripts/package.ts';
import { thirdPartyNotices } from '../../scripts/thirdPartyNotices.ts';

it('takes the files that the manifest names into the package', () => {
  const there = ['extension/media/icon.svg', 'docs/first.md', 'package.json'];
  const manifest = {
    icon: 'extension/media/icon.svg',
    contributes: {
      walkthroughs: [{ steps: [{ media: { markdown: './docs/first.md' }, description: 'See docs/first.md' }] }],
      yamlValidation: [{ fileMatch: '*.prompt.yml', url: './dist/schemas/gone.json' }],
      commands: [{ command: 'evenkeel.run', title: 'Run', icon: '$(play)' }],
      outside: '../package.json',
    },
  };
  expect(filesNamedIn(manifest, (file) => there.includes(file) || file.startsWith('..'))).toEqual([
    'docs/first.md',
    'extension/media/icon.svg',
  ]);
});

it('names every package of which something is in a bundle, with its licence', () => {
  const input = (bytesInOutput: number) => ({ bytesInOutput });
  const inputs = { 'node_modules/zod/index.js': input(10), 'node_modules/yaml/dist/a.js': input(0), 'server/main.ts': input(5) };
  const output = { bytes: 15, inputs, imports: [], exports: [] };
  const notices = thirdPartyNotices([{ inputs: {}, outputs: { 'dist/server.cjs': output } }], { icons: true });
  expect(notices.match(/^\S+ \d+\.\d+\.\d+, licence \S+$/gm)).toEqual([
    expect.stringMatching(/^@vscode\/codicons .* licence CC-BY-4\.0$/),
    expect.stringMatching(/^zod .* licence MIT$/),
  ]);
  expect(notices).toContain('Permission is hereby granted, free of charge');
});
