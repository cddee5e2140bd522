import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dailyWorkflow } from '../../cli/dailyWorkflow.ts';
import { cliFolder } from './support.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: {
    readonly schedule: readonly { readonly cron: string }[];
    readonly workflow_dispatch: { readonly inputs: Record<string, unknown> };
  };
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: { readonly check: { readonly permissions: Readonly<Record<string, string>>; readonly steps: readonly Step[] } };
}

const read = (folder = '.'): Workflow => parse(dailyWorkflow(folder)) as Workflow;
const step = (name: string, { jobs } = read()): Step => {
  const found = jobs.check.steps.find((one) => one.name === name);
  if (!found) throw new Error(`no step ${name}`);
  return found;
};

describe('evenkeel init', () => {
  it('adds to .gitattributes and keeps what is there', async () => {
    using folder = cliFolder({ '.gitattributes': '*.png binary\n' });
    expect((await folder.run(['init'])).out).toContain('added a line to .gitattributes');
    expect(readFileSync(path.join(folder.path, '.gitattributes'), 'utf8')).toBe(
      '*.png binary\n**/__baselines__/*.reviews.jsonl merge=union\n',
    );
    expect((await folder.run(['init', '--force'])).out).not.toContain('.gitattributes');
  });

  it('git then merges two branches of reviews', async () => {
    using folder = cliFolder({ '__baselines__/a.prompt.yml.reviews.jsonl': '{"id":"1"}\n' });
    await folder.run(['init']);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: folder.path });
    const reviews = path.join(folder.path, '__baselines__/a.prompt.yml.reviews.jsonl');
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'one');
    git('switch', '-qc', 'other');
    writeFileSync(reviews, '{"id":"1"}\n{"id":"2"}\n');
    git('commit', '-qam', 'two');
    git('switch', '-q', 'main');
    writeFileSync(reviews, '{"id":"1"}\n{"id":"3"}\n');
    git('commit', '-qam', 'three');
    git('merge', '-q', '--no-edit', 'other');
    expect(readFileSync(reviews, 'utf8').trim().split('\n').sort()).toEqual(['{"id":"1"}', '{"id":"2"}', '{"id":"3"}']);
  });

  it('--daily writes the workflow where GitHub looks for it, in a folder that has prompts already, once', async () => {
    using folder = cliFolder({ 'sub/evenkeel.yml': 'formatVersion: 1\n', '.git/HEAD': 'ref: refs/heads/main\n' });
    const first = await folder.run(['init', 'sub', '--daily']);
    expect(first).toMatchObject({ code: 0, err: '' });
    const file = path.join(folder.path, '.github/workflows/evenkeel-daily.yml');
    expect(readFileSync(file, 'utf8')).toBe(dailyWorkflow('sub'));
    expect(existsSync(path.join(folder.path, 'sub/prompts'))).toBe(false);
    writeFileSync(file, 'mine');
    expect(await folder.run(['init', 'sub', '--daily'])).toMatchObject({ code: 2, err: expect.stringContaining('--force') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await folder.run(['init', 'sub', '--daily', '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(dailyWorkflow('sub'));
  });
});

describe('the workflow of the daily check', () => {
  it('runs once a day and by hand, one at a time, with no right it does not need', () => {
    const { on, permissions, concurrency, jobs } = read();
    expect(on.schedule).toHaveLength(1);
    expect(on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(on.workflow_dispatch.inputs['start']).toMatchObject({ type: 'boolean', default: false });
    expect(permissions).toEqual({});
    expect(jobs.check.permissions).toEqual({ contents: 'write', issues: 'write' });
    expect(concurrency).toEqual({ group: 'evenkeel-daily', 'cancel-in-progress': false });
  });

  it('pins actions by major tag', () => {
    const used = read().jobs.check.steps.flatMap(({ uses }) => uses ?? []);
    expect(used).toHaveLength(3);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it('gives keys to the check alone, and the token to the steps that push or open an issue', () => {
    const { steps } = read().jobs.check;
    const withSecret = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('secrets.')).map(({ name }) => name);
    const withToken = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes('github.token')).map(({ name }) => name);
    expect(withSecret).toEqual(['Check']);
    expect(withToken).toEqual(['Restore state', 'Keep state', 'Open or update the issue']);
    expect(steps[0]).toMatchObject({ with: { 'persist-credentials': false } });
    expect(JSON.stringify(steps.map(({ run }) => run))).not.toContain('{{');
  });

  it('calls the command line and nothing else of ours; a folder below the root is named', () => {
    expect(step('Check').run).toContain('npx evenkeel drift --daily --state .evenkeel-state --report evenkeel-drift-report.json ');
    expect(step('Check', read("a b's")).run).toContain("npx evenkeel drift 'a b'\\''s' --daily");
  });

  it('keeps state, report and log also when the check failed, and opens an issue on red only', () => {
    expect(step('Keep state').if).toBe("always() && steps.restore.outcome == 'success'");
    expect(step('Open or update the issue').if).toBe("always() && steps.check.outputs.red == 'true'");
    const upload = read().jobs.check.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact'));
    expect(upload?.with).toMatchObject({ 'include-hidden-files': true, path: expect.stringContaining('.evenkeel-state') });
  });

  it.each([
    ['0', 0],
    ['4', 0],
    ['1', 1],
    ['2', 1],
    ['3', 1],
    ['', 1],
  ])('a check that ended with “%s” ends the job with %i', (code, status) => {
    expect(spawnSync('bash', ['-e', '-c', step('Result').run ?? ''], { env: { ...process.env, CODE: code } }).status).toBe(status);
  });
});

/** A runner of GitHub has them; a machine without them leaves these tests out. */
const HAS_TOOLS = ['bash', 'git', 'jq'].every((name) => spawnSync(name, ['--version']).status === 0);

describe.skipIf(!HAS_TOOLS)('the steps of the workflow, run (skipped without bash, git and jq)', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  /** A repository with its remote, and the tools of a runner that are not ours: `gh`, and `npx evenkeel` that writes what it is told. */
  function runner() {
    const top = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'evenkeel-runner-')));
    folders.push(top);
    const tools = path.join(top, 'tools');
    mkdirSync(tools);
    const tool = (name: string, text: string): void => {
      writeFileSync(path.join(tools, name), `#!/usr/bin/env bash\n${text}\n`);
      chmodSync(path.join(tools, name), 0o755);
    };
    tool('gh', 'echo "gh $*" >> "$TOP/gh.log"; if [ "$1 $2" = "issue list" ]; then cat "$TOP/issue" 2>/dev/null || true; fi');
    const remote = path.join(top, 'remote.git');
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: top, encoding: 'utf8', stdio: 'pipe' });
    git('init', '-q', '--bare', '-b', 'main', remote);
    git('clone', '-q', remote, 'seed');
    writeFileSync(path.join(top, 'seed/a.prompt.yml'), 'x');
    git('-C', 'seed', 'add', '-A');
    git('-C', 'seed', 'commit', '-qm', 'one');
    git('-C', 'seed', 'push', '-q', 'origin', 'HEAD:main');
    let day = 0;
    return {
      top,
      remote,
      git,
      /** One day on a fresh checkout; gives what the check step put out. */
      day: (evenkeel: string, env: Readonly<Record<string, string>> = {}) => {
        const name = `day${++day}`;
        git('clone', '-q', '--depth', '1', '-b', 'main', `file://${remote}`, name);
        const output = path.join(top, `${name}.output`);
        const run = (of: string) => {
          tool('npx', evenkeel);
          return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step(of).run ?? ''], {
            cwd: path.join(top, name),
            encoding: 'utf8',
            env: {
              ...process.env,
              PATH: `${tools}:${process.env['PATH']}`,
              TOP: top,
              GITHUB_OUTPUT: output,
              GITHUB_STEP_SUMMARY: `${output}.md`,
              START: '',
              ...env,
            },
          });
        };
        return { run, folder: path.join(top, name), output: () => readFileSync(output, 'utf8') };
      },
    };
  }

  const APPEND = 'ls .evenkeel-state; echo "{}" >> .evenkeel-state/a.monitor.jsonl; echo \'{"type":"comparison","exitCode":0}\'';

  it('the state of a day is there the next day, and the branch holds nothing else', () => {
    const { day, git, remote } = runner();
    for (let count = 1; count <= 3; count++) {
      const { run, output } = day(APPEND);
      for (const name of ['Restore state', 'Check', 'Keep state']) expect(run(name), name).toMatchObject({ status: 0 });
      expect(output()).toBe('code=0\nred=false\n');
      expect(git('-C', remote, 'show', 'evenkeel-state:a.monitor.jsonl')).toBe('{}\n'.repeat(count));
    }
    expect(git('-C', remote, 'ls-tree', '-r', '--name-only', 'evenkeel-state')).toBe('a.monitor.jsonl\n');
    expect(git('-C', remote, 'ls-tree', '-r', '--name-only', 'main')).toBe('a.prompt.yml\n');
  });

  it('a day without anything new pushes nothing', () => {
    const { day, git, remote } = runner();
    const { run } = day('echo \'{"type":"problem"}\'; exit 3');
    run('Restore state');
    expect(run('Check').status).toBe(0);
    expect(run('Keep state').status).toBe(0);
    expect(git('-C', remote, 'branch', '--list')).not.toContain('evenkeel-state');
  });

  it('a remote that cannot be reached is an error, not a missing state', () => {
    const { day, remote } = runner();
    const { run, folder } = day(APPEND);
    rmSync(remote, { recursive: true });
    expect(run('Restore state').status).toBe(1);
    expect(existsSync(path.join(folder, '.evenkeel-state'))).toBe(false);
  });

  it('a second check of the same state is refused by the push and overwrites nothing', () => {
    const { day, git, remote } = runner();
    const one = day(APPEND);
    for (const name of ['Restore state', 'Check', 'Keep state']) one.run(name);
    const [two, three] = [day(APPEND), day(APPEND.replace('{}', '[]'))];
    for (const of of [two, three]) for (const name of ['Restore state', 'Check']) of.run(name);
    expect(two.run('Keep state').status).toBe(0);
    expect(three.run('Keep state').status).not.toBe(0);
    expect(git('-C', remote, 'show', 'evenkeel-state:a.monitor.jsonl')).toBe('{}\n{}\n');
  });

  it('red is told also where another prompt failed, and there is one issue for it', () => {
    const { day, top } = runner();
    const { run, output, folder } = day(
      'echo \'{"type":"problem","promptId":"b"}\'; echo \'{"type":"comparison","exitCode":1}\'; echo report > evenkeel-drift-report.md; exit 2',
      { START: '--start' },
    );
    run('Restore state');
    expect(run('Check').status).toBe(0);
    expect(output()).toBe('code=2\nred=true\n');
    run('Open or update the issue');
    writeFileSync(path.join(top, 'issue'), '7\n');
    run('Open or update the issue');
    const log = readFileSync(path.join(top, 'gh.log'), 'utf8');
    expect(log.match(/gh issue create/g)).toHaveLength(1);
    expect(log).toContain('gh issue edit 7 --body-file evenkeel-drift-report.md');
    expect(existsSync(path.join(folder, 'evenkeel-drift-report.md'))).toBe(true);
  });
});
