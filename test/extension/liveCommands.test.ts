import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compareDeployed } from '../../extension/commands/compareDeployed.ts';
import { compareRelease } from '../../extension/commands/compareRelease.ts';
import { evaluateAgainst } from '../../extension/commands/evaluateAgainst.ts';
import { refreshDeployments } from '../../extension/commands/refreshDeployments.ts';
import { release } from '../../extension/commands/release.ts';
import { repairLock } from '../../extension/commands/repairLock.ts';
import { setDeploymentKey } from '../../extension/commands/setDeploymentKey.ts';
import { showChange } from '../../extension/commands/showChange.ts';
import { showHistory } from '../../extension/commands/showHistory.ts';
import { sinceItWorked } from '../../extension/commands/sinceItWorked.ts';
import { PromptDocuments } from '../../extension/deployments/promptDocuments.ts';
import { readPointAddress } from '../../extension/deployments/promptPointAddress.ts';
import type { Command, Services } from '../../extension/services.ts';
import type { HistoryEvent, PromptPoint } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import * as fake from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));
beforeEach(fake.reset);

const URI = 'file:///w/p/triage.prompt.yml';
const PLACE = { root: '/w', promptId: 'p/triage.prompt.yml' };
const ENVIRONMENTS = [
  { environment: 'production', source: 'git' as const },
  { environment: 'canary', source: 'http' as const },
];

describe('compare with what is deployed', () => {
  it('opens the native diff with a title that says both sides', async () => {
    const world = open();
    await world.run(compareDeployed, { uri: URI, environment: 'production' });
    expect(world.diffs()).toEqual([
      ['triage.prompt.yml: production 1.3.0 ↔ working copy', { kind: 'environment', environment: 'production' }, URI],
    ]);
  });

  it('takes a row of the tree without asking the language server', async () => {
    const world = open();
    await world.run(compareDeployed, { kind: 'prompt', ...PLACE, environment: 'canary', prompt: {} });
    expect(world.diffs()[0]?.slice(1)).toEqual([{ kind: 'environment', environment: 'canary' }, URI]);
    expect(world.asked).not.toContain('promptInputs');
  });

  it('asks which of several; leaving does nothing', async () => {
    const world = open();
    fake.state.picks.push('canary', undefined);
    await world.run(compareDeployed, { uri: URI });
    await world.run(compareDeployed, { uri: URI });
    expect(fake.state.offered).toEqual([
      ['production', 'canary'],
      ['production', 'canary'],
    ]);
    expect(world.diffs().map(([, point]) => point)).toEqual([{ kind: 'environment', environment: 'canary' }]);
  });

  it('does not ask where there is one, and says what to write where there is none', async () => {
    await open({ environments: ENVIRONMENTS.slice(0, 1) }).run(compareDeployed, { uri: URI });
    expect(fake.state.offered).toEqual([]);
    await expect(open({ environments: [] }).run(compareDeployed, { uri: URI })).rejects.toThrow(/`environments:`.*docs\/deployments\.md/);
  });

  it('offers the other files of the prompt that differ as well, line ends aside', async () => {
    const production = [
      { name: 's.json', text: '{}\n' },
      { name: '../_style.prompt', text: 'Be short.' },
    ];
    const world = open({ files: { production } });
    await world.run(compareDeployed, { uri: URI, environment: 'production' });
    expect(world.diffs()).toHaveLength(1);
    expect(fake.state.shown).toEqual(['../_style.prompt differs as well.']);
    fake.state.pressed = 'Show All';
    await world.run(compareDeployed, { uri: URI, environment: 'production' });
    await vi.waitFor(() => expect(world.changes()).toHaveLength(1));
    expect(world.changes()).toEqual([
      ['triage.prompt.yml: production 1.3.0 ↔ working copy', [URI, 'evenkeel-prompt:///nothing/_style.prompt']],
    ]);
    const shown = fake.Uri.from({
      scheme: 'evenkeel-prompt',
      path: '/x/_style.prompt',
      query: JSON.stringify({ ...PLACE, point: { kind: 'environment', environment: 'production' }, file: '../_style.prompt' }),
    });
    expect(await world.documents.provideTextDocumentContent(shown as never)).toBe('Be short.');
  });

  it('opens those where the own file is the same', async () => {
    const world = open({ same: 'production', files: { production: [{ name: 's.json', text: '[]' }] } });
    await world.run(compareDeployed, { uri: URI, environment: 'production' });
    expect(world.diffs().map(([title, , right]) => [title, right])).toEqual([
      ['s.json: production 1.3.0 ↔ working copy', 'file:///w/p/s.json'],
    ]);
    expect(fake.state.shown).toEqual([]);
  });

  it('what the engine cannot find is said to the person, not inside a diff', async () => {
    const world = open({ failure: new UserError('usage', 'The text of 1.2.0 is in no commit of this clone.') });
    await expect(world.run(compareDeployed, { uri: URI, environment: 'canary' })).rejects.toThrow('in no commit');
    expect(world.diffs()).toEqual([]);
  });
});

