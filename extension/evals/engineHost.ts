import type { ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { CompareEvent, HostCallbacks, HostRequests, RunEvent } from '../../protocol/index.ts';
import { UserError, type UserErrorCode } from '../../safety/index.ts';
import { EventRoutes, type EventSink } from './eventRoutes.ts';

/** Where the events of a run go, and those of a comparison or capture. */
export type RunSink = EventSink<RunEvent>;
export type CompareSink = EventSink<CompareEvent>;

export interface EngineHostOptions {
  /** Starts the process with piped standard input, output and error. */
  readonly launch: () => ChildProcess;
  readonly trusted: () => boolean;
  readonly version: string;
  readonly log: (line: string) => void;
}

/**
 * The engine's process, started at the first need and again after a crash. Requests that are open when it ends are rejected, its runs are
 * told that they are lost; nothing is sent again by itself. Parameters are never logged: keys are among them.
 */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #runs: EventRoutes<RunEvent>;
  readonly #jobs: EventRoutes<CompareEvent>;
  #live: Promise<Live> | undefined;
  #disposed = false;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#runs = new EventRoutes(({ type }) => type === 'runFinished', options.log);
    this.#jobs = new EventRoutes(({ type }) => type === 'compareFinished', options.log);
  }

  /** Whether the process runs, or is being started. */
  get started(): boolean {
    return this.#live !== undefined;
  }

  /** Sends a request, starting the process when needed. A UserError of the engine comes back as one. */
  async request<M extends keyof HostRequests>(method: M, params: HostRequests[M]['params']): Promise<HostRequests[M]['result']> {
    const live = await this.#connect();
    return send(live.connection, method, params);
  }

  /** Starts a planned run and sends its events to the sink until it has finished. Resolves with the run's id. */
  start(params: HostRequests['start']['params'], sink: RunSink): Promise<string> {
    return this.#runs.start(async () => (await this.request('start', params)).runId, sink);
  }

  /** The same for a planned comparison, capture or second look. Resolves with the job's id, by which `cancel` ends it. */
  startCompare(params: HostRequests['startCompare']['params'], sink: CompareSink): Promise<string> {
    return this.#jobs.start(async () => (await this.request('startCompare', params)).jobId, sink);
  }

  /** Says to a running process that trust was granted; one not started yet asks when it starts. */
  async setTrust(trusted: boolean): Promise<void> {
    if (this.#live) await this.request('setTrust', { trusted });
  }

  /** Ends the process; the next request starts a new one. */
  async stop(): Promise<void> {
    const live = await this.#live?.catch(() => undefined);
    live?.connection.end();
    live?.connection.dispose();
    live?.child.kill();
    if (live) this.#ended(live, 'stopped');
  }

  dispose(): void {
    this.#disposed = true;
    void this.stop();
  }

  #connect(): Promise<Live> {
    if (this.#disposed) throw new UserError('cancelled', 'Evenkeel is shutting down.');
    if (!this.#options.trusted()) {
      const advice = 'Trust the folder first (Workspaces: Manage Workspace Trust).';
      throw new UserError('untrusted', `Evenkeel runs nothing in a folder that is not trusted. ${advice}`);
    }
    this.#live ??= this.#launch().catch((error: unknown) => {
      this.#live = undefined;
      throw error;
    });
    return this.#live;
  }

  async #launch(): Promise<Live> {
    const { launch, trusted, version, log } = this.#options;
    const child = launch();
    const { stdin, stdout, stderr } = child;
    if (!stdin || !stdout) throw new Error("the engine's process has no pipes");
    stdin.on('error', () => {}); // the connection's close tells it
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line.trim()) log(`engine: ${line}`);
    });
    const connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    const live: Live = { child, connection };
    connection.onClose(() => {
      connection.dispose(); // rejects what is open; without it those requests never settle
      this.#ended(live, 'ended');
    });
    child.once('error', (error) => {
      log(`engine: could not be started: ${error.message}`);
      connection.dispose();
      this.#ended(live, 'failed');
    });
    child.once('exit', (code, signal) => log(`engine: process ${child.pid} ended (${signal ?? code})`));
    connection.onRequest('events', (params: HostCallbacks['events']['params']): null => {
      this.#take(params.events);
      return null;
    });
    connection.onRequest('comparison', (event: HostCallbacks['comparison']['params']): null => {
      this.#jobs.deliver(event.jobId, [event]);
      return null;
    });
    connection.listen();
    await send(connection, 'initialize', { trusted: trusted(), version });
    log(`engine: process ${child.pid} is ready`);
    return live;
  }

  #take(events: readonly RunEvent[]): void {
    const byRun = new Map<string, RunEvent[]>();
    for (const event of events) {
      const runId = event.type === 'runStarted' ? event.header.runId : event.runId;
      const list = byRun.get(runId) ?? [];
      list.push(event);
      byRun.set(runId, list);
    }
    for (const [runId, list] of byRun) this.#runs.deliver(runId, list);
  }

  #ended(live: Live, how: string): void {
    if (live.ended) return;
    live.ended = true;
    this.#live = undefined;
    const unfinished = this.#runs.lose() + this.#jobs.lose();
    if (unfinished) this.#options.log(`engine: ${how} with ${unfinished} unfinished run(s)`);
  }
}

interface Live {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  ended?: boolean;
}

async function send<M extends keyof HostRequests>(
  connection: MessageConnection,
  method: M,
  params: HostRequests[M]['params'],
): Promise<HostRequests[M]['result']> {
  try {
    return await connection.sendRequest<HostRequests[M]['result']>(method, params);
  } catch (error) {
    throw asUserError(error);
  }
}

/** An engine's UserError crosses as a response error with `data: { code, located }`; a lost process is one that the user can mend. */
function asUserError(error: unknown): unknown {
  if (!(error instanceof ResponseError)) return error;
  if (error.code === PENDING_REJECTED) {
    return new UserError('incomplete', "The engine's process ended before it answered. Try again; what was answered so far is kept.");
  }
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('code' in data) || !isUserErrorCode(data.code)) return error;
  const located = 'located' in data && typeof data.located === 'string' ? data.located : error.message;
  return new UserError(data.code, located);
}

const USER_ERROR_CODES: Readonly<Record<UserErrorCode, true>> = {
  usage: true,
  configuration: true,
  incomplete: true,
  cancelled: true,
  untrusted: true,
  conflict: true,
};

function isUserErrorCode(code: unknown): code is UserErrorCode {
  return typeof code === 'string' && Object.hasOwn(USER_ERROR_CODES, code);
}

/** JSON-RPC code of a request that was open when its connection was disposed. */
const PENDING_REJECTED = -32097;
