import { describe, expect, it, vi } from 'vitest';
import { openServer, PATIENT, type TestServer } from './support/client.ts';

const PROMPT =
  '---\nmodel: sandbox/extractor-2026-05\ninput:\n  schema:\n    topic: string\nevenkeel.evaluators:\n  - { name: filled, notEmpty: true }\n---\n{{> style}}\n';
/** `topic` is read three files away. */
const FILES = {
  'p/a.prompt': PROMPT,
  'p/_style.prompt': 'Be kind.\n{{> tone}}\n',
  '_tone.prompt': '{{> word}}\n',
  '_word.prompt': 'On {{topic}}.\n',
};

const codes = async (server: TestServer, file: string): Promise<readonly string[]> =>
  (await server.diagnostics(file)).map(({ code, range: { start } }) => `${start.line + 1}:${start.character} ${String(code)}`);

describe('a prompt that puts in a partial that puts in others', () => {
  it('is checked again when the innermost is edited, before it is saved', async () => {
    await using server = await openServer({ files: FILES });
    await server.open('p/a.prompt');
    await server.open('_word.prompt');
    expect(await codes(server, 'p/a.prompt')).toEqual([]);
    const asked = server.refreshes.diagnostics;
    await server.change('_word.prompt', 'On nothing.\n');
    await vi.waitFor(() => expect(server.refreshes.diagnostics).toBeGreaterThan(asked), PATIENT);
    expect(await codes(server, 'p/a.prompt')).toEqual(['5:4 template.unused-variable']);
    await server.change('_word.prompt', 'On {{topic}} again.\n');
    expect(await codes(server, 'p/a.prompt')).toEqual([]);
    expect(server.failures).toEqual([]);
  });

  it('is checked again when one of them changes, comes or goes on disk', async () => {
    await using server = await openServer({ files: FILES });
    await server.open('p/a.prompt');
    expect(await codes(server, 'p/a.prompt')).toEqual([]);
    const changed = async (file: string, text: string): Promise<readonly string[]> => {
      const asked = server.refreshes.diagnostics;
      await server.write(file, text);
      await server.watched(file);
      await vi.waitFor(() => expect(server.refreshes.diagnostics).toBeGreaterThan(asked), PATIENT);
      return codes(server, 'p/a.prompt');
    };
    expect(await changed('_word.prompt', 'On nothing.\n')).toEqual(['5:4 template.unused-variable']);
    expect(await changed('p/_word.prompt', 'Nearer: {{topic}}.\n')).toEqual([]);
    expect(await changed('_tone.prompt', 'Now with {{> mood}} and {{topic}}.\n')).toEqual(['9:0 reference.missing-file']);
    const [missing] = await server.diagnostics('p/a.prompt');
    expect(missing?.message).toMatch(/^_tone\.prompt puts in `mood`\. No file _mood\.prompt is in the folder of this prompt or above it\./);
    expect(await changed('p/_mood.prompt', 'calm')).toEqual([]);
  });

  it('is told to look again when it is closed', async () => {
    await using server = await openServer({ files: FILES });
    const first = await server.workspaceReport();
    expect(first.told).toEqual(['_tone.prompt: clean', '_word.prompt: clean', 'p/_style.prompt: clean', 'p/a.prompt: clean']);
    const next = server.workspaceReport(first.ids);
    await server.write('_word.prompt', 'On nothing.\n');
    await server.watched('_word.prompt');
    expect((await next).told).toContain('p/a.prompt: template.unused-variable');
  });
});

describe('the file of a partial', () => {
  const BROKEN = '{{#if premium}}\nKey: AKIAQ7RZM2XVK4TWLP3J\n{{#unles done}}Go on.{{/unles}}\n';
  const FOUND = ['1:0 template.unclosed-tag', '2:5 security.secret', '3:3 template.unknown-helper'];

  it('is checked where it is open, by the rules that need no prompt', async () => {
    await using server = await openServer({ files: { '_style.prompt': BROKEN } });
    await server.open('_style.prompt');
    expect(await codes(server, '_style.prompt')).toEqual(FOUND);
    await server.change('_style.prompt', '{{role "system"}}Be kind to {{name}}.\n{{> tone}}\n');
    expect(await codes(server, '_style.prompt')).toEqual([]);
    await server.change('_style.prompt', '{{role "systm"}}\n');
    expect(await codes(server, '_style.prompt')).toEqual(['1:8 schema.wrong-value']);
    await server.change(
      '_style.prompt',
      '{{! evenkeel-disable-next-line template.unknown-helper -- ours }}\n{{shout name}}\n{{shout name}}\n',
    );
    expect(await codes(server, '_style.prompt')).toEqual(['3:2 template.unknown-helper']);
    expect(server.failures).toEqual([]);
  });

  it('has the fixes of its own findings', async () => {
    await using server = await openServer({ files: { '_style.prompt': '{{#unles done}}Go on.{{/unles}}\n' } });
    await server.open('_style.prompt');
    expect((await server.codeActions('_style.prompt')).map(({ title }) => title)).toEqual([
      'Change to `unless`',
      'Disable template.unknown-helper for this line',
    ]);
    expect(await server.fix('_style.prompt', 'Disable template.unknown-helper for this line')).toEqual({
      '_style.prompt': '{{! evenkeel-disable-next-line template.unknown-helper -- }}\n{{#unles done}}Go on.{{/unles}}\n',
    });
  });

  it('is checked where it is closed, unless evenkeel.yml leaves it out', async () => {
    await using server = await openServer({
      files: { 'p/_a.prompt': BROKEN, 'old/_b.prompt': BROKEN, 'evenkeel.yml': 'formatVersion: 1\nprompts: { exclude: [old/] }\n' },
    });
    const { told } = await server.workspaceReport();
    expect(told).toEqual(['evenkeel.yml: clean', 'p/_a.prompt: template.unclosed-tag security.secret template.unknown-helper']);
  });

  it('takes the severities of evenkeel.yml', async () => {
    await using server = await openServer({
      files: { '_a.prompt': BROKEN, 'evenkeel.yml': 'formatVersion: 1\nrules: { security.secret: off, template.unclosed-tag: off }\n' },
    });
    await server.open('_a.prompt');
    expect(await codes(server, '_a.prompt')).toEqual(['3:3 template.unknown-helper']);
  });
});