describe('the prompt that a command is about', () => {
  it('is the file where a document shows it as it was', async () => {
    const query = JSON.stringify({ ...PLACE, point: { kind: 'commit', commit: 'a' } });
    const shown = fake.Uri.from({ scheme: 'evenkeel-prompt', path: '/a/triage.prompt.yml', query });
    const world = open();
    fake.state.picks.push('canary', 'canary');
    await world.run(compareDeployed, shown);
    fake.activate(new fake.Document(shown, 'text'));
    await world.run(compareDeployed);
    expect(world.diffs().map(([, , right]) => right)).toEqual([URI, URI]);
    expect(world.inputsOf).toEqual([URI, URI]);
  });

  it('is the one whose history is seen, where no prompt is in the active editor', async () => {
    const world = open({ seen: 'file:///w/seen.prompt.yml' });
    await world.run(showHistory);
    fake.activate(new fake.Document(fake.Uri.parse('file:///w/readme.md'), ''));
    await world.run(showHistory);
    await world.run(showHistory, { kind: 'prompt', root: '/w', promptId: 'row.prompt.yml', environment: 'production' });
    expect(world.asked.filter((one) => one.startsWith('history'))).toEqual([
      `history of ${URI}`,
      'history of file:///w/seen.prompt.yml',
      'history of file:///w/row.prompt.yml',
    ]);
  });
});

describe('compare with a release', () => {
  it('offers releases, environments and edits under their heads', async () => {
    const world = open();
    fake.state.picks.push('1.3.0');
    await world.run(compareRelease, { uri: URI });
    expect(fake.state.offered).toEqual([['Releases', '1.3.0', 'Environments', 'production', 'canary', 'Edits', 'shorter']]);
    expect(world.diffs().map(([title, point]) => [title, point])).toEqual([
      ['triage.prompt.yml: 1.3.0 ↔ working copy', { kind: 'release', version: '1.3.0' }],
    ]);
  });

  it('takes a row of the history as it is', async () => {
    const world = open();
    await world.run(compareRelease, { ...PLACE, event: EVENTS[0] });
    expect(fake.state.offered).toEqual([]);
    expect(world.diffs().map(([, point]) => point)).toEqual([commit('b')]);
  });
});

describe('evaluate against what is deployed', () => {
  it.each<[string, string]>([
    ['Quick', 'quick'],
    ['Drift review', 'review'],
  ])('%s: the panel plans and asks', async (label, kind) => {
    const world = open();
    fake.state.picks.push(label);
    await world.run(evaluateAgainst, { uri: URI, environment: 'production' });
    expect(world.compared).toEqual([{ kind, baseline: { kind: 'environment', environment: 'production' } }]);
    expect(world.asked).toContain('show panel');
  });

  it('compares nothing when the person leaves', async () => {
    const world = open();
    fake.state.picks.push(undefined);
    await world.run(evaluateAgainst, { uri: URI, environment: 'production' });
    expect([world.compared, world.asked.includes('show panel')]).toEqual([[], false]);
  });
});

