import { describe, expect, it } from 'vitest';
import { historyPath } from '../../../ledger/history/historyFile.ts';
import { answerPath, deployedRows, environmentSources, promptNow, readAnswers } from '../../../ledger/index.ts';
import { encodeLock, type FingerprintParts, lockPath, parseConfig, type Release } from '../../../prompts-schema/index.ts';
import {
  DEPLOYMENTS_FORMAT,
  type DeployedPrompt,
  type DeploymentAnswer,
  HISTORY_FORMAT,
  type HistoryEntry,
} from '../../../protocol/index.ts';
import { UNTRUSTED } from '../../../safety/index.ts';
import { inMemoryWorkspace } from '../../support/inMemoryWorkspace.ts';

const PROMPT = 'p/triage.prompt.yml';
const TEXT = 'name: Triage\nmessages: [{ role: user, content: "{{ticket}}" }]\n';
const YML = 'environments:\n  production: { git: { ref: production } }\n';
const { config } = parseConfig(YML);
const HASH = environmentSources(config)[0]?.hash ?? '';

const fingerprint = (digit: string): string => `ek1:${digit.repeat(64)}`;
const partsOf = (digit: string): FingerprintParts => ({
  messages: digit.repeat(64),
  tools: '0'.repeat(64),
  output: '0'.repeat(64),
  parameters: '0'.repeat(64),
});

const answer = (prompts: readonly DeployedPrompt[], change: Partial<DeploymentAnswer> = {}): string =>
  JSON.stringify({
    formatVersion: DEPLOYMENTS_FORMAT,
    environment: 'production',
    source: 'git',
    origin: 'production',
    sourceHash: HASH,
    answeredAt: '2026-11-01T12:00:00Z',
    lookedAt: '2026-11-01T12:00:00Z',
    prompts,
    ...change,
  } satisfies Omit<DeploymentAnswer, 'prompts'> & { prompts: readonly DeployedPrompt[] });

const release = (version: string, digit: string): Release => ({
  prompt: undefined,
  version,
  fingerprint: fingerprint(digit),
  parts: partsOf(digit),
  files: {},
  released: '2026-10-01',
  tested: [],
});

const entry = (digit: string, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  commit: digit.repeat(40),
  at: '2026-10-01T00:00:00Z',
  author: 'Ada',
  subject: digit,
  path: PROMPT,
  fingerprint: fingerprint(digit),
  parts: partsOf(digit),
  changed: ['messages'],
  edit: true,
  ...change,
});

const history = (entries: readonly HistoryEntry[]): string =>
  JSON.stringify({
    formatVersion: HISTORY_FORMAT,
    promptId: PROMPT,
    shallow: false,
    cut: false,
    entries,
    prefix: '',
    watched: [],
    tips: [],
    versions: [],
  });

interface World {
  readonly prompts: readonly DeployedPrompt[];
  readonly releases?: readonly Release[];
  readonly entries?: readonly HistoryEntry[];
  readonly files?: Readonly<Record<string, string>>;
  readonly now?: { readonly fingerprint?: string; readonly parts?: FingerprintParts };
}

async function rowOf({ prompts, releases, entries, files = {}, now = {} }: World) {
  const workspace = inMemoryWorkspace(
    {
      [PROMPT]: TEXT,
      'evenkeel.yml': YML,
      [answerPath('production')]: answer(prompts),
      ...(releases ? { [lockPath(PROMPT)]: encodeLock({ releases }) } : {}),
      ...(entries ? { [historyPath(PROMPT)]: history(entries) } : {}),
      ...files,
    },
    UNTRUSTED,
  );
  const [row] = await deployedRows(workspace, { promptId: PROMPT, name: 'Triage', fingerprint: fingerprint('c'), ...now }, config);
  return row;
}

/** The answer does not hold the prompt. */
const NOT_THERE = {};

const ENTRIES = [entry('c'), entry('b', { version: '1.1.0' }), entry('a', { version: '1.0.0' })];

