import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createEngine, type Engine, type EngineOptions } from '../../../engine/index.ts';
import type { BoundKey, EvalRequest, RunEvent, Sample } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/index.ts';

/** A folder with files, and an engine over a sandbox whose log the test can read. */
export interface RunFixture {
  readonly root: string;
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly run: (request?: Partial<EvalRequest>, options?: RunOptions) => Promise<FinishedRun>;
  readonly remove: () => Promise<void>;
}

export interface RunOptions {
  readonly keys?: readonly BoundKey[];
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface FinishedRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
  readonly samples: readonly Sample[];
  readonly last: Extract<RunEvent, { readonly type: 'runFinished' }>;
}

/** Makes the folder anew; files by root-relative path. */
export async function runFixture(
  files: Readonly<Record<string, string>>,
  { sandboxOptions = {}, ...options }: Partial<EngineOptions> & { readonly sandboxOptions?: SandboxOptions } = {},
): Promise<RunFixture> {
  const root = await mkdtemp(join(tmpdir(), 'evenkeel-engine-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const sandbox = createSandbox({ logLimit: 100_000, ...sandboxOptions });
  const engine = createEngine({ capabilities: TRUSTED, interactive: false, sandbox: async () => sandbox, ...options });
  const run: RunFixture['run'] = async (request = {}, { keys = [], signal, onEvent } = {}) => {
    const plan = await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false, ...request });
    return follow(engine, plan.planId, keys, signal, onEvent);
  };
  return { root, engine, sandbox, run, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Starts a plan and waits for its last event. */
export async function follow(
  engine: Engine,
  planId: string,
  keys: readonly BoundKey[] = [],
  signal?: AbortSignal,
  onEvent?: (event: RunEvent) => void,
): Promise<FinishedRun> {
  const events: RunEvent[] = [];
  const sink = (event: RunEvent): void => {
    events.push(event);
    onEvent?.(event);
  };
  const { runId, finished } = await engine.start(planId, keys, sink, signal);
  await finished;
  const last = events.at(-1);
  if (last?.type !== 'runFinished') throw new Error('The last event is not runFinished.');
  return { runId, events, samples: events.flatMap((event) => (event.type === 'sampleFinished' ? [event.sample] : [])), last };
}

/** A prompt for the sandbox with `count` cases; `model` and further keys can be replaced. */
export function triageFiles(count: number, { model = 'sandbox/extractor-2026-05', extra = '' } = {}): Record<string, string> {
  const rows = Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      id: `c${at}`,
      ticket: `${TICKETS[at % TICKETS.length]} Order ${1000 + at}.`,
      expected: { team: TEAMS[at % TEAMS.length] },
    }),
  );
  return {
    'triage.prompt.yml': `name: Triage
model: ${model}
modelParameters: { temperature: 0, maxTokens: 200 }
messages:
  - role: system
    content: |
      Choose exactly one team:
      - billing: invoices, payments, charges
      - shipping: parcels, delivery, tracking
      - account: login, password, profile
      Answer as JSON: team, and a summary of one sentence.
  - role: user
    content: "<ticket>{{ticket}}</ticket>"
jsonSchema:
  name: triage
  strict: true
  schema:
    type: object
    additionalProperties: false
    required: [team, summary]
    properties:
      team: { type: string, enum: [billing, shipping, account] }
      summary: { type: string }
dataset: ./triage.cases.jsonl
evaluators:
  - { name: right team, path: $.team, equals: { case: expected.team } }
  - { name: summary filled, path: $.summary, notEmpty: true }
${extra}`,
    'triage.cases.jsonl': `${rows.join('\n')}\n`,
  };
}

const TEAMS = ['billing', 'shipping', 'account'] as const;
const TICKETS = [
  'I was charged twice on my invoice.',
  'Where is my parcel? The tracking does not move.',
  'I cannot login, my password is refused.',
] as const;
