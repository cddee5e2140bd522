import type {
  CaptureRequest,
  CaseComparison,
  CompareEvent,
  ComparePlan,
  CompareRequest,
  ComparisonPlace,
  ComparisonView,
  DriftState,
  DriftSummary,
  ReviewAction,
  ReviewResult,
  ReviewScope,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { EngineHost } from '../evals/engineHost.ts';
import { noKeyNotice } from '../evals/runWords.ts';
import { requestBasics, type SessionPrompt, type SessionWorld } from '../evals/sessionWorld.ts';
import { errorNotice, Turn, UNTRUSTED_NOTICE } from '../evals/turn.ts';
import { changedRows, type DriftRowPatch } from './changedRows.ts';
import { canUndo, type Job, jobQuestions, LOST_NOTICE, NOTHING_YET, progressOf, REPORT_ONLY } from './driftWords.ts';
import { chosenSamples, type ShownSamples } from './shownSamples.ts';

/** What a session of comparisons is about: a prompt, or one comparison that belongs to none here. */
export interface DriftSubject extends SessionPrompt {
  readonly comparisonId?: string;
}

/** What a drift session needs of the world; tests give fakes. */
export interface DriftWorld extends Omit<SessionWorld, 'engine' | 'runChanged' | 'later'> {
  readonly engine: Pick<EngineHost, 'request' | 'startCompare'>;
  /** A comparison, a baseline or a review is new. */
  readonly changed: () => void;
}

/** What watches a session: its panel, the status bar. */
export interface DriftWatcher {
  readonly state: (state: DriftState, summary: DriftSummary | undefined) => void;
  readonly rows: (patches: readonly DriftRowPatch[], total: number) => void;
  /** Another comparison took the place of the one shown, or its groups are others. */
  readonly reset: () => void;
}

/** The sides and the kind of a comparison, as a person chose them. */
export type Comparing = Pick<CompareRequest, 'kind' | 'baseline' | 'candidate'>;

/**
 * The comparisons of one prompt as a person sees them: one job at a time (plan, question, start, progress, end), the newest comparison,
 * and its review, which goes on while a job does. Actions of the review are done in the order in which they come.
 */
export class DriftSession {
  readonly prompt: DriftSubject;
  readonly #world: DriftWorld;
  readonly #watchers = new Set<DriftWatcher>();
  readonly #turn: Turn<boolean>;
  #view: ComparisonView | undefined;
  #over: Over = { state: 'planning' };
  /** What the plan of the job under way noted. */
  #notes: readonly string[] = [];
  /** What the last action of the review did, or why it could not. */
  #said: string | undefined;
  #comparing: Comparing | undefined;
  /** The comparison that a person chose to see. */
  #chosen: string | undefined;
  #jobId: string | undefined;
  /** The end of the queue of what is done to the comparison shown. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(prompt: DriftSubject, world: DriftWorld) {
    this.prompt = prompt;
    this.#world = world;
    const stopped = (over: Over): void => {
      this.#over = over;
      this.#notes = [];
    };
    this.#turn = new Turn(world, { stopped, flush: () => this.#flush() }, false);
  }

  /** A job is being planned, asked about or going. */
  get busy(): boolean {
    return this.#turn.busy;
  }

  get view(): ComparisonView | undefined {
    return this.#view;
  }

  /** The comparison shown; undefined where there is none. */
  get place(): ComparisonPlace | undefined {
    return this.#view && { root: this.prompt.root, comparisonId: this.#view.summary.comparisonId };
  }

  state(): DriftState {
    const { notice: own, ...over } = this.#over;
    const notice = [own, ...this.#notes, this.#said].filter(Boolean).join(' ');
    return {
      title: this.prompt.promptName,
      ...over,
      ...(notice ? { notice } : {}),
      canUndo: canUndo(this.#view?.rows ?? []),
    };
  }

  watch(watcher: DriftWatcher): { readonly dispose: () => void } {
    this.#watchers.add(watcher);
    return { dispose: () => this.#watchers.delete(watcher) };
  }

  /** Compares two sides; without any the baseline with the working copy. Resolves when it has ended, or when it is clear that it will not be. */
  async compare(comparing: Comparing): Promise<void> {
    await this.#run(comparing.kind, () => {
      this.#comparing = comparing;
      return this.#world.engine.request('planCompare', { ...this.#basics(), ...comparing });
    });
  }

  /** The same comparison again; after a restart a drift review, or a quick compare where that is what is shown. */
  async runAgain(): Promise<void> {
    await this.compare(this.#comparing ?? { kind: this.#view?.summary.kind === 'quick' ? 'quick' : 'review' });
  }

  /** Captures a baseline, tops one up, or checks it against itself. */
  async capture(mode: CaptureRequest['mode']): Promise<void> {
    await this.#run(mode, () => this.#world.engine.request('planCapture', { ...this.#basics(), mode }));
  }

  /** Five more samples for cases of the comparison shown. */
  async takeMore(caseIds: readonly string[]): Promise<void> {
    const { place } = this;
    if (!place || !caseIds.length) return;
    const { url } = this.#world.settings(this.prompt.uri).sandbox;
    const params = { ...place, caseIds: [...caseIds], ...(url ? { sandboxUrl: url } : {}) };
    await this.#run('more', () => this.#world.engine.request('planMore', params));
  }

  /** Ends the job that is going, or that is about to; answers that came are kept with their run. */
  async cancel(): Promise<void> {
    if (this.#turn.cancel() && this.#jobId !== undefined) await this.#world.engine.request('cancel', { runId: this.#jobId });
  }

  /** The person's answer to the question shown. */
  answer(go: boolean): void {
    this.#turn.answer(go);
  }

  /** Accepts, rejects or marks as known noise; what it did, or why it could not, is said in the panel. */
  review(action: ReviewAction, scope: ReviewScope, reason?: string): Promise<void> {
    return this.#act((place) =>
      this.#world.engine.request('review', { ...place, action, scope, ...(reason === undefined ? {} : { reason }) }),
    );
  }

  /** Takes the last action back. */
  undo(): Promise<void> {
    return this.#act((place) => this.#world.engine.request('undoReview', place));
  }

  /** Shows the newest stored comparison where nothing is shown yet, nor said. Starts nothing in a folder that is not trusted. */
  async showStored(): Promise<void> {
    const { notice, state } = this.#over;
    if (this.busy || this.#view || (notice !== undefined && state !== 'untrusted')) return;
    await this.#turn.begin(async () => {
      const newest = await this.#newest();
      if (newest === undefined) return this.#notStarted(NOTHING_YET);
      await this.#load(newest);
      this.#over = { state: 'finished' };
    });
  }

  /** Shows this comparison; a job that is going goes on. */
  async show(comparisonId: string): Promise<void> {
    this.#chosen = comparisonId;
    if (!this.#world.trusted()) return this.showStored();
    await this.#queue(async () => {
      await this.#load(comparisonId);
      this.#rest();
      this.#said = undefined;
    });
  }

  /** Somebody else may have changed what is shown: another window, the command line. */
  async refresh(): Promise<void> {
    const shown = this.#view?.summary.comparisonId;
    const waits = shown !== undefined || this.#over.state === 'cancelled';
    if (this.#world.trusted() && waits) await this.#queue(() => (shown === undefined ? this.#loadNewest() : this.#reload(shown)));
  }

  /** Everything about one case of the comparison shown. */
  detail(caseId: string, shown: ShownSamples = {}): Promise<CaseComparison> {
    return this.#world.engine.request('comparisonCase', { ...this.#shownPlace(), caseId, ...chosenSamples(shown) });
  }

  /** The comparison shown as a report. */
  async report(format: 'json' | 'markdown'): Promise<string> {
    return (await this.#world.engine.request('exportReport', { ...this.#shownPlace(), format })).text;
  }

  #shownPlace(): ComparisonPlace {
    if (!this.place) throw new UserError('usage', NOTHING_YET);
    return this.place;
  }

  #basics() {
    if (this.prompt.comparisonId !== undefined) throw new UserError('usage', REPORT_ONLY);
    return requestBasics(this.prompt, this.#world);
  }

  /** Plans, asks what has to be asked, starts, and stays until it has ended. The comparison shown stays until there is a new one. */
  async #run(job: Job, plan: () => Promise<ComparePlan>): Promise<void> {
    await this.#turn.begin(async () => {
      this.#said = undefined;
      this.#set({ state: 'planning' });
      const planned = await plan();
      const { askAboveCalls, askAboveCost } = this.#world.settings(this.prompt.uri).eval;
      const question = jobQuestions(job, planned, { calls: askAboveCalls, cost: askAboveCost });
      if (question.length && !(await this.#ask(question))) return this.#notStarted('Not run; nothing was sent.');
      const found = await this.#world.keys.collect(planned.keys, this.#world.questions);
      if (!found.ok) return this.#notStarted(noKeyNotice(found.missing));
      if (this.#turn.cancelled) return this.#notStarted('Cancelled; nothing was sent.');
      this.#notes = planned.notes;
      this.#set({ state: 'running' });
      const { promise: ended, resolve } = Promise.withResolvers<Finished | undefined>();
      const events = (batch: readonly CompareEvent[]): void => {
        for (const event of batch) {
          if (event.type === 'compareFinished') resolve(event);
          else this.#set({ state: 'running', progress: progressOf(event) });
        }
      };
      const jobId = await this.#world.engine.startCompare(
        { planId: planned.planId, keys: found.keys },
        { events, lost: () => resolve(undefined) },
      );
      this.#jobId = jobId;
      if (this.#turn.cancelled) await this.#world.engine.request('cancel', { runId: jobId });
      const end = await ended;
      this.#jobId = undefined;
      await this.#finish(end);
      this.#world.changed();
    });
  }

  /** `undefined`: the engine's process ended before the job did. */
  async #finish(end: Finished | undefined): Promise<void> {
    const { comparisonId, message } = end ?? { message: LOST_NOTICE };
    const state = end?.end ?? 'failed';
    if (comparisonId !== undefined) {
      this.#notes = []; // the comparison has its own
      this.#chosen = undefined;
      await this.#queue(() => this.#load(comparisonId));
    }
    this.#over = { state, ...(message === undefined ? {} : { notice: message }) };
  }

  async #newest(): Promise<string | undefined> {
    const { root, promptId, comparisonId } = this.prompt;
    return comparisonId ?? this.#chosen ?? (await this.#world.engine.request('comparisons', { root, promptId }))[0]?.comparisonId;
  }

  async #loadNewest(): Promise<void> {
    const newest = await this.#newest();
    if (newest === undefined || this.#view) return;
    await this.#load(newest);
    this.#rest();
  }

  /** What is shown as it is now; where it was forgotten meanwhile, the newest that there is. */
  async #reload(shown: string): Promise<void> {
    if (shown !== this.#view?.summary.comparisonId) return;
    try {
      await this.#load(shown);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#adopt(undefined);
      this.#chosen = undefined;
      if (!this.busy) this.#notStarted(NOTHING_YET);
      if (this.prompt.comparisonId === undefined) await this.#loadNewest();
    }
  }

  /** Without a job, what was said of the last one is over. */
  #rest(): void {
    if (!this.busy) this.#over = { state: 'finished' };
  }

  async #load(comparisonId: string): Promise<void> {
    this.#adopt(await this.#world.engine.request('comparison', { root: this.prompt.root, comparisonId }));
  }

  #adopt(view: ComparisonView | undefined): void {
    const patches = this.#view && view && changedRows(this.#view, view);
    this.#view = view;
    for (const watcher of this.#watchers) {
      if (!patches) watcher.reset();
      else if (patches.length) watcher.rows(patches, view.rows.length);
    }
  }

  /** One action of the review after the other; what is shown afterwards is what the files say. */
  async #act(work: (place: ComparisonPlace) => Promise<ReviewResult>): Promise<void> {
    if (!this.#world.trusted()) {
      this.#said = UNTRUSTED_NOTICE;
      return this.#flush();
    }
    await this.#queue(async () => {
      const place = this.#shownPlace();
      try {
        this.#said = (await work(place)).message;
        this.#rest();
      } finally {
        await this.#load(place.comparisonId);
      }
    });
    this.#world.changed();
  }

  /** Does the work when what came before it is done; whatever goes wrong is said in the panel. */
  #queue(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(async () => {
      try {
        await work();
      } catch (error) {
        this.#said = errorNotice(error);
        this.#world.report(error);
      }
      this.#flush();
    });
    this.#last = next;
    return next;
  }

  async #ask(question: readonly string[]): Promise<boolean> {
    this.#over = { state: 'asking', question: [...question] };
    const go = await this.#turn.ask();
    this.#set({ state: 'planning' });
    return go;
  }

  #notStarted(notice: string): void {
    this.#over = { state: 'cancelled', notice };
    this.#notes = [];
  }

  #set(over: Over): void {
    this.#over = over;
    this.#flush();
  }

  #flush(): void {
    const state = this.state();
    for (const watcher of this.#watchers) watcher.state(state, this.#view?.summary);
  }
}

type Over = Pick<DriftState, 'state' | 'notice' | 'question' | 'progress'>;
type Finished = Extract<CompareEvent, { type: 'compareFinished' }>;
