import { describe, expect, it, vi } from 'vitest';
import { openServer, PATIENT, TODAY } from './support/client.ts';

const PROMPT = 'name: A\nmodel: openai/gpt-¦77\nmessages:\n  - role: user\n    content: hi\n';
const ANSWERS = {
  formatVersion: 1,
  platform: 'openai',
  asOf: TODAY,
  source: 'https://api.openai.com/v1/models',
  models: [{ id: 'gpt-77', retiresOn: '2026-12-02' }],
};

describe('what providers told of their models', () => {
  it('counts in findings, hovers and completions, and findings are asked for again once it is read', async () => {
    await using server = await openServer({
      files: { 'a.prompt.yml': PROMPT, 'own/models/openai.json': JSON.stringify(ANSWERS) },
      userData: 'own',
    });
    await server.open('a.prompt.yml');
    await server.diagnostics('a.prompt.yml');
    await vi.waitFor(() => expect(server.refreshes.diagnostics).toBeGreaterThan(0), PATIENT);
    const codes = (await server.diagnostics('a.prompt.yml')).map(({ code }) => code);
    expect(codes).toContain('model.deprecated');
    expect(codes).not.toContain('model.unknown');
    const hover = (await server.hoverText('a.prompt.yml')).replaceAll('\\', '');
    expect(hover).toContain('Shuts down on 2 December 2026, in 10 days.');
    expect(hover).toContain('As of 22 Nov 2026, api.openai.com.');
    expect((await server.completions('a.prompt.yml')).map(({ label }) => label)).toContain('openai/gpt-77');
  });

  it('that is damaged is as good as none', async () => {
    await using server = await openServer({
      files: { 'a.prompt.yml': PROMPT, 'own/models/openai.json': '{"formatVersion":1,"models":[' },
      userData: 'own',
    });
    await server.open('a.prompt.yml');
    expect((await server.diagnostics('a.prompt.yml')).map(({ code }) => code)).toContain('model.unknown');
    expect(server.failures).toEqual([]);
  });
});