describe('what changed since it last worked', () => {
  const green = { kind: 'run', label: 'run of 12 Nov', detail: '50 of 50', side: { kind: 'run', run: 'r1' } };

  it('a green run against what there is now', async () => {
    const world = open({ points: [green] });
    fake.state.picks.push('$(pass) run of 12 Nov');
    await world.run(sinceItWorked, { uri: URI });
    expect(world.compared).toEqual([{ kind: 'quick', baseline: { kind: 'run', run: 'r1' }, candidate: { kind: 'run', run: 'now' } }]);
  });

  it('a day, of which something or nothing is known', async () => {
    const world = open({ points: [], chosen: green });
    fake.state.picks.push('$(calendar) A date…', '$(calendar) A date…');
    fake.state.inputs.push(' 2026-11-12 ', undefined);
    await world.run(sinceItWorked, { uri: URI });
    await world.run(sinceItWorked, { uri: URI });
    expect(world.compared).toHaveLength(1);
    expect(world.requests.filter(([method]) => method === 'workingPoints').map(([, params]) => params)).toMatchObject([
      PLACE,
      { ...PLACE, since: '2026-11-12' },
      PLACE,
    ]);
    const nothing = open({ points: [] });
    fake.state.picks.push('$(calendar) A date…');
    fake.state.inputs.push('2020-01-01');
    await expect(nothing.run(sinceItWorked, { uri: URI })).rejects.toThrow('Nothing is known of this prompt on 2020-01-01');
  });

  it('what is not saved counts', async () => {
    const world = open({ points: [] });
    fake.edit(world.document, 'edited');
    await world.run(sinceItWorked, { uri: URI });
    expect(world.requests[0]?.[1]).toEqual({ ...PLACE, text: 'edited' });
  });
});

describe('release', () => {
  it('saves, releases what was picked, and says what was done', async () => {
    const world = open();
    fake.edit(world.document, 'edited');
    fake.state.picks.push('1.4.0');
    await world.run(release, { uri: URI });
    expect(world.document.isDirty).toBe(false);
    expect(world.requests).toEqual([['release', { ...PLACE, bump: 'minor' }]]);
    expect([fake.state.shown, world.asked.includes('happened')]).toEqual([['done'], true]);
  });

  it('a quick fix says which, and nothing is asked', async () => {
    const world = open();
    await world.run(release, { uri: URI, bump: 'major' });
    expect([world.requests, fake.state.offered]).toEqual([[['release', { ...PLACE, bump: 'major' }]], []]);
  });

  it('nothing is saved or released when the person leaves, nor released what could not be saved', async () => {
    const world = open();
    fake.edit(world.document, 'edited');
    fake.state.picks.push(undefined);
    await world.run(release, { uri: URI });
    expect([world.document.isDirty, world.requests]).toEqual([true, []]);
    world.document.saves = false;
    await expect(world.run(release, { uri: URI, bump: 'patch' })).rejects.toThrow('could not be saved');
    expect(world.requests).toEqual([]);
  });

  it('a lock file is repaired, and what could not be kept is said', async () => {
    const world = open();
    await world.run(repairLock, { uri: URI });
    expect([world.requests, fake.state.shown]).toEqual([[['repairLock', PLACE]], ['done']]);
  });

  it('the lock file that is open is the one that is repaired, whatever history is seen', async () => {
    const world = open({ seen: 'file:///w/seen.prompt.yml' });
    fake.activate(new fake.Document(fake.Uri.parse(`${URI}.lock`), ''));
    await world.run(repairLock);
    fake.activate(new fake.Document(fake.Uri.parse('file:///w/yarn.lock'), ''));
    await world.run(repairLock);
    expect(world.inputsOf).toEqual([URI, 'file:///w/seen.prompt.yml']);
  });
});

describe('refresh and keys', () => {
  it('a person has everything asked again; what goes wrong is thrown, to be shown once', async () => {
    const world = open();
    await world.run(refreshDeployments);
    expect(world.asked).toContain('look all');
    await expect(open({ environments: [] }).run(refreshDeployments)).rejects.toThrow('`environments:`');
  });

  it('in a folder that is not trusted it leads to the page of trust', async () => {
    fake.workspace.isTrusted = false;
    const world = open();
    await world.run(refreshDeployments);
    expect([fake.state.executed, world.asked]).toEqual([[['workbench.trust.manage']], []]);
  });

  it('a key is asked for what the engine needs of this environment, then it looks again', async () => {
    const world = open();
    await world.run(setDeploymentKey, { root: '/w', environment: 'canary' });
    expect(world.requests).toEqual([['deploymentKeys', { root: '/w', environments: ['canary'] }]]);
    expect(world.asked).toEqual(expect.arrayContaining(['keys environment:canary', 'look all']));
  });
});

