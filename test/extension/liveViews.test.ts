import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeployedDecorations } from '../../extension/deployments/deployedDecorations.ts';
import { HistoryTree } from '../../extension/history/historyTree.ts';
import { DEFAULT_SETTINGS, type HistoryView } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import * as fake from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));
beforeEach(() => {
  fake.reset();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const VIEW = 'evenkeel.history';
const prompt = (name: string, text = 'a\nb\nc') => new fake.Document(fake.Uri.parse(`file:///w/${name}.prompt.yml`), text);
const nameOf = (uri: string) => uri.slice('file:///w/'.length);

/** What was begun comes to its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('the view of a prompt’s history', () => {
  function open({ trusted = true }: { readonly trusted?: boolean } = {}) {
    const asked: string[] = [];
    const reported: unknown[] = [];
    const state: { failure?: Error; answer?: Promise<HistoryView> | undefined } = {};
    const tree = new HistoryTree({
      inputs: async (uri) => ({ root: '/w', promptId: nameOf(uri), promptName: 'Triage', inputs: [] }),
      history: async ({ promptId }) => {
        asked.push(promptId);
        if (state.failure) throw state.failure;
        return state.answer ?? history(promptId);
      },
      trusted: () => trusted,
      report: (error) => reported.push(error),
    });
    const rows = () => tree.getChildren().map(({ promptId, event }) => `${promptId} ${event.title}`);
    const message = () => fake.state.views.get(VIEW)?.message;
    return { tree, asked, reported, state, rows, message };
  }

  const history = (promptId: string): HistoryView => ({
    promptId,
    promptName: 'Triage',
    events: [{ kind: 'edit', at: '2026-11-20', title: 'shorter', detail: 'ada' }],
    notes: ['The clone is shallow.'],
  });

  it('is of the active editor, and asked for only while somebody sees it', async () => {
    const world = open();
    fake.activate(prompt('a'));
    await settle();
    expect(world.asked).toEqual([]);
    fake.see(VIEW, true);
    await settle();
    expect([world.asked, world.rows(), world.message()]).toEqual([
      ['a.prompt.yml'],
      ['a.prompt.yml shorter'],
      'Triage · a.prompt.yml\nThe clone is shallow.',
    ]);
    fake.activate(prompt('b'));
    expect(world.rows()).toEqual([]); // never those of another prompt
    await settle();
    expect(world.rows()).toEqual(['b.prompt.yml shorter']);
  });

  it('stays where another kind of editor gets the keyboard, and is not asked for twice', async () => {
    const world = open();
    fake.see(VIEW, true);
    fake.activate(prompt('a'));
    await settle();
    fake.activate(new fake.Document(fake.Uri.parse('file:///w/readme.md'), ''));
    fake.activate(new fake.Document(fake.Uri.parse('evenkeel-prompt:///b/a.prompt.yml'), ''));
    fake.activate(undefined);
    fake.activate(prompt('a'));
    fake.see(VIEW, false);
    fake.see(VIEW, true);
    await settle();
    expect([world.asked, world.rows().length]).toEqual([['a.prompt.yml'], 1]);
  });

  it('follows what happens, later where nobody sees it', async () => {
    const world = open();
    const document = prompt('a');
    fake.activate(document);
    fake.see(VIEW, true);
    await settle();
    fake.save(document);
    fake.save(prompt('other'));
    await settle();
    expect(world.asked).toHaveLength(2);
    fake.see(VIEW, false);
    for (let event = 0; event < 5; event++) world.tree.refresh();
    await settle();
    expect(world.asked).toHaveLength(2);
    fake.see(VIEW, true);
    await settle();
    expect(world.asked).toHaveLength(3);
  });

  it('an answer for the prompt before does not take the place of the one for this', async () => {
    const world = open();
    const slow = Promise.withResolvers<HistoryView>();
    fake.see(VIEW, true);
    world.state.answer = slow.promise;
    fake.activate(prompt('a'));
    await settle();
    world.state.answer = undefined;
    fake.activate(prompt('b'));
    await settle();
    slow.resolve(history('a.prompt.yml'));
    await settle();
    expect(world.rows()).toEqual(['b.prompt.yml shorter']);
  });

  it('what goes wrong is said in the view', async () => {
    const world = open();
    world.state.failure = new UserError('configuration', 'git is not installed.');
    fake.see(VIEW, true);
    fake.activate(prompt('a'));
    await settle();
    expect([world.rows(), world.message(), world.reported.length]).toEqual([[], 'git is not installed.', 1]);
    expect(fake.state.shown).toEqual([]);
  });

  it('in a folder that is not trusted nobody is asked', async () => {
    const world = open({ trusted: false });
    fake.see(VIEW, true);
    fake.activate(prompt('a'));
    world.tree.refresh();
    await settle();
    expect([world.asked, world.rows()]).toEqual([[], []]);
  });

  it('is brought into sight by its command, and takes its listeners with it', async () => {
    const world = open();
    await world.tree.show('file:///w/a.prompt.yml');
    await settle();
    expect([world.asked, fake.state.executed]).toEqual([['a.prompt.yml'], [['evenkeel.history.focus']]]);
    world.tree.dispose();
    expect(fake.listening()).toBe(0);
  });
});

describe('marks on lines that differ from what is deployed', () => {
  function open({ environment = 'production', trusted = true }: { readonly environment?: string; readonly trusted?: boolean } = {}) {
    const asked: string[] = [];
    const logged: string[] = [];
    const state = { environment, text: 'a\nB\nc', failure: undefined as Error | undefined };
    const decorations = new DeployedDecorations({
      settings: () => ({ ...DEFAULT_SETTINGS, deployments: { decorations: state.environment } }),
      inputs: async (uri) => ({ root: '/w', promptId: nameOf(uri), promptName: 'Triage', inputs: [] }),
      promptAt: async ({ promptId }) => {
        asked.push(promptId);
        if (state.failure) throw state.failure;
        return { title: 'production 1.3.0', path: promptId, text: state.text, files: [] };
      },
      rootsWith: (name) => (name === 'production' ? ['/other', '/w'] : []),
      trusted: () => trusted,
      log: (line) => logged.push(line),
    });
    const [changedType, goneType] = fake.state.decorationTypes;
    const marks = (editor: fake.Editor | undefined) => [editor?.marks.get(changedType), editor?.marks.get(goneType)];
    return { decorations, asked, logged, state, marks };
  }

  it('follow the text as it is typed, after a pause, and ask once', async () => {
    const world = open();
    const document = prompt('a');
    const editor = fake.activate(document);
    await settle();
    expect(world.marks(editor)).toEqual([[1], []]);
    for (const text of ['a\nB', 'a\nB\n', 'a\nB\nc\nd']) fake.edit(document, text);
    await settle();
    expect(world.marks(editor)).toEqual([[1], []]);
    await vi.advanceTimersByTimeAsync(200);
    expect(world.marks(editor)).toEqual([[3], []]);
    fake.edit(document, 'a');
    await vi.advanceTimersByTimeAsync(200);
    expect(world.marks(editor)).toEqual([[], [0]]); // behind the last line
    expect(world.asked).toEqual(['a.prompt.yml']);
  });

  it.each<[string, Parameters<typeof open>[0]]>([
    ['without the setting', { environment: '' }],
    ['with the name of no environment', { environment: 'other' }],
    ['without trust', { trusted: false }],
  ])('there are none, and nobody is asked, %s', async (_, given) => {
    const world = open(given);
    const editor = fake.activate(prompt('a'));
    await settle();
    expect([world.asked, world.marks(editor)]).toEqual([[], [[], []]]);
  });

  it('only prompts have them', async () => {
    const world = open();
    fake.activate(new fake.Document(fake.Uri.parse('file:///w/readme.md'), 'a'));
    fake.activate(new fake.Document(fake.Uri.parse('evenkeel-prompt:///x/a.prompt.yml'), 'a'));
    await settle();
    expect(world.asked).toEqual([]);
  });

  it('are made anew when something else runs there, and go when the setting does', async () => {
    const world = open();
    const editor = fake.activate(prompt('a'));
    await settle();
    world.state.text = 'a\nb\nc';
    world.decorations.refresh();
    await settle();
    expect(world.marks(editor)).toEqual([[], []]);
    world.state.text = 'x';
    world.decorations.refresh();
    await settle();
    expect(world.marks(editor)[0]).toEqual([0, 1, 2]);
    world.state.environment = '';
    fake.configure();
    await settle();
    expect(world.marks(editor)).toEqual([[], []]);
  });

  it('a text that cannot be had is one line in the log', async () => {
    const world = open();
    world.state.failure = new UserError('usage', 'gone');
    const document = prompt('a');
    const editor = fake.activate(document);
    await settle();
    for (let key = 0; key < 10; key++) {
      fake.edit(document, `${key}`);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect([world.logged, world.marks(editor)]).toEqual([['no marks against production in file:///w/a.prompt.yml: gone'], [[], []]]);
  });

  it('take their listeners and timers with them', () => {
    const world = open();
    const document = prompt('a');
    fake.activate(document);
    fake.edit(document, 'x');
    world.decorations.dispose();
    expect([fake.listening(), vi.getTimerCount()]).toEqual([0, 0]);
  });
});
