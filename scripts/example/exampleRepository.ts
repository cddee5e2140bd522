import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SYSTEM_CLOCK } from '../../engine/clock.ts';
import { createEngine, type Engine } from '../../engine/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { EXAMPLE } from '../vscode/startEvenkeel.ts';
import { STEPS, type Step } from './steps.ts';

/** Addresses of the two servers that stand in for the company's own: what its environments ask. */
export interface ExampleServers {
  /** Of an app that reports what it loaded (docs/deployments.md). */
  readonly endpointUrl: string;
  readonly langfuseUrl: string;
}

/**
 * Makes the example as its owners have it: a git repository `support-desk` inside `folder`, with two months of history, tags, a remote with a
 * branch `production`, releases that were tested before they were written, and four environments. Resolves with its path.
 */
export async function makeExampleRepository(folder: string, servers: ExampleServers, today = new Date()): Promise<string> {
  const root = path.join(folder, path.basename(EXAMPLE));
  const remote = path.join(folder, 'origin.git');
  fs.cpSync(EXAMPLE, root, { recursive: true, filter: (file) => path.basename(file) !== '.evenkeel' });
  fs.appendFileSync(path.join(root, 'evenkeel.yml'), environments(servers));
  fs.writeFileSync(path.join(root, '.gitattributes'), '__baselines__/*.reviews.jsonl merge=union\n');
  const states = STEPS.toReversed()
    .map((step) => takeBack(root, step))
    .reverse();

  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
  git(root, ['init', '--quiet', '--initial-branch=main']);
  git(root, ['remote', 'add', 'origin', remote]);
  git(root, ['config', 'user.name', 'Marit Okkerse']);
  git(root, ['config', 'user.email', mailOf('Marit Okkerse')]);
  for (const [index, step] of STEPS.entries()) {
    for (const [file, text] of states[index] ?? []) fs.writeFileSync(path.join(root, file), text);
    await commit(root, step, new Date(today.getTime() - step.daysAgo * DAY));
  }
  git(root, ['push', '--quiet', 'origin', 'main', '--tags']);
  git(root, ['fetch', '--quiet', 'origin']);
  return root;
}

const DAY = 86_400_000;

/** What evenkeel.yml says of the environments, one of each kind. */
function environments({ endpointUrl, langfuseUrl }: ExampleServers): string {
  return `
# Where these prompts run, and who knows what runs there.
environments:
  production:
    git: { ref: origin/production }
  staging:
    file: ./deployments.jsonl
  canary:
    http: { url: ${endpointUrl} }
  eu:
    langfuse:
      baseUrl: ${langfuseUrl}
      label: production
      publicKeyEnv: LANGFUSE_PUBLIC_KEY
      secretKeyEnv: LANGFUSE_SECRET_KEY
`;
}

/** Takes a step's edits back, the newest first, and gives its files as they were after it. */
function takeBack(root: string, { edits }: Step): ReadonlyMap<string, string> {
  const after = new Map<string, string>();
  for (const { file, now, before } of edits.toReversed()) {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    if (!text.includes(now)) throw new Error(`scripts/example/steps.ts: ${file} does not hold ${JSON.stringify(now)}.`);
    if (!after.has(file)) after.set(file, text);
    fs.writeFileSync(
      path.join(root, file),
      text.replace(now, () => before),
    );
  }
  return after;
}

/** Tests and releases what it releases, and commits all of it under the step's day and author. */
async function commit(root: string, { releases, author, message, tag, production }: Step, at: Date): Promise<void> {
  const engine = engineAt(at);
  for (const promptId of releases) {
    await evaluate(engine, root, promptId);
    await engine.release({ root, promptId, bump: 'asWritten' });
  }
  if (releases.length && !production) await recordStaging(engineAt(new Date(at.getTime() + HOUR)), root, releases);
  const date = at.toISOString();
  const env = { GIT_AUTHOR_NAME: author, GIT_AUTHOR_EMAIL: mailOf(author), GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  git(root, ['add', '--all']);
  git(root, ['commit', '--quiet', '--message', message], env);
  if (tag) git(root, ['tag', tag]);
  if (production) git(root, ['push', '--quiet', 'origin', 'HEAD:refs/heads/production']);
}

const HOUR = 3_600_000;

/** An engine to which it is that moment. */
function engineAt(at: Date): Engine {
  return createEngine({ capabilities: TRUSTED, interactive: false, clock: { ...SYSTEM_CLOCK, date: () => at } });
}

async function evaluate(engine: Engine, root: string, promptId: string): Promise<void> {
  const { planId } = await engine.plan({ root, promptId, cases: { kind: 'all' }, cache: false });
  const { finished } = await engine.start(planId, [], () => undefined);
  await finished;
}

async function recordStaging(engine: Engine, root: string, promptIds: readonly string[]): Promise<void> {
  const rows = await engine.status({ root, promptIds });
  const records = rows.map(({ promptId, promptName, version, model }) => ({
    environment: 'staging',
    promptId,
    name: promptName,
    ...(version === undefined ? {} : { version }),
    ...(model === undefined ? {} : { model }),
    by: 'pipeline',
  }));
  await engine.recordDeployed({ root, records });
}

function git(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  execFileSync('git', ['-c', 'core.autocrlf=false', '-c', 'commit.gpgsign=false', ...args], { cwd, env: { ...process.env, ...env } });
}

function mailOf(name: string): string {
  return `${name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, '.')}@larkmoor.example`;
}
