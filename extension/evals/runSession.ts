import type { CaseSelection, EvalRequest, EvalsDetail, EvalsHeader, PlanSummary, RunEvent, StoredRun } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { caseDetailView } from './caseDetailView.ts';
import { EvalsViewModel, type RowPatch } from './evalsViewModel.ts';
import { endNotice, noKeyNotice, planQuestions, resumeQuestion, selectionNotice } from './runWords.ts';
import { requestBasics, type SessionPrompt, type SessionWatcher, type SessionWorld } from './sessionWorld.ts';
import { StoredRuns } from './storedRuns.ts';
import { Turn } from './turn.ts';

/** `skip`: without the calls of unknown outcome. */
export type Answer = 'go' | 'skip' | 'stop';

/**
 * The runs of one prompt as a person sees them, one at a time: plan, questions, start, events, end, resume, scoring again. Watchers get
 * figures and rows in batches, at most twenty a second.
 */
export class RunSession {
  readonly prompt: SessionPrompt;
  readonly #world: SessionWorld;
  readonly #stored: StoredRuns;
  readonly #watchers = new Set<SessionWatcher>();
  readonly #turn: Turn<Answer>;
  #model = new EvalsViewModel();
  #selection: CaseSelection = { kind: 'all' };
  #runId: string | undefined;
  /** What stands above the run's own figures: questions, the state before and after it. */
  #over: Over = {};
  /** What is said beside them as long as the run is shown: which part of the dataset it is, what the plan noted. */
  #notes: readonly string[] = [];
  #takeBackFlush: (() => void) | undefined;

  constructor(prompt: SessionPrompt, world: SessionWorld) {
    this.prompt = prompt;
    this.#world = world;
    this.#stored = new StoredRuns(world.engine, prompt);
    const stopped = (over: Over): void => {
      this.#over = over;
    };
    this.#turn = new Turn<Answer>(world, { stopped, flush: () => this.#flush() }, 'stop');
  }

  /** A run is being planned, asked about or going. */
  get busy(): boolean {
    return this.#turn.busy;
  }

  get total(): number {
    return this.#model.total;
  }

  /** The typed inputs of a run of one case that is in no dataset. */
  get adHocVariables(): Readonly<Record<string, unknown>> | undefined {
    return this.#selection.kind === 'adHoc' ? this.#selection.variables : undefined;
  }

