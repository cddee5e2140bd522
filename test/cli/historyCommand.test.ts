import { describe, expect, it } from 'vitest';
import { showHistory } from '../../cli/commands/history.ts';
import type { HistoryEvent } from '../../protocol/index.ts';
import { liveRun } from './fakeLive.ts';
import { cliFolder } from './support.ts';

const PROMPT = 'name: A\nmessages:\n  - { role: user, content: "{{x}}" }\n';
const FILES = { 'evenkeel.yml': 'formatVersion: 1\n', 'a.prompt.yml': PROMPT };
const EVENTS: readonly HistoryEvent[] = [
  { kind: 'uncommitted', at: '2026-11-26T11:00:00Z', title: 'messages changed', detail: 'not committed yet' },
  { kind: 'deployment', at: '2026-11-20T08:51:00+02:00', title: 'production got 1.3.0', detail: 'deploy-bot' },
  { kind: 'release', at: '2026-11-12', title: '1.3.0', detail: 'tested with x/y' },
  { kind: 'edit', at: '2026-11-11T09:14:00Z', title: '1.3.0: shorter \u001b[31msummary', detail: 'Ada, 4f1c2ab' },
];

const shown = async (options = {}, events = EVENTS) => {
  using folder = cliFolder(FILES);
  const view = { promptId: 'a.prompt.yml', promptName: 'A', events: [...events], notes: ['The clone is shallow: git fetch --unshallow.'] };
  const run = liveRun(folder.path, { history: async () => view }, options);
  expect(await showHistory(['a.prompt.yml'], run.context)).toBe(0);
  const limit = Number((options as { readonly limit?: string }).limit ?? 50);
  expect(run.asked).toEqual([['history', { root: folder.path, promptId: 'a.prompt.yml', ...(limit === 0 ? {} : { limit }) }]]);
  return run;
};

describe('evenkeel history', () => {
  it('is a line an event, newest first, days and times in UTC', async () => {
    expect((await shown()).out()).toBe(
      [
        'A',
        '2026-11-26 11:00  not committed  messages changed                  not committed yet',
        '2026-11-20 06:51  deployed       production got 1.3.0              deploy-bot',
        '2026-11-12        release        1.3.0                             tested with x/y',
        '2026-11-11 09:14  edit           1.3.0: shorter \\u{1b}[31msummary  Ada, 4f1c2ab',
        'note: The clone is shallow: git fetch --unshallow.',
        '',
      ].join('\n'),
    );
  });

  it('shows so many as are asked for, and says how many more there are', async () => {
    const many = Array.from({ length: 120 }, () => EVENTS[1] as HistoryEvent);
    const count = async (options: Record<string, string>): Promise<readonly [number, boolean]> => {
      const text = (await shown(options, many)).out();
      return [text.split('production got').length - 1, text.includes('more: --limit 0 shows all')];
    };
    expect(await count({})).toEqual([50, true]);
    expect(await count({ limit: '3' })).toEqual([3, true]);
    expect(await count({ limit: '0' })).toEqual([120, false]);
  });

  it('--json prints events and notes', async () => {
    expect((await shown({ json: true })).json()).toEqual([
      ...EVENTS.map((event) => ({ type: 'event', promptId: 'a.prompt.yml', ...event })),
      { type: 'note', promptId: 'a.prompt.yml', message: 'The clone is shallow: git fetch --unshallow.' },
    ]);
  });

  it('is about one prompt', async () => {
    using folder = cliFolder({ ...FILES, 'b.prompt.yml': PROMPT });
    await expect(showHistory([], liveRun(folder.path, {}).context)).rejects.toThrow(
      /evenkeel history is about one prompt; here are a\.prompt\.yml, b\.prompt\.yml/,
    );
  });
});