describe('what is deployed of a prompt', () => {
  it.each<readonly [string, World, object]>([
    ['the same fingerprint', { prompts: [{ promptId: PROMPT, fingerprint: fingerprint('c') }] }, { relation: { kind: 'same' } }],
    ['another, and no history', { prompts: [{ promptId: PROMPT, fingerprint: fingerprint('a') }] }, { relation: { kind: 'differs' } }],
    [
      'another, two edits ago',
      { prompts: [{ promptId: PROMPT, fingerprint: fingerprint('a') }], entries: ENTRIES },
      { relation: { kind: 'behind', edits: 2 }, deployed: { version: '1.0.0' } },
    ],
    [
      'a version that the lock knows',
      { prompts: [{ promptId: PROMPT, version: '1.1.0' }], entries: ENTRIES, releases: [release('1.1.0', 'a')] },
      { relation: { kind: 'behind', edits: 2 }, deployed: { fingerprint: fingerprint('a') } },
    ],
    [
      'a version that only git knows',
      { prompts: [{ promptId: PROMPT, version: '1.1.0' }], entries: ENTRIES },
      { relation: { kind: 'behind', edits: 1 }, deployed: { fingerprint: fingerprint('b') } },
    ],
    [
      'a version that nobody knows',
      { prompts: [{ promptId: PROMPT, version: '9.0.0' }], entries: ENTRIES },
      { relation: { kind: 'unknown' } },
    ],
    [
      'a fingerprint that counts for more than its version',
      { prompts: [{ promptId: PROMPT, version: '1.0.0', fingerprint: fingerprint('c') }], entries: ENTRIES },
      { relation: { kind: 'same' }, deployed: { version: '1.0.0' } },
    ],
    [
      'a fingerprint that was released',
      { prompts: [{ promptId: PROMPT, fingerprint: fingerprint('b') }], releases: [release('2.0.0', 'b')] },
      { deployed: { version: '2.0.0' } },
    ],
    [
      'a commit alone',
      { prompts: [{ promptId: PROMPT, commit: 'a'.repeat(40) }], entries: ENTRIES },
      { relation: { kind: 'behind', edits: 2 } },
    ],
    [
      'a model alone',
      { prompts: [{ promptId: PROMPT, model: 'x/y' }], entries: ENTRIES },
      { relation: { kind: 'unknown' }, deployed: { model: 'x/y' } },
    ],
    ['the name', { prompts: [{ name: 'Triage', fingerprint: fingerprint('c') }] }, { relation: { kind: 'same' } }],
    ['another name', { prompts: [{ name: 'triage', fingerprint: fingerprint('c') }] }, NOT_THERE],
    [
      'the name of a prompt that is told by its path',
      { prompts: [{ promptId: 'q.prompt.yml', name: 'Triage', fingerprint: fingerprint('c') }] },
      NOT_THERE,
    ],
    [
      'a path that it had',
      {
        prompts: [{ promptId: 'old.prompt.yml', fingerprint: fingerprint('a') }],
        entries: [...ENTRIES, entry('d', { path: 'old.prompt.yml' })],
      },
      { relation: { kind: 'behind', edits: 2 } },
    ],
    [
      'a path that it had and another prompt has now',
      {
        prompts: [{ promptId: 'old.prompt.yml', fingerprint: fingerprint('a') }],
        entries: [...ENTRIES, entry('d', { path: 'old.prompt.yml' })],
        files: { 'old.prompt.yml': TEXT },
      },
      NOT_THERE,
    ],
    [
      'messages of the file as it is',
      { prompts: [{ promptId: PROMPT, version: 'v3', messages: partsOf('c').messages }], now: { parts: partsOf('c') } },
      { relation: { kind: 'same' }, deployed: { version: 'v3' } },
    ],
    [
      'messages of an earlier commit',
      { prompts: [{ promptId: PROMPT, version: 'v3', messages: partsOf('a').messages }], entries: ENTRIES, now: { parts: partsOf('c') } },
      { relation: { kind: 'behind', edits: 2 } },
    ],
    [
      'messages that nobody knows',
      { prompts: [{ promptId: PROMPT, version: 'v3', messages: 'f'.repeat(64) }], entries: ENTRIES, now: { parts: partsOf('c') } },
      { relation: { kind: 'differs' } },
    ],
    [
      'a lock in conflict',
      { prompts: [{ promptId: PROMPT, version: '1.0.0' }], files: { [lockPath(PROMPT)]: '<<<<<<< HEAD\n' } },
      { relation: { kind: 'unknown' } },
    ],
    [
      'a history that is damaged',
      { prompts: [{ promptId: PROMPT, version: '1.0.0' }], files: { [historyPath(PROMPT)]: '{' } },
      { relation: { kind: 'unknown' } },
    ],
  ])('%s', async (_name, world, expected) => {
    const row = await rowOf(world);
    expect(row).toMatchObject({ environment: 'production', source: 'git', answeredAt: '2026-11-01T12:00:00Z', ...expected });
    expect(row?.deployed === undefined).toBe(expected === NOT_THERE);
    expect(row?.relation === undefined).toBe(expected === NOT_THERE);
  });
});