  header(): EvalsHeader {
    const header = this.#model.header();
    const { notice: own, ...over } = this.#over;
    const notice = [own, ...this.#notes].filter(Boolean).join(' ');
    return {
      ...header,
      title: header.title || this.prompt.promptName,
      ...over,
      ...(notice ? { notice } : {}),
      ...(this.#selection.kind === 'adHoc' ? { adHoc: true } : {}),
    };
  }

  rows(): readonly RowPatch[] {
    return this.#model.rows();
  }

  watch(watcher: SessionWatcher): { readonly dispose: () => void } {
    this.#watchers.add(watcher);
    return { dispose: () => this.#watchers.delete(watcher) };
  }

  /** Plans, asks what has to be asked, runs; resolves when the run has ended, or when it is clear that there will be none. */
  async run(selection: CaseSelection = { kind: 'all' }): Promise<void> {
    await this.#turn.begin(async () => {
      const previous = this.#model.runHeader ? this.#model.digests() : await this.#stored.digests();
      const request = this.#request(selection);
      this.#selection = selection;
      this.#show(new EvalsViewModel({ previous }), undefined, { state: 'planning' });
      const plan = await this.#world.engine.request('plan', request);
      const { askAboveCalls, askAboveCost } = this.#world.settings(this.prompt.uri).eval;
      const questions = planQuestions(plan, { calls: askAboveCalls, cost: askAboveCost });
      this.#notes = [...selectionNotice(selection), ...plan.notes];
      if (questions.length && (await this.#ask(questions)) !== 'go') return this.#notStarted('Not run; nothing was sent.');
      await this.#start(plan);
    });
  }

  /** Again what this run was about: its typed inputs, else every case. */
  async runAgain(): Promise<void> {
    await this.run(this.#selection.kind === 'adHoc' ? this.#selection : { kind: 'all' });
  }

  /** Runs those cases that failed or had no answer. */
  async rerunFailed(): Promise<void> {
    const ids = [...this.#model.caseIds('failed', 'error')];
    if (ids.length) await this.run({ kind: 'ids', ids });
  }

  /** Goes on with the run shown, or with the newest stored one; asks first where calls may have been answered and lost. */
  async resume(): Promise<void> {
    await this.#turn.begin(async () => {
      const run = this.#runId === undefined ? await this.#stored.newest() : await this.#stored.find(this.#runId);
      if (!run?.missing) return this.#notStarted('There is nothing to resume: every case of the last run has an answer.');
      await this.#showRun(run, { state: 'planning' });
      const { question, skip } = resumeQuestion(run.missing, run.unknown);
      const answer = run.unknown ? await this.#ask(question, skip) : 'go';
      if (answer === 'stop') return this.#showEnd(run);
      const { root, uri } = this.prompt;
      const { url } = this.#world.settings(uri).sandbox;
      const how = { root, runId: run.header.runId, sendUnknown: answer === 'go', ...(url ? { sandboxUrl: url } : {}) };
      const plan = await this.#world.engine.request('planResume', how);
      const more = run.unknown ? [] : plan.askFirst;
      if (more.length && (await this.#ask(more)) !== 'go') return this.#showEnd(run);
      this.#notes = [...selectionNotice(this.#selection), ...plan.notes];
      await this.#start(plan);
    });
  }

  /** Scores the stored outputs with the evaluators as they are now; makes no call. */
  async rescore(): Promise<void> {
    const runId = this.#runId;
    if (runId === undefined) return;
    await this.#turn.begin(async () => {
      const { root, uri, promptId } = this.prompt;
      const text = this.#world.unsavedText(uri);
      await this.#world.engine.request('rescore', { root, runId, ...(text === undefined ? {} : { text }) });
      const run = await this.#stored.find(runId);
      if (!run) return;
      await this.#showRun(run, {});
      await this.#showEnd(run);
      this.#notes = [...this.#notes, 'Scored again with the evaluators as they are now; no call was made.'];
      this.#world.runChanged(promptId);
    });
  }

  /** Ends the run that is going, or that is about to; what was answered is kept. */
  async cancel(): Promise<void> {
    if (!this.#turn.cancel()) return;
    if (this.#runId !== undefined && this.#model.end === undefined) await this.#world.engine.request('cancel', { runId: this.#runId });
  }

  /** The person's answer to the question shown. */
  answer(answer: Answer): void {
    this.#turn.answer(answer);
  }

  /** Shows the newest stored run where nothing is shown yet, nor said. Starts nothing in a folder that is not trusted. */
  async showStored(): Promise<void> {
    const { notice, state } = this.#over;
    if (this.busy || this.#model.runHeader || (notice !== undefined && state !== 'untrusted')) return;
    await this.#turn.begin(async () => {
      const run = await this.#stored.newest();
      if (!run) return this.#notStarted('This prompt has not been run yet.');
      await this.#showRun(run, {});
      await this.#showEnd(run);
    });
  }

  /** Shows this stored run; while a run is going, that one stays. */
  async show(runId: string): Promise<void> {
    await this.#turn.begin(async () => {
      const run = await this.#stored.find(runId);
      if (!run) throw new UserError('usage', `Run ${runId} is not stored here any more.`);
      await this.#showRun(run, {});
      await this.#showEnd(run);
    });
  }

  /** Everything about one case of the run shown. */
  async detail(caseId: string): Promise<EvalsDetail> {
    return caseDetailView(await this.#stored.caseDetail(this.#shownRun(), caseId), this.#model.runHeader);
  }

  /** The call of a case's first sample as a command line, without its key. */
  async curl(caseId: string): Promise<string | undefined> {
    return (await this.#stored.caseDetail(this.#shownRun(), caseId)).samples[0]?.curl;
  }

  #shownRun(): string {
    if (this.#runId === undefined) throw new UserError('usage', 'This prompt has not been run yet. Run it first.');
    return this.#runId;
  }

  #request(cases: CaseSelection): EvalRequest {
    const { cache } = this.#world.settings(this.prompt.uri).eval;
    return { ...requestBasics(this.prompt, this.#world), cases, ...(cache === null ? {} : { cache }) };
  }

  /** Starts what was planned and stays until it has ended. */
  async #start(plan: PlanSummary): Promise<void> {
    const found = await this.#world.keys.collect(plan.keys, this.#world.questions);
    if (!found.ok) return this.#notStarted(noKeyNotice(found.missing));
    if (this.#turn.cancelled) return this.#notStarted('Cancelled; nothing was sent.');
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const events = (batch: readonly RunEvent[]): void => {
      this.#take(batch);
      if (this.#model.end !== undefined) resolve();
    };
    const lost = (): void => {
      this.#model.finish('interrupted');
      resolve();
    };
    this.#model.reopen();
    const runId = await this.#world.engine.start({ planId: plan.planId, keys: found.keys }, { events, lost });
    this.#runId = runId;
    if (this.#turn.cancelled && this.#model.end === undefined) await this.#world.engine.request('cancel', { runId });
    await ended;
    this.#world.runChanged(this.prompt.promptId);
    if (this.#model.end === 'finished') this.#over = this.#model.message ? { notice: this.#model.message } : {};
    else await this.#showEnd(await this.#stored.find(runId).catch(() => undefined)); // figures of the rest are worth less than the run
  }

  #take(events: readonly RunEvent[]): void {
    for (const event of events) {
      this.#model.apply(event);
      if (event.type !== 'runStarted') continue;
      this.#runId = event.header.runId;
      this.#over = {};
    }
    this.#takeBackFlush ??= this.#world.later(() => this.#flush(), this.#model.total > MANY_CASES ? SLOW_FLUSH_MS : FLUSH_MS);
  }

  async #showEnd(run: StoredRun | undefined): Promise<void> {
    const { end = run?.end, message } = this.#model;
    const notice = end && endNotice(end, message, run?.missing ?? 0, run?.unknown ?? 0);
    this.#over = { ...(notice ? { notice } : {}), ...(run?.missing ? { resumable: run.missing } : {}) };
  }

  async #ask(question: readonly string[], skip?: string): Promise<Answer> {
    this.#over = { state: 'asking', question: [...question], ...(skip === undefined ? {} : { questionSkip: skip }) };
    const answer = await this.#turn.ask();
    this.#over = { state: 'planning' };
    this.#flush();
    return answer;
  }

  #notStarted(notice: string): void {
    this.#over = { state: 'cancelled', notice };
    this.#notes = [];
  }

  /** A stored run takes the place of the one shown, as what it was: whole, some cases, or one with typed inputs. */
  async #showRun(run: StoredRun, over: Over): Promise<void> {
    const { runId, selection } = run.header;
    const model = await this.#stored.model(run);
    const ids = [...model.caseIds()];
    const typed = selection === 'adHoc' && ids[0] !== undefined ? (await this.#stored.caseDetail(runId, ids[0])).variables : undefined;
    this.#selection = typed ? { kind: 'adHoc', variables: { ...typed } } : selection === 'some' ? { kind: 'ids', ids } : { kind: 'all' };
    this.#show(model, runId, over);
    this.#notes = selectionNotice(this.#selection);
  }

  /** Another run takes the place of the one shown. */
  #show(model: EvalsViewModel, runId: string | undefined, over: Over): void {
    this.#model = model;
    this.#runId = runId;
    this.#over = over;
    this.#notes = [];
    for (const watcher of this.#watchers) watcher.reset();
  }

  #flush(): void {
    this.#takeBackFlush?.();
    this.#takeBackFlush = undefined;
    const patches = this.#model.takePatches();
    const header = this.header();
    for (const watcher of this.#watchers) {
      if (patches.length) watcher.rows(patches, this.#model.total);
      watcher.header(header);
    }
  }
}

type Over = Partial<Pick<EvalsHeader, 'state' | 'notice' | 'question' | 'questionSkip' | 'resumable'>>;

/** Twenty batches a second at most; fewer where each of them counts thousands of cases. */
const FLUSH_MS = 50;
const SLOW_FLUSH_MS = 200;
const MANY_CASES = 2000;
