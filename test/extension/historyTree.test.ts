import { describe, expect, it } from 'vitest';
import { historyMessage, historyNodes, historyText } from '../../extension/history/historyNodes.ts';
import { LatestOnly } from '../../extension/history/latestOnly.ts';
import { pointChoices } from '../../extension/history/pointChoices.ts';
import { releaseItems } from '../../extension/history/releaseItems.ts';
import { workingChoices } from '../../extension/history/workingChoices.ts';
import { HistoryEvent, type HistoryView, type WorkingPoint } from '../../protocol/index.ts';

const NOW = new Date(2026, 10, 22, 12, 0);
const commit = (name: string) => ({ kind: 'commit' as const, commit: name });

const EVENTS: readonly HistoryEvent[] = [
  { kind: 'uncommitted', at: '2026-11-22', title: 'not committed', detail: 'messages', before: commit('b') },
  { kind: 'edit', at: '2026-11-20', title: 'shorter summary', detail: 'ada, 4f1c2ab · messages', point: commit('b'), before: commit('a') },
  { kind: 'release', at: '2026-11-19', title: '1.3.0', detail: 'tested with claude', point: { kind: 'release', version: '1.3.0' } },
  {
    kind: 'deployment',
    at: '2026-11-18',
    title: 'production got 1.3.0',
    detail: 'deploy-bot',
    point: { kind: 'environment', environment: 'production' },
  },
  { kind: 'eval', at: new Date(2026, 10, 22, 8, 51).toISOString(), title: '41 of 50 passed', detail: 'claude', runId: 'r' },
  { kind: 'review', at: '2026-11-10', title: 'accepted 3, rejected 1', detail: 'ada', comparisonId: 'c' },
  { kind: 'rename', at: '2026-11-09', title: 'renamed', detail: 'from old.prompt.yml', point: commit('a') },
];

const view = (more: Partial<HistoryView> = {}): HistoryView => ({
  promptId: 'triage.prompt.yml',
  promptName: 'Triage',
  events: [...EVENTS],
  notes: [],
  ...more,
});

describe('the history of a prompt', () => {
  it('has a line for each event, with an icon of its kind and whether there is a text to show', () => {
    const texts = historyNodes('/w', view()).map((node) => historyText(node, NOW));
    expect(texts.map(({ label, description, icon, contextValue }) => `${label} | ${description} | ${icon} ${contextValue}`)).toEqual([
      'not committed | today · messages | edit history.uncommitted',
      'shorter summary | 20 Nov 2026 · ada, 4f1c2ab · messages | git-commit history.edit.text',
      '1.3.0 | 19 Nov 2026 · tested with claude | tag history.release.text',
      'production got 1.3.0 | 18 Nov 2026 · deploy-bot | rocket history.deployment.text',
      '41 of 50 passed | today 08:51 · claude | beaker history.eval',
      'accepted 3, rejected 1 | 10 Nov 2026 · ada | git-compare history.review',
      'renamed | 9 Nov 2026 · from old.prompt.yml | file-symlink-file history.rename.text',
    ]);
    expect(texts[1]?.tooltip).toBe('shorter summary\nada, 4f1c2ab · messages\nedit, 20 Nov 2026');
  });

  it('has an icon for every kind that there is', () => {
    const icons = HistoryEvent.shape.kind.options.map((kind) => {
      const [node] = historyNodes('/w', view({ events: [{ kind, at: '2026-11-20', title: 't', detail: '' }] }));
      return node && historyText(node, NOW).icon;
    });
    expect(new Set(icons).size).toBe(HistoryEvent.shape.kind.options.length);
  });

  it('says whose it is and what is missing', () => {
    expect(historyMessage(view())).toBe('Triage · triage.prompt.yml');
    expect(historyMessage(view({ promptName: 'triage.prompt.yml', notes: ['The clone is shallow.', 'a\u202eb'], events: [] }))).toBe(
      'triage.prompt.yml\nNothing has happened to this prompt yet.\nThe clone is shallow.\na\\u{202e}b',
    );
  });

  it('shows what commits say as text', () => {
    const bad = '\u001b[31m$(x)\nb\u202e';
    const [node] = historyNodes('/w', view({ events: [{ kind: 'edit', at: bad, title: bad, detail: bad }] }));
    const text = node && historyText(node, NOW);
    for (const line of [text?.label, text?.description, ...(text?.tooltip.split('\n') ?? [])]) expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('what a prompt can be compared with', () => {
  it('is its releases, its environments, then its edits that have a text', () => {
    const environments = [{ label: 'production', description: '1.3.0', environment: 'production' }];
    expect(pointChoices(environments, EVENTS, NOW)).toEqual([
      { label: '1.3.0', description: '19 Nov 2026 · tested with claude', point: { kind: 'release', version: '1.3.0' }, group: 'Releases' },
      { label: 'production', description: '1.3.0', point: { kind: 'environment', environment: 'production' }, group: 'Environments' },
      { label: 'shorter summary', description: '20 Nov 2026 · ada, 4f1c2ab · messages', point: commit('b'), group: 'Edits' },
    ]);
  });

  it('is not endless, and puts no icon of its own into the list', () => {
    const many = Array.from({ length: 500 }, (_, at): HistoryEvent => {
      return { kind: 'edit', at: '2026-11-20', title: `$(trash) ${at}`, detail: '', point: commit(`${at}`) };
    });
    const choices = pointChoices([], many, NOW);
    expect([choices.length, choices[0]?.label]).toEqual([100, '$ (trash) 0']);
  });
});

it('when it worked: runs, releases, deployments, and a day to type', () => {
  const side = { kind: 'run' as const, run: 'r' };
  const points: readonly WorkingPoint[] = [
    { kind: 'run', at: '2026-11-12T09:14:00Z', label: 'run of 12 Nov 09:14 UTC', detail: '50 of 50 passed $(x)', side },
    { kind: 'release', at: '2026-11-03', label: 'release 1.3.0', detail: '', side },
    { kind: 'deployment', label: 'production 1.3.0', detail: 'claude', side },
  ];
  const choices = workingChoices(points, NOW);
  expect(choices.map(({ label, description }) => `${label} | ${description}`)).toEqual([
    '$(pass) run of 12 Nov 09:14 UTC | 50 of 50 passed $ (x)',
    '$(tag) release 1.3.0 | 3 Nov 2026',
    '$(rocket) production 1.3.0 | claude',
    '$(calendar) A date… | what was there at the end of a day',
  ]);
  expect(choices.map(({ point }) => point?.side)).toEqual([side, side, side, undefined]);
});

it('the versions that a release could get, each with what such a step means', () => {
  const items = releaseItems({
    choices: [
      { bump: 'asWritten', version: '1.4.0' },
      { bump: 'patch', version: '1.3.1' },
      { bump: { version: '9.0.0' }, version: '9.0.0' },
    ],
  });
  expect(items.map(({ label, description }) => `${label} ${description}`.trim())).toEqual([
    '1.4.0 as the file says',
    '1.3.1 patch: the answers keep their meaning and their form',
    '9.0.0',
  ]);
});

it('of look-ups under way the last counts', () => {
  const looks = new LatestOnly();
  const first = looks.begin();
  const second = looks.begin();
  expect([first(), second()]).toEqual([false, true]);
  looks.stop();
  expect(second()).toBe(false);
});
