import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendDeployments, parseDeployments } from '../../../ledger/index.ts';
import { DEPLOYMENTS_FORMAT, type DeploymentRecord } from '../../../protocol/index.ts';
import { TRUSTED, UNTRUSTED } from '../../../safety/index.ts';
import { openWorkspace } from '../../../workspace/index.ts';
import { removeTemporaryFolders, temporaryFolder } from '../../workspace/temporaryFolder.ts';

removeTemporaryFolders();

const record = (change: Partial<DeploymentRecord> = {}): DeploymentRecord => ({
  formatVersion: DEPLOYMENTS_FORMAT,
  environment: 'staging',
  promptId: 'a.prompt.yml',
  version: '1.0.0',
  at: '2026-11-01T12:00:00Z',
  ...change,
});
const line = (change: Partial<DeploymentRecord> = {}): string => JSON.stringify(record(change));

describe('a deployments file', () => {
  it.each([
    ['nothing', '', { ok: true, records: [], torn: false }],
    [
      'records, empty lines between',
      `${line()}\n\n\r\n${line({ version: '2.0.0' })}\r\n`,
      { ok: true, records: [record(), record({ version: '2.0.0' })] },
    ],
    ['a last line without its end', line(), { ok: true, records: [record()], torn: false }],
    ['a torn last line', `${line()}\n${line().slice(0, -20)}`, { ok: true, records: [record()], torn: true }],
    ['a torn line in the middle', `${line().slice(0, -20)}\n${line()}\n`, { ok: false, line: 1, message: 'This line is not JSON.' }],
    ['a merge conflict', `${line()}\n<<<<<<< HEAD\n${line()}\n`, { ok: false, line: 2, message: 'This line is not JSON.' }],
    ['a last line that is no record', `${line()}\n[]`, { ok: false, line: 2 }],
    [
      'a record of no prompt',
      `{"formatVersion":1,"environment":"staging","at":"2026-11-01"}\n`,
      { ok: false, line: 1, message: expect.stringContaining('neither `promptId` nor `name`') },
    ],
    [
      'a field of another kind',
      `${line({ version: 3 as never })}\n`,
      { ok: false, line: 1, message: expect.stringContaining('`version`') },
    ],
    [
      'a newer line',
      `${line({ formatVersion: 2 as never })}\n`,
      { ok: false, line: 1, message: expect.stringContaining('Update Evenkeel') },
    ],
    ['nesting without end', `${'['.repeat(5000)}\n`, { ok: false, line: 1 }],
    ['a name of the language', `${line({ promptId: '__proto__' })}\n`, { ok: true, records: [record({ promptId: '__proto__' })] }],
  ] as const)('%s', (_name, text, expected) => {
    expect(parseDeployments(text)).toMatchObject(expected);
  });

  it('is made, added to, and healed of a torn line', async () => {
    const root = temporaryFolder();
    const workspace = openWorkspace({ root, capabilities: TRUSTED });
    const file = join(root, 'd.jsonl');
    await appendDeployments(workspace, 'd.jsonl', [record()]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"formatVersion":1,"env`);
    await appendDeployments(workspace, 'd.jsonl', [record({ version: '2.0.0' }), record({ version: '3.0.0' })]);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n$/, ''));
    await appendDeployments(workspace, 'd.jsonl', [record({ version: '4.0.0' })]);
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      line(),
      ...['2', '3', '4'].map((major) => line({ version: `${major}.0.0` })),
      '',
    ]);
  });

  it('is not added to where that could hide something, leads outside, or is not trusted', async () => {
    const root = temporaryFolder({ 'd.jsonl': `${line()}\n<<<<<<< HEAD\n` });
    const workspace = openWorkspace({ root, capabilities: TRUSTED });
    await expect(appendDeployments(workspace, 'd.jsonl', [record()])).rejects.toMatchObject({ place: { file: 'd.jsonl', line: 2 } });
    await expect(appendDeployments(workspace, '../d.jsonl', [record()])).rejects.toThrow('outside');
    await expect(appendDeployments(workspace, 'none/d.jsonl', [record()])).rejects.toThrow('Create the folder first');
    await expect(appendDeployments(openWorkspace({ root, capabilities: UNTRUSTED }), 'e.jsonl', [record()])).rejects.toThrow('not trusted');
    expect(readFileSync(join(root, 'd.jsonl'), 'utf8')).toBe(`${line()}\n<<<<<<< HEAD\n`);
  });

  it('keeps every record of pipelines that write at the same time, each in its order', async () => {
    const root = temporaryFolder();
    const told = await Promise.all(['one', 'two', 'three'].map((name) => pipeline(root, name, 25)));
    const parsed = parseDeployments(readFileSync(join(root, 'deployments.jsonl'), 'utf8'));
    expect(parsed).toMatchObject({ ok: true, torn: false });
    const written = parsed.ok ? parsed.records.map(({ promptId, version }) => `${promptId} ${version}`) : [];
    expect(written).toHaveLength(75);
    for (const own of told) expect(written.filter((each) => own.includes(each))).toEqual(own);
  }, 60_000);
});

/** What a process of its own was told it has recorded. */
async function pipeline(root: string, name: string, count: number): Promise<readonly string[]> {
  const racer = resolve(import.meta.dirname, 'recordRacer.ts');
  const child = spawn(process.execPath, [racer, root, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString('utf8');
  });
  const code = await new Promise((done) => child.once('close', done));
  expect(code).toBe(0);
  return out.trim().split('\n');
}
