import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRunStore, fingerprintOf, type JournalRecord, loadPrompt, planRelease } from '../../ledger/index.ts';
import { encodeLock, parsePrompt, type Release, releaseKey } from '../../prompts-schema/index.ts';
import type { Bump } from '../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { EMPTY_FACTS } from '../lint/checkRules.ts';
import { releaseOf } from '../support/releases.ts';
import { removeTemporaryFolders, temporaryFolder } from '../workspace/temporaryFolder.ts';
import { attempt, casesRecord, ended, failed, MODEL, output, runRecord, scored } from './journalRecords.ts';
import { LOCK, lockOf, PROMPT, promptText, release, textOf, versionsIn, workspaceOf } from './releaseRoot.ts';

removeTemporaryFolders();

describe('which version a release gets', () => {
  const now = promptText('Say hello.');
  const fingerprint = fingerprintOf(parsePrompt(now), EMPTY_FACTS);
  const same = (version: string): Release => releaseOf(version, fingerprint);
  const plan = (written: string | undefined, releases: readonly Release[], bump: Bump): string => {
    const document = parsePrompt(written === undefined ? now : `version: ${written}\n${now}`);
    const planned = planRelease({ promptId: PROMPT, document, facts: EMPTY_FACTS }, { releases }, bump);
    return planned.kind === 'new' ? planned.version : `${planned.kind} ${planned.release.version}`;
  };

  it.each<[string | undefined, readonly Release[], Bump, string]>([
    [undefined, [], 'patch', '0.1.0'],
    [undefined, [], 'major', '1.0.0'],
    ['1.4.0', [], 'patch', '1.4.0'],
    ['1.4.0', [], 'asWritten', '1.4.0'],
    [undefined, [], { version: '3.0.0' }, '3.0.0'],
    ['1.0.0', [releaseOf('1.0.0')], 'patch', '1.0.1'],
    ['1.0.0', [releaseOf('1.0.0')], 'minor', '1.1.0'],
    ['1.0.0', [releaseOf('1.0.0')], 'major', '2.0.0'],
    ['1.0.0', [releaseOf('1.0.0')], { version: '1.0.1-rc.1' }, '1.0.1-rc.1'],
    ['1.1.0', [releaseOf('1.0.0')], 'minor', '1.1.0'],
    ['1.1.0', [releaseOf('1.0.0')], 'patch', '1.1.0'],
    ['1.0.0', [same('1.0.0')], 'asWritten', 'again 1.0.0'],
    ['1.0.0', [releaseOf('1.0.0'), same('1.1.0')], 'minor', 'finish 1.1.0'],
    [undefined, [same('1.0.0')], 'major', 'finish 1.0.0'],
    ['1.0.0', [releaseOf('1.0.0'), same('1.1.0')], { version: '1.1.0' }, 'finish 1.1.0'],
    ['1.2.0', [same('1.0.0'), releaseOf('1.1.0')], 'asWritten', '1.2.0'],
    ['1.0.0', [releaseOf('9.0.0', { prompt: 'of another prompt' })], 'asWritten', '1.0.0'],
  ])('%s, released %j, by %j', (written, releases, bump, expected) => {
    expect(plan(written, releases, bump)).toBe(expected);
  });

  it.each<[string, string | undefined, readonly Release[], Bump, RegExp]>([
    [
      'nothing changed',
      '1.0.0',
      [same('1.0.0')],
      'patch',
      /^Nothing to release: .* release 1\.0\.0 of 2026-11-20 does\. .* release it as written/,
    ],
    ['it is an older release again', '1.1.0', [same('1.0.0'), releaseOf('1.1.0')], 'patch', /^Nothing to release: .* release 1\.0\.0/],
    ['nothing changed but the version', '2.0.0', [same('1.0.0')], 'minor', /release it as written/],
    ['there is no version', undefined, [], 'asWritten', /names no version/],
    ['the version is none', 'v1', [], 'asWritten', /"v1" is no semantic version/],
    ['the version asked for is none', '1.0.0', [], { version: '1.0' }, /"1\.0" is no semantic version/],
    [
      'the version is taken',
      '1.0.0',
      [releaseOf('1.0.0')],
      'asWritten',
      /Release 1\.0\.0 is another prompt: messages, tools, output, parameters changed since/,
    ],
    ['the version is behind', '1.0.5', [releaseOf('1.1.0')], 'asWritten', /1\.0\.5 does not come after 1\.1\.0/],
    ['only build metadata is new', '1.1.0+b', [releaseOf('1.1.0')], 'asWritten', /does not come after 1\.1\.0/],
  ])('is refused where %s', (_, written, releases, bump, message) => {
    expect(() => plan(written, releases, bump)).toThrow(message);
  });
});