describe('stored answers', () => {
  const stored = async (text: string | undefined) => {
    const workspace = inMemoryWorkspace(text === undefined ? {} : { [answerPath('production')]: text }, UNTRUSTED);
    return { workspace, answers: await readAnswers(workspace, config) };
  };
  const nothing = { environment: 'production', kind: 'git', origin: 'production', answeredAt: undefined, prompts: [] };

  it.each([
    ['none', undefined],
    ['damaged', '{"formatVersion":1'],
    ['of another source', answer([{ name: 'x' }], { sourceHash: '0' })],
    ['of another environment', answer([{ name: 'x' }], { environment: 'staging' })],
  ])('%s: nothing is known', async (_name, text) => {
    expect((await stored(text)).answers).toMatchObject([{ ...nothing, problem: undefined }]);
  });

  it('of a newer program are told, not read', async () => {
    const { answers } = await stored(answer([{ name: 'x' }]).replace('"formatVersion":1', '"formatVersion":2'));
    expect(answers).toMatchObject([{ ...nothing, problem: { kind: 'configuration', message: expect.stringContaining('newer Evenkeel') } }]);
  });

  it('are read again when the file changes, and only then', async () => {
    const { workspace } = await stored(answer([{ name: 'a' }]));
    const reads: string[] = [];
    const read = (path: string) => {
      reads.push(path);
      return workspace.read(path);
    };
    const counting = { ...workspace, read };
    for (let i = 0; i < 3; i++) expect(await readAnswers(counting, config)).toMatchObject([{ prompts: [{ name: 'a' }] }]);
    expect(reads).toEqual([answerPath('production')]);
    workspace.set(answerPath('production'), answer([{ name: 'b' }]));
    expect(await readAnswers(counting, config)).toMatchObject([{ prompts: [{ name: 'b' }] }]);
  });

  it('have names of files that every disk takes, and no two environments share one', () => {
    const names = ['production', 'Production', 'eu/west', '../x', 'con', 'COM1', 'nul.x', 'ü', 'a'.repeat(60), '.', '%63on'];
    const paths = names.map(answerPath);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length);
    for (const path of paths) expect(path).toMatch(/^\.evenkeel\/deployments\/(?!(?:con|nul|com1)\.)[a-z0-9._%~A-F-]+\.json$/);
  });
});

describe('a prompt as it is on disk', () => {
  it('has the fingerprint of a run, and its id where it has no name', async () => {
    const workspace = inMemoryWorkspace({ [PROMPT]: TEXT.replace('name: Triage\n', '') });
    expect(await promptNow(workspace, PROMPT, config)).toMatchObject({
      promptId: PROMPT,
      name: PROMPT,
      fingerprint: expect.stringMatching(/^ek1:/),
    });
    expect(await promptNow(workspace, 'none.prompt.yml', config)).toBeUndefined();
  });
});
