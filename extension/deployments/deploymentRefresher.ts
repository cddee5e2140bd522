import type { BoundKey, DeploymentsView, HostRequests, RootEnvironments } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';

/** What is deployed from one root, as this window knows it. */
export interface RootDeployments extends RootEnvironments {
  /** Undefined while the engine has not answered. */
  readonly view: DeploymentsView | undefined;
  /** Why the last look failed as a whole; the view before it stays. */
  readonly problem: string | undefined;
}

/** What looking at deployments needs of the world; tests give fakes. */
export interface RefresherWorld {
  /** The roots of the window with environments; asked of the language server. */
  readonly environments: () => Promise<readonly RootEnvironments[]>;
  readonly request: (method: 'refreshDeployments', params: HostRequests['refreshDeployments']['params']) => Promise<DeploymentsView>;
  /** The keys that a person gave for these environments; nothing is asked for. */
  readonly keys: (root: RootEnvironments) => Promise<readonly BoundKey[]>;
  readonly trusted: () => boolean;
  readonly focused: () => boolean;
  /** Does the work after these milliseconds; returns what takes it back. */
  readonly later: (work: () => void, ms: number) => () => void;
  /** Takes one line, said once until it is another. */
  readonly log: (line: string) => void;
}

/** What to look at: what is due; git's refs, and how many edits lie between; or everything. */
export type Look = 'due' | 'git' | 'all';

/**
 * Looks at what is deployed in the background: a moment after the start, then by the minute while a person is at the window, and when
 * told that something changed. When a source is to be asked again is the engine's to say. One look at a time; what is asked for meanwhile
 * is one more. Nothing is asked without trust or without environments, and nothing is shown: what went wrong is a line in the log and in
 * the state.
 */
export class DeploymentRefresher {
  readonly #world: RefresherWorld;
  readonly #listeners = new Set<() => void>();
  readonly #wanted = new Set<Look>();
  readonly #logged = new Map<string, string>();
  #roots: readonly RootDeployments[] = [];
  #going: Promise<void> | undefined;
  #next: (() => void) | undefined;
  #disposed = false;
  /** The first look is still to come; nothing hurries it. */
  #opening = false;

  constructor(world: RefresherWorld) {
    this.#world = world;
  }

  /** Roots with environments, as they were last seen. */
  get roots(): readonly RootDeployments[] {
    return this.#roots;
  }

  onChange(listener: () => void): { readonly dispose: () => void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Begins a moment later, so that opening a window is not slowed down. */
  start(): void {
    this.#opening = true;
    this.#schedule(FIRST_MS);
  }

  /** The person came to the window, or left it. */
  focusChanged(): void {
    if (this.#world.focused()) this.#schedule(SOON_MS);
    else this.#unschedule();
  }

  /** A file changed on which what is shown may rest: looks in a moment, once for many of them. */
  soon(): void {
    if (!this.#opening) this.#schedule(SOON_MS);
  }

  /** Looks now. Resolves when what is shown is no older than this call; rejects where a root could not be looked at, for whoever asked. */
  async refresh(look: Look): Promise<void> {
    if (this.#disposed) return;
    this.#wanted.add(look);
    this.#going ??= this.#look().finally(() => {
      this.#going = undefined;
      if (this.#world.focused()) this.#schedule(EVERY_MS);
    });
    await this.#going;
  }

  /** The same for what nobody waits for. */
  refreshQuietly(look: Look): void {
    this.refresh(look).catch(() => {}); // logged, and in the state
  }

  dispose(): void {
    this.#disposed = true;
    this.#unschedule();
    this.#listeners.clear();
  }

  async #look(): Promise<void> {
    let failure: unknown;
    while (this.#wanted.size && !this.#disposed) {
      const wanted = new Set(this.#wanted);
      this.#wanted.clear();
      failure = undefined;
      try {
        const found = this.#world.trusted() ? await this.#world.environments() : [];
        const looked: RootDeployments[] = [];
        for (const root of found) {
          const known = this.#roots.find((one) => one.root === root.root);
          const next = await this.#lookAt(root, known, wanted);
          failure ??= next.failure;
          looked.push(next.state);
        }
        this.#take(looked);
      } catch (error) {
        failure = error;
        this.#log('', messageOf(error));
      }
    }
    if (failure !== undefined) throw failure;
  }

  async #lookAt(
    root: RootEnvironments,
    known: RootDeployments | undefined,
    wanted: ReadonlySet<Look>,
  ): Promise<{ readonly state: RootDeployments; readonly failure?: unknown }> {
    try {
      const view = await this.#viewOf(root, wanted);
      this.#log(root.root, '');
      return { state: { ...root, view, problem: undefined } };
    } catch (error) {
      this.#log(root.root, messageOf(error));
      return { state: { ...root, view: known?.view, problem: messageOf(error) }, failure: error };
    }
  }

  async #viewOf(root: RootEnvironments, wanted: ReadonlySet<Look>): Promise<DeploymentsView> {
    const { request } = this.#world;
    const keys = await this.#world.keys(root);
    if (wanted.has('all')) return request('refreshDeployments', { root: root.root, force: true, keys });
    const git = root.environments.filter(({ source }) => source === 'git').map(({ environment }) => environment);
    const view = wanted.has('git')
      ? await request('refreshDeployments', { root: root.root, environments: git, force: true, keys })
      : undefined;
    return view && !wanted.has('due') ? view : request('refreshDeployments', { root: root.root, keys });
  }

  #take(roots: readonly RootDeployments[]): void {
    const same = JSON.stringify(roots) === JSON.stringify(this.#roots);
    this.#roots = roots;
    if (!same) for (const listener of this.#listeners) listener();
  }

  #log(root: string, message: string): void {
    if ((this.#logged.get(root) ?? '') === message) return;
    this.#logged.set(root, message);
    if (message) this.#world.log(`deployments${root ? ` of ${root}` : ''}: ${message}`);
  }

  #schedule(ms: number): void {
    if (this.#disposed) return;
    this.#unschedule();
    this.#next = this.#world.later(() => {
      this.#next = undefined;
      this.#opening = false;
      if (this.#world.focused()) this.refreshQuietly('due');
    }, ms);
  }

  #unschedule(): void {
    this.#next?.();
    this.#next = undefined;
  }
}

/** After activation. */
const FIRST_MS = 3_000;
/** After the person came back or saved. */
const SOON_MS = 500;
/** The engine asks a source when it is due, which is rarer. */
const EVERY_MS = 60_000;

function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.located;
  return error instanceof Error ? error.message : String(error);
}