describe('a release', () => {
  it('writes the version into the prompt and the release into the lock, and says so', async () => {
    const root = temporaryFolder({ [PROMPT]: promptText('Say hello.', 'name: Triage\n') });
    const { fingerprint, ...result } = await release(root, 'minor');
    expect(result).toEqual({
      version: '0.1.0',
      tested: [],
      files: [PROMPT, LOCK],
      message: expect.stringMatching(/^Released 0\.1\.0\. It is not tested/),
    });
    expect(textOf(root, PROMPT)).toBe(promptText('Say hello.', 'name: Triage\nversion: 0.1.0\n'));
    const loaded = await loadPrompt(workspaceOf(root), PROMPT);
    expect(lockOf(root).releases).toEqual([
      {
        prompt: undefined,
        version: '0.1.0',
        ...fingerprintOf(loaded.document, loaded.facts),
        files: {
          'triage.prompt.yml': createHash('sha256')
            .update(readFileSync(join(root, PROMPT)))
            .digest('hex'),
        },
        released: '2026-11-22',
        tested: [],
      },
    ]);
    expect(fingerprint).toBe(lockOf(root).releases[0]?.fingerprint);
    expect(loaded.facts.lock).toMatchObject({ status: 'read', path: LOCK, value: { status: 'read', unsealed: [] } });
  });

  it('follows the one before, is dated no earlier, and leaves it as it was', async () => {
    const root = temporaryFolder({ [PROMPT]: promptText('one', 'version: 1.0.0\n') });
    await release(root, 'asWritten');
    const before = textOf(root, LOCK) ?? '';
    writeFileSync(join(root, PROMPT), promptText('two', 'version: 1.0.0\n'));
    await release(root, 'patch', { today: '2026-01-01' });
    expect((textOf(root, LOCK) ?? '').startsWith(before)).toBe(true);
    expect(lockOf(root).releases.map(({ version, released }) => [version, released])).toEqual([
      ['1.0.0', '2026-11-22'],
      ['1.0.1', '2026-11-22'],
    ]);
    await expect(release(root, 'patch')).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('Nothing to release') });
    expect(await release(root, 'asWritten')).toMatchObject({
      version: '1.0.1',
      files: [],
      message: expect.stringContaining('1.0.1 was released already.'),
    });
  });

  it('holds the hashes that sha256sum gives, for bytes of every kind', async () => {
    const schema = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('{\r\n  "type": "object", "description": "Größe 😀"\r\n}\r\n'),
    ]);
    const prompt = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(
        'name: "größer 😀"\r\nversion: "1.0.0"\r\nmessages:\r\n  - role: user\r\n    content: hi\r\njsonSchema: { file: ../shared/a.json }\r\ntools: { file: ./t.json }\r\n',
      ),
    ]);
    const root = temporaryFolder({ 'shared/a.json': '', [PROMPT]: '', 'prompts/t.json': '[]' });
    writeFileSync(join(root, 'shared/a.json'), schema);
    writeFileSync(join(root, PROMPT), prompt);
    await release(root, { version: '1.1.0' });
    const bytes = readFileSync(join(root, PROMPT));
    expect(bytes.toString('utf8')).toBe(prompt.toString('utf8').replace('1.0.0', '1.1.0'));
    const sum = (path: string): string =>
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('hex');
    expect(lockOf(root).releases[0]?.files).toEqual({
      '../shared/a.json': sum('shared/a.json'),
      't.json': sum('prompts/t.json'),
      'triage.prompt.yml': sum(PROMPT),
    });
  });

  it.each<[string, Readonly<Record<string, string>>, Bump, RegExp]>([
    [
      'a schema that is not there',
      { [PROMPT]: promptText('hi', 'jsonSchema: { file: ./a.json }\n') },
      'minor',
      /The schema cannot be used/,
    ],
    ['a prompt that is none', { [PROMPT]: 'messages: [' }, 'minor', /./],
    [
      'no place for a version',
      { [PROMPT]: '--- !!map\n? messages\n: - { role: user, content: hi }\n' },
      'minor',
      /no place for a version.*version: 0\.1\.0/,
    ],
    [
      'a lock file in conflict',
      { [PROMPT]: promptText('hi'), [LOCK]: `<<<<<<< a\n${encodeLock({ releases: [] })}` },
      'minor',
      /Repair the lock file first/,
    ],
    [
      'a lock file that was edited',
      { [PROMPT]: promptText('hi'), [LOCK]: encodeLock({ releases: [releaseOf('1.0.0')] }).replace('2026', '2025') },
      'minor',
      /Release 1\.0\.0 was edited by hand/,
    ],
    ['a lock file of a newer format', { [PROMPT]: promptText('hi'), [LOCK]: 'formatVersion: 9\n' }, 'minor', /Update Evenkeel/],
  ])('is refused with %s, and writes nothing', async (_, files, bump, message) => {
    const root = temporaryFolder(files);
    await expect(release(root, bump)).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(message) });
    expect([textOf(root, PROMPT), textOf(root, LOCK)]).toEqual([files[PROMPT], files[LOCK]]);
  });

  it('writes nothing in a folder that is not trusted', async () => {
    const root = temporaryFolder({ [PROMPT]: promptText('hi') });
    const workspace = openWorkspace({ root, capabilities: UNTRUSTED });
    const { releasePrompt } = await import('../../ledger/index.ts');
    await expect(
      releasePrompt({ workspace, store: createRunStore(workspace), today: '2026-11-22' }, PROMPT, 'minor'),
    ).rejects.toMatchObject({ code: 'untrusted' });
    expect(textOf(root, LOCK)).toBeUndefined();
  });
});

