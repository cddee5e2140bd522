import { describe, expect, it } from 'vitest';
import type { RunSink } from '../../extension/evals/engineHost.ts';
import { RunSession } from '../../extension/evals/runSession.ts';
import type { SessionWorld } from '../../extension/evals/sessionWorld.ts';
import {
  DEFAULT_SETTINGS,
  type EvalsHeader,
  type HostRequests,
  type PlanSummary,
  type RunEvent,
  RunTally,
  type StoredRun,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { answer, caseFinished, caseStarted, score, started } from '../protocol/runEvents.ts';

const PROMPT = { uri: 'file:///w/triage.prompt.yml', root: '/w', promptId: 'triage.prompt.yml', promptName: 'Triage' };
const one = (id: string, status: 'passed' | 'failed' = 'passed'): readonly RunEvent[] => [
  caseStarted(id),
  answer(id),
  score(id, status),
  caseFinished(id, status),
];
const finish = (end: 'finished' | 'cancelled' | 'budget' = 'finished', message?: string): RunEvent => ({
  type: 'runFinished',
  runId: 'run',
  end,
  totals: new RunTally().totals(),
  ...(message ? { message } : {}),
});

describe('a session', () => {
  it('plans with the unsaved text and the settings, starts, and shows what comes', async () => {
    const { session, requests, headers } = create({
      events: [started(2), ...one('a'), ...one('b', 'failed'), finish()],
      text: 'name: edited',
    });
    await session.run();
    expect(requests.find(([method]) => method === 'plan')?.[1]).toMatchObject({
      root: '/w',
      promptId: 'triage.prompt.yml',
      text: 'name: edited',
      cases: { kind: 'all' },
    });
    expect(states(headers)).toEqual(['planning', 'finished']);
    expect(session.header()).toMatchObject({ title: 'Triage', passed: 1, failed: 1, done: 2 });
    expect(session.rows().map(({ row }) => row.status)).toEqual(['passed', 'failed']);
  });

  it('runs the failed cases again, and says that it is not the whole', async () => {
    const { session, requests } = create({ events: [started(2), ...one('a'), ...one('b', 'failed'), finish()] });
    await session.run();
    await session.rerunFailed();
    expect(requests.filter(([method]) => method === 'plan').at(-1)?.[1]).toMatchObject({ cases: { kind: 'ids', ids: ['b'] } });
    expect(session.header().notice).toBe('Only b; Run again runs every case.');
  });

  it.each<readonly [name: string, plan: Partial<PlanSummary>, question: readonly string[] | undefined]>([
    ['the plan says so', { askFirst: ['This run makes 500 calls'] }, ['This run makes 500 calls.']],
    ['there are many calls', { calls: 5000 }, ['This run makes 5,000 calls.', 'No price is known for this model.']],
    ['it is dear', { calls: 10, estimatedCost: 2.5, worstCost: 7 }, ['This run makes 10 calls.', 'Estimated cost: $2.50, at most $7.00.']],
    ['never for a small one', { calls: 10, estimatedCost: 0.01 }, undefined],
  ])('asks before a run: %s', async (_name, plan, question) => {
    const { session, requests } = create({ plan });
    const running = session.run();
    await settle();
    expect(session.header().question).toEqual(question);
    session.answer('stop');
    await running;
    expect(requests.some(([method]) => method === 'start')).toBe(question === undefined);
    if (question) expect(session.header()).toMatchObject({ state: 'cancelled', notice: 'Not run; nothing was sent.' });
  });

  it('does not start without a key that is needed', async () => {
    const { session, requests } = create({ missingKey: true });
    await session.run();
    expect(session.header()).toMatchObject({
      state: 'cancelled',
      notice: expect.stringContaining('no key for openai at https://api.openai.com'),
    });
    expect(requests.some(([method]) => method === 'start')).toBe(false);
  });

  it('does nothing at all in a folder that is not trusted', async () => {
    const { session, requests } = create({ trusted: false });
    await session.run();
    await session.resume();
    await session.showStored();
    expect(requests).toEqual([]);
    expect(session.header()).toMatchObject({ state: 'untrusted', notice: expect.stringContaining('not trusted') });
  });

  it('shows what is stored once the folder is trusted', async () => {
    let trusted = false;
    const { session } = create({
      isTrusted: () => trusted,
      stored: [stored({})],
      replay: [started(1), ...one('a'), finish()],
    });
    await session.showStored();
    expect(session.header().state).toBe('untrusted');
    trusted = true;
    await session.showStored();
    expect(session.header()).toMatchObject({ state: 'finished', passed: 1 });
  });

  it('a lost process: what was answered stays, the rest can be resumed, lost calls are asked about', async () => {
    const interrupted: StoredRun = { ...storedRun(), missing: 3, unknown: 1 };
    const { session, requests, sinks } = create({
      events: [started(4), ...one('a')],
      stored: [interrupted],
      replay: [started(4), ...one('a')],
    });
    const running = session.run();
    await settle();
    sinks[0]?.lost();
    await running;
    expect(session.header()).toMatchObject({ state: 'interrupted', passed: 1, resumable: 3 });
    expect(session.header().notice).toBe(
      "The engine's process ended in the middle of the run; everything answered before is kept. Resume calls the model for 3 cases; 1 call was in flight and may have been billed.",
    );
    const resuming = session.resume();
    await settle();
    expect(session.header()).toMatchObject({
      state: 'asking',
      questionSkip: 'Run without it',
      question: [
        'Resume calls the model for 3 cases.',
        '1 call was in flight when the run stopped; it may have been answered and billed, and would be sent again.',
      ],
    });
    session.answer('skip');
    await settle();
    expect(requests.find(([method]) => method === 'planResume')?.[1]).toEqual({ root: '/w', runId: 'run', sendUnknown: false });
    sinks[1]?.events([started(4, 1, { resumed: { kept: 1, unknown: 0 } }), ...one('b'), ...one('c'), ...one('d'), finish()]);
    await resuming;
    expect(session.header()).toMatchObject({ state: 'finished', done: 4, passed: 4 });
    expect(session.rows()).toHaveLength(4);
  });

  it('a resume that is declined changes nothing', async () => {
    const { session, requests } = create({ stored: [{ ...storedRun(), missing: 3, unknown: 1 }], replay: [started(4), ...one('a')] });
    const resuming = session.resume();
    await settle();
    session.answer('stop');
    await resuming;
    expect(requests.some(([method]) => method === 'planResume')).toBe(false);
    expect(session.header()).toMatchObject({ state: 'interrupted', resumable: 3 });
  });

  it('cancels a run that is going, and one that is still being asked about', async () => {
    const going = create({ events: [started(2), ...one('a')] });
    const running = going.session.run();
    await settle();
    await going.session.cancel();
    expect(going.requests.at(-1)).toEqual(['cancel', { runId: 'run' }]);
    going.sinks[0]?.events([finish('cancelled')]);
    await running;
    expect(going.session.header()).toMatchObject({ state: 'cancelled', passed: 1 });

    const asked = create({ plan: { askFirst: ['Large.'] } });
    const asking = asked.session.run();
    await settle();
    await asked.session.cancel();
    await asking;
    expect(asked.requests.some(([method]) => method === 'start')).toBe(false);
  });

  it('says why it stopped', async () => {
    const { session } = create({
      events: [started(2), ...one('a'), finish('budget', 'The budget of $1.00 is used up')],
      stored: [{ ...storedRun(), missing: 1 }],
    });
    await session.run();
    expect(session.header()).toMatchObject({
      state: 'budget',
      resumable: 1,
      notice: 'The budget of $1.00 is used up. Resume calls the model for 1 case.',
    });
  });

  it('shows an error for people by its words, and another one without its insides', async () => {
    const known = create({ fails: new UserError('configuration', 'dataset ./x is missing', { file: 'triage.prompt.yml', line: 4 }) });
    await known.session.run();
    expect(known.session.header()).toMatchObject({ state: 'failed', notice: 'triage.prompt.yml:4: dataset ./x is missing' });
    const bug = create({ fails: new TypeError('x is undefined') });
    await bug.session.run();
    expect(bug.session.header().notice).not.toContain('undefined');
    expect(bug.reported).toHaveLength(1);
    expect(bug.session.busy).toBe(false);
  });

  it('keeps saying why a run did not start when its panel comes up', async () => {
    const { session } = create({ fails: new UserError('configuration', 'dataset ./x is missing', { file: 'triage.prompt.yml', line: 4 }) });
    await session.run();
    await session.showStored();
    expect(session.header()).toMatchObject({ state: 'failed', notice: 'triage.prompt.yml:4: dataset ./x is missing' });
  });

  it('shows the last stored run in a panel that is restored', async () => {
    const { session } = create({
      stored: [{ ...storedRun(), end: 'finished' }],
      replay: [started(2), ...one('a'), ...one('b', 'failed'), finish()],
    });
    await session.showStored();
    expect(session.header()).toMatchObject({ state: 'finished', passed: 1, failed: 1 });
    const none = create({});
    await none.session.showStored();
    expect(none.session.header()).toMatchObject({ notice: 'This prompt has not been run yet.' });
  });

  it('shows a stored run as what it was, and saves its typed inputs', async () => {
    const typed = create({
      stored: [stored({ selection: 'adHoc' })],
      replay: [started(1), ...one('typed'), finish()],
      variables: { ticket: 'Hello' },
    });
    await typed.session.showStored();
    expect(typed.session.header()).toMatchObject({ adHoc: true, notice: 'One case with typed inputs; it is not in the dataset.' });
    expect(typed.session.adHocVariables).toEqual({ ticket: 'Hello' });
    const some = create({ stored: [stored({ selection: 'some' })], replay: [started(2), ...one('a'), ...one('b'), finish()] });
    await some.session.showStored();
    expect(some.session.header().notice).toBe('Only 2 cases of the dataset; Run again runs all.');
  });

  it('scores again without a call', async () => {
    const { session, requests } = create({ stored: [{ ...storedRun(), end: 'finished' }], replay: [started(1), ...one('a'), finish()] });
    await session.showStored();
    await session.rescore();
    expect(requests.map(([method]) => method)).toContain('rescore');
    expect(requests.map(([method]) => method)).not.toContain('start');
    expect(session.header()).toMatchObject({
      state: 'finished',
      passed: 1,
      notice: 'Scored again with the evaluators as they are now; no call was made.',
    });
  });

  it('sends rows in batches, each change once', async () => {
    const { session, sinks, batches, tick } = create({ events: [started(3)] });
    const running = session.run();
    await settle();
    sinks[0]?.events(one('a'));
    sinks[0]?.events(one('b'));
    expect(batches).toEqual([]);
    tick();
    expect(batches).toEqual([['a', 'b']]);
    sinks[0]?.events([...one('c'), finish()]);
    await running;
    expect(batches).toEqual([['a', 'b'], ['c']]);
  });
});

interface Given {
  readonly events?: readonly RunEvent[];
  readonly plan?: Partial<PlanSummary>;
  readonly stored?: readonly StoredRun[];
  readonly replay?: readonly RunEvent[];
  readonly text?: string;
  readonly trusted?: boolean;
  readonly isTrusted?: () => boolean;
  readonly missingKey?: boolean;
  readonly fails?: Error;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A session in a world of fakes; `start` gives the events at once. */
function create({
  events = [],
  plan,
  stored = [],
  replay = [],
  text,
  trusted = true,
  isTrusted = () => trusted,
  missingKey = false,
  fails,
  variables = {},
}: Given) {
  const requests: [string, unknown][] = [];
  const sinks: RunSink[] = [];
  const headers: EvalsHeader[] = [];
  const batches: string[][] = [];
  const reported: unknown[] = [];
  let scheduled: (() => void) | undefined;
  const summary: PlanSummary = {
    planId: 'plan',
    promptId: PROMPT.promptId,
    promptName: 'Triage',
    models: ['m'],
    cases: 2,
    repeats: 1,
    calls: 2,
    fromCache: 0,
    askFirst: [],
    keys: [],
    notes: [],
    ...plan,
  };
  const answers: Partial<Record<keyof HostRequests, unknown>> = {
    plan: summary,
    planResume: summary,
    runs: stored,
    replay,
    cancel: null,
    rescore: { runId: 'run' },
    caseDetail: { caseId: 'typed', variables, samples: [] },
  };
  const world: SessionWorld = {
    engine: {
      request: async <M extends keyof HostRequests>(method: M, params: HostRequests[M]['params']) => {
        requests.push([method, params]);
        if (method === 'plan' && fails) throw fails;
        return answers[method] as HostRequests[M]['result'];
      },
      start: async (params, sink) => {
        requests.push(['start', params]);
        sinks.push(sink);
        if (sinks.length === 1) sink.events(events);
        if (plan && !events.length) sink.events([started(1), finish()]);
        if (sinks.length > 1 && (requests.at(-2)?.[0] ?? '') === 'plan') sink.events([started(1), ...one('b'), finish()]);
        return 'run';
      },
    },
    keys: {
      collect: async () =>
        missingKey ? { ok: false, missing: { provider: 'openai', origin: 'https://api.openai.com' } } : { ok: true, keys: [] },
    },
    questions: { allowOrigin: async () => false, enterKey: async () => undefined },
    trusted: isTrusted,
    settings: () => DEFAULT_SETTINGS,
    unsavedText: () => text,
    report: (error) => reported.push(error),
    runChanged: () => {},
    later: (work) => {
      scheduled = work;
      return () => {
        scheduled = undefined;
      };
    },
  };
  const session = new RunSession(PROMPT, world);
  session.watch({
    header: (header) => headers.push(header),
    rows: (patches) => batches.push(patches.map(({ row }) => row.caseId)),
    reset: () => {},
  });
  return { session, requests, sinks, headers, batches, reported, tick: () => scheduled?.() };
}

function storedRun(): StoredRun {
  const event = started(4);
  if (event.type !== 'runStarted') throw new Error('no header');
  return { header: event.header, end: 'interrupted', totals: new RunTally().totals(), missing: 0, unknown: 0 };
}

function stored(header: Partial<StoredRun['header']>): StoredRun {
  const run = storedRun();
  return { ...run, end: 'finished', header: { ...run.header, ...header } };
}

function states(headers: readonly EvalsHeader[]): readonly string[] {
  return headers.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
}

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));