describe('an entry of the history', () => {
  it.each<[string, Partial<HistoryEvent>, string]>([
    ['an edit as the change that it was', { point: commit('b'), before: commit('a') }, 'triage.prompt.yml: a ↔ b'],
    ['the first commit', { point: commit('a') }, 'triage.prompt.yml: nothing ↔ a'],
    ['what is not committed', { kind: 'uncommitted', before: commit('b') }, 'triage.prompt.yml: b ↔ working copy'],
    ['a deployment without one before it', { kind: 'deployment', point: commit('b') }, 'triage.prompt.yml: b ↔ working copy'],
    ['a release against the one before it', { kind: 'release', point: commit('b'), before: commit('a') }, 'triage.prompt.yml: a ↔ b'],
  ])('%s', async (_, event, title) => {
    const world = open();
    await world.run(showChange, { ...PLACE, event: { ...EVENTS[0], point: undefined, before: undefined, ...event } });
    expect(world.diffs().map(([shown]) => shown)).toEqual([title]);
  });

  it('an eval in the panel of evals, a review in the panel of drift', async () => {
    const world = open();
    await world.run(showChange, { ...PLACE, event: { ...EVENTS[0], kind: 'eval', runId: 'r1' } });
    await world.run(showChange, { ...PLACE, event: { ...EVENTS[0], kind: 'review', comparisonId: 'c1' } });
    expect(world.asked).toEqual(['show evals', 'run r1', 'show panel', 'comparison c1']);
    expect(world.diffs()).toEqual([]);
  });

  it('without anything to show it says so', async () => {
    const event = { kind: 'deployment', at: '', title: 'gone', detail: '' };
    await expect(open().run(showChange, { ...PLACE, event })).rejects.toThrow('Of “gone” no text is kept');
    await expect(open().run(showChange, 'nonsense')).rejects.toThrow('Prompt History');
  });
});

describe('documents of a prompt at a point', () => {
  it('are asked for once to be opened, and again when they are opened later', async () => {
    const world = open();
    await world.documents.compareWithFile(PLACE, commit('b'));
    const [left] = world.shownUris();
    if (!left) throw new Error('nothing was opened');
    expect(await world.documents.provideTextDocumentContent(left as never)).toBe('text of b');
    expect(world.requests).toHaveLength(1);
    expect(await world.documents.provideTextDocumentContent(left as never)).toBe('text of b');
    expect(world.requests).toHaveLength(2);
    expect(left.path).toBe('/b/triage.prompt.yml');
  });

  it('that cannot be had say why; an address that names none is empty', async () => {
    const world = open({ failure: new UserError('usage', 'It is gone.') });
    const uri = fake.Uri.from({ scheme: 'evenkeel-prompt', path: '/x', query: JSON.stringify({ ...PLACE, point: commit('b') }) });
    expect(await world.documents.provideTextDocumentContent(uri as never)).toContain('It is gone.');
    const none = fake.Uri.from({ scheme: 'evenkeel-prompt', path: '/x', query: '{' });
    expect(await world.documents.provideTextDocumentContent(none as never)).toBe('');
  });

  it('of environments and releases are asked for again when these may be others, commits are what they were', async () => {
    const world = open();
    const points: readonly PromptPoint[] = [
      commit('b'),
      { kind: 'environment', environment: 'production' },
      { kind: 'release', version: '1' },
    ];
    for (const point of points) await world.documents.compareWithFile(PLACE, point);
    fake.workspace.textDocuments = world.shownUris().map((uri) => new fake.Document(uri, ''));
    const changed: unknown[] = [];
    world.documents.onDidChange((uri) => changed.push(readPointAddress(uri.query)?.point.kind));
    world.documents.refresh();
    expect(changed).toEqual(['environment', 'release']);
  });
});

function commit(name: string): PromptPoint {
  return { kind: 'commit', commit: name };
}

const EVENTS: readonly HistoryEvent[] = [
  { kind: 'edit', at: '2026-11-20', title: 'shorter', detail: 'ada', point: { kind: 'commit', commit: 'b' } },
  { kind: 'release', at: '2026-11-19', title: '1.3.0', detail: '', point: { kind: 'release', version: '1.3.0' } },
];

interface Given {
  readonly environments?: typeof ENVIRONMENTS;
  readonly failure?: Error;
  readonly points?: readonly object[];
  readonly chosen?: object;
  /** Other files of the prompt by point, and the point at which its own file is as it is now. */
  readonly files?: Readonly<Record<string, readonly { readonly name: string; readonly text: string }[]>>;
  readonly same?: string;
  /** The prompt whose history is seen. */
  readonly seen?: string;
}