describe('what a release was tested with, by the stored evals', () => {
  const finished = [
    attempt('a'),
    output('a'),
    scored('a'),
    attempt('b'),
    output('b'),
    scored('b', 'failed'),
    ended('finished', { cases: 2, passed: 1, failed: 1 }),
  ];

  async function withRuns(
    runs: Readonly<Record<string, readonly JournalRecord[]>>,
    fingerprintFor: (root: string) => Promise<string> = currentFingerprint,
  ): Promise<string> {
    const root = temporaryFolder({ [PROMPT]: promptText('hi', 'version: 1.0.0\n') });
    const fingerprint = await fingerprintFor(root);
    const store = createRunStore({ root, capabilities: TRUSTED });
    for (const [runId, records] of Object.entries(runs)) {
      const writer = await store.create(runId);
      const startedAt = `${runId.slice(0, 4)}-${runId.slice(4, 6)}-${runId.slice(6, 8)}T10:00:00.000Z`;
      for (const record of [runRecord(runId, 2, { promptId: PROMPT, fingerprint, startedAt }), casesRecord('a', 'b'), ...records])
        await writer.append(record);
      await writer.close();
    }
    return root;
  }

  async function currentFingerprint(root: string): Promise<string> {
    const { document, facts } = await loadPrompt(workspaceOf(root), PROMPT);
    return fingerprintOf(document, facts).fingerprint;
  }

  it('is each model’s newest finished run over all cases', async () => {
    const root = await withRuns({
      '20261120-100000-aaaaaa': [...finished.slice(0, -1), ended('finished', { cases: 2, passed: 2 })],
      '20261121-100000-bbbbbb': finished,
      '20261122-100000-cccccc': [attempt('a'), output('a'), scored('a'), ended('cancelled', { cases: 2, passed: 1 })],
    });
    expect(await release(root, 'asWritten')).toMatchObject({
      tested: [MODEL],
      message: `Released 1.0.0. Tested with ${MODEL}.`,
      files: [LOCK],
    });
    expect(lockOf(root).releases[0]?.tested).toEqual([
      {
        model: MODEL,
        dataset: undefined,
        cases: 2,
        passed: 1,
        scored: 2,
        interval: { low: 0.0945, high: 0.9055 },
        run: '20261121-100000-bbbbbb',
        how: 'eval',
        on: '2026-11-21',
      },
    ]);
  });

  it('does not count runs of another fingerprint, of some cases or for a comparison', async () => {
    const change = (records: readonly JournalRecord[], header: object): readonly JournalRecord[] =>
      records.map((record) => (record.type === 'run' ? { ...record, header: { ...record.header, ...header } } : record));
    const root = await withRuns({});
    const fingerprint = await currentFingerprint(root);
    const store = createRunStore({ root, capabilities: TRUSTED });
    for (const [runId, header] of [
      ['20261121-100000-aaaaaa', { fingerprint: 'ek1:another' }],
      ['20261121-100000-bbbbbb', { selection: 'some' }],
      ['20261121-100000-cccccc', { purpose: 'comparison' }],
    ] as const) {
      const writer = await store.create(runId);
      for (const record of change([runRecord(runId, 2, { promptId: PROMPT, fingerprint }), casesRecord('a', 'b'), ...finished], header))
        await writer.append(record);
      await writer.close();
    }
    expect((await release(root, 'asWritten')).tested).toEqual([]);
  });

  it('is counted model by model where a run had several', async () => {
    const root = await withRuns({});
    const fingerprint = await currentFingerprint(root);
    const store = createRunStore({ root, capabilities: TRUSTED });
    const runId = '20261121-100000-aaaaaa';
    const OTHER = 'sandbox/extractor-2026-09';
    const as = (record: JournalRecord): JournalRecord =>
      record.type === 'output'
        ? { ...record, sample: { ...record.sample, key: { ...record.sample.key, model: OTHER } } }
        : 'key' in record
          ? { ...record, key: { ...record.key, model: OTHER } }
          : record;
    const start = runRecord(runId, 2, { promptId: PROMPT, fingerprint });
    const header = start.type === 'run' ? { ...start, header: { ...start.header, models: [MODEL, OTHER] } } : start;
    const second = [attempt('a'), output('a'), scored('a'), attempt('b'), failed('b')].map(as);
    const writer = await store.create(runId);
    for (const record of [
      header,
      casesRecord('a', 'b'),
      ...finished.slice(0, -1),
      ...second,
      ended('finished', { cases: 2, passed: 1, failed: 1, errors: 0 }),
    ])
      await writer.append(record);
    await writer.close();
    await release(root, 'asWritten');
    expect(lockOf(root).releases[0]?.tested.map(({ model, cases, passed, scored: of }) => [model, cases, passed, of])).toEqual([
      [MODEL, 2, 1, 2],
      [OTHER, 2, 1, 1],
    ]);
  });

  it('is brought up to date by releasing again as written', async () => {
    const root = await withRuns({});
    await release(root, 'asWritten');
    const [{ files } = { files: {} }] = lockOf(root).releases;
    const runId = '20261123-100000-aaaaaa';
    const writer = await createRunStore({ root, capabilities: TRUSTED }).create(runId);
    for (const record of [
      runRecord(runId, 2, { promptId: PROMPT, fingerprint: await currentFingerprint(root) }),
      casesRecord('a', 'b'),
      ...finished,
    ])
      await writer.append(record);
    await writer.close();
    expect(await release(root, 'asWritten')).toMatchObject({
      files: [LOCK],
      tested: [MODEL],
      message: expect.stringContaining('its tests are up to date now'),
    });
    expect(lockOf(root).releases).toMatchObject([{ version: '1.0.0', released: '2026-11-22', files, tested: [{ run: runId }] }]);
    expect((await release(root, 'asWritten')).files).toEqual([]);
    expect(versionsIn(root)).toBe('1.0.0');
    expect(new Set(lockOf(root).releases.map(releaseKey)).size).toBe(1);
  });
});
