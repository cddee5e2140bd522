import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A repository in a temporary folder, for tests. */
export interface TestRepository {
  readonly top: string;
  readonly git: (...args: readonly string[]) => string;
  readonly write: (file: string, text: string) => void;
  /** Stages everything and commits it; gives the commit. */
  readonly commit: (message: string) => string;
  readonly remove: () => void;
}

export function testRepository(): TestRepository {
  const top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'evenkeel-history-')));
  let clock = Date.UTC(2026, 0, 1) / 1000;
  const git = (...args: readonly string[]): string => {
    clock += 60;
    const date = `${clock} +0000`;
    return execFileSync('git', ['-C', top, ...SETTINGS, ...args], {
      encoding: 'utf8',
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  };
  git('init', '-q', '-b', 'main');
  return {
    top,
    git,
    write: (file, text) => {
      fs.mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
      fs.writeFileSync(path.join(top, file), text);
    },
    commit: (message) => {
      git('add', '-A');
      git('commit', '-q', '--allow-empty', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    remove: () => fs.rmSync(top, { recursive: true, force: true }),
  };
}

const SETTINGS = [
  '-c',
  'user.name=Ada',
  '-c',
  'user.email=ada@example.org',
  '-c',
  'core.autocrlf=false',
  '-c',
  'merge.conflictStyle=merge',
];

/** A commit by the whole of its files. */
export interface TreeCommit {
  readonly files: ReadonlyMap<string, string>;
  /** Places in the list of the commits before it. */
  readonly parents: readonly number[];
}

/** Makes all commits at once; the last is `main`. */
export function importCommits({ git, top }: TestRepository, commits: readonly TreeCommit[]): void {
  const stream = commits.map(({ files, parents }, at) => {
    const who = `Ada <ada@example.org> ${Date.UTC(2026, 0, 1) / 1000 + at * 60} +0000`;
    const links = parents.map((parent, which) => `${which === 0 ? 'from' : 'merge'} :${parent + 1}\n`).join('');
    const tree = [...files].map(([file, text]) => `M 100644 inline ${JSON.stringify(file)}\n${data(text)}`).join('');
    const ref = at === commits.length - 1 ? 'refs/heads/main' : `refs/heads/part-${at}`;
    return `${parents.length ? '' : `reset ${ref}\n`}commit ${ref}\nmark :${at + 1}\nauthor ${who}\ncommitter ${who}\n${data(`commit ${at}`)}${links}deleteall\n${tree}\n`;
  });
  execFileSync('git', ['-C', top, 'fast-import', '--quiet', '--force'], { input: stream.join('') });
  git('reset', '-q', '--hard', 'main');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