/** The services of a window in which `triage.prompt.yml` is open, as fakes that record what they are asked. */
function open({ environments = ENVIRONMENTS, failure, points = [], chosen, seen, files = {}, same }: Given = {}) {
  const requests: [string, unknown][] = [];
  const asked: string[] = [];
  const compared: unknown[] = [];
  const inputsOf: string[] = [];
  const document = new fake.Document(fake.Uri.parse(URI), 'text');
  const schema = new fake.Document(fake.Uri.parse('file:///w/p/s.json'), '{}\r\n');
  fake.workspace.textDocuments = [document, schema];
  fake.activate(document);
  const titles = { commit: 'commit', environment: 'environment', release: 'version', run: 'runId' } as const;
  const answers: Readonly<Record<string, (params: { readonly point: Record<string, string> }) => unknown>> = {
    promptAt: ({ point }) => {
      const name = point[titles[point.kind as keyof typeof titles]];
      return {
        title: name === 'production' ? '1.3.0 (production)' : name,
        path: 'old/triage.prompt.yml',
        text: name === same ? 'text' : `text of ${name}`,
        files: files[name ?? ''] ?? [],
      };
    },
    history: () => ({ ...PLACE, promptName: 'Triage', events: EVENTS, notes: [] }),
    workingPoints: () => ({ points, candidate: { kind: 'run', run: 'now' }, ...(chosen ? { chosen } : {}) }),
    release: () => ({ message: 'done' }),
    repairLock: () => ({ message: 'done' }),
    deploymentKeys: () => [
      { provider: 'environment:canary', origin: 'https://app.example', isDefaultOrigin: false, envName: 'T', required: true },
    ],
  };
  const request = async (method: string, params: never): Promise<never> => {
    requests.push([method, params]);
    if (failure) throw failure;
    return answers[method]?.(params) as never;
  };
  const documents = new PromptDocuments({ promptAt: (params) => request('promptAt', params as never), report: () => {} });
  const session = {
    compare: async (comparing: unknown) => void compared.push(comparing),
    show: async (id: string) => void asked.push(`comparison ${id}`),
  };
  const services = {
    server: {
      promptInputs: async (uri: string) => {
        asked.push('promptInputs');
        inputsOf.push(uri);
        return { ...PLACE, promptName: 'Triage', inputs: [] };
      },
      environments: async () => (environments.length ? [{ root: '/w', environments }] : []),
      releaseChoices: async () => ({
        ...PLACE,
        promptName: 'Triage',
        choices: [
          { bump: 'patch', version: '1.3.1' },
          { bump: 'minor', version: '1.4.0' },
        ],
      }),
    },
    engine: { request },
    keys: {
      ask: async (needs: readonly { readonly provider: string }[]) => {
        asked.push(`keys ${needs.map(({ provider }) => provider).join(' ')}`);
        return true;
      },
    },
    sessions: { of: async () => ({ show: async (id: string) => void asked.push(`run ${id}`) }) },
    panels: { show: () => void asked.push('show evals') },
    drift: { drifts: { of: async () => session }, panels: { show: () => void asked.push('show panel') } },
    live: {
      documents,
      history: { seen, show: async (uri: string) => void asked.push(`history of ${uri}`) },
      viewId: 'evenkeel.deployments',
      happened: () => void asked.push('happened'),
      refresher: {
        roots: environments.length ? [{ root: '/w', environments, view: undefined, problem: undefined }] : [],
        refresh: async (look: string) => void asked.push(`look ${look}`),
      },
    },
  };
  const run = async (make: (services: Services) => Command, argument?: unknown): Promise<void> => {
    await make(services as unknown as Services).execute(argument);
  };
  /** Diffs that were opened: title, the point on the left, the address on the right. */
  const diffs = () =>
    fake.state.executed
      .filter(([command]) => command === 'vscode.diff')
      .map(([, left, right, title]) => [title, readPointAddress((left as fake.Uri).query)?.point, String(right)] as const);
  /** Files that were opened together: title, the addresses on the right. */
  const changes = () =>
    fake.state.executed
      .filter(([command]) => command === 'vscode.changes')
      .map(([, title, files]) => [title, (files as (readonly fake.Uri[])[]).map(([, , right]) => String(right))]);
  const shownUris = () => fake.state.executed.map(([, left]) => left as fake.Uri);
  return { run, requests, asked, inputsOf, compared, document, documents, diffs, changes, shownUris };
}
