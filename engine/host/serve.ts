import {
  createMessageConnection,
  ErrorCodes,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { BoundKey, type CompareEvent, EvalRequest, type HostCallbacks, type HostRequests } from '../../protocol/index.ts';
import { createRedactor, TRUSTED, UNTRUSTED, UserError } from '../../safety/index.ts';
import { createEngine, type EngineOptions } from '../engine.ts';
import { createEventBatches } from './eventBatches.ts';

/** The streams of the pipe to the extension. */
export interface HostStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Serves HostRequests over the streams with one engine. Nothing may be done before `initialize` says whether the folder is trusted.
 * UserErrors become response errors with `data: { code, located }`; everything else is a bug and says so, redacted.
 */
export function serveHost({ input, output }: HostStreams, version: string, overrides: Partial<EngineOptions> = {}): MessageConnection {
  const connection = createMessageConnection(new StreamMessageReader(input), new StreamMessageWriter(output));
  const redactor = createRedactor();
  const engine = createEngine({ capabilities: UNTRUSTED, interactive: true, redactor, ...overrides });
  const batches = createEventBatches((events) => connection.sendRequest<HostCallbacks['events']['result']>('events', { events }));
  /** Runs, comparisons and captures under way, by the id that `cancel` names. */
  const running = new Map<string, AbortController>();
  let telling: Promise<unknown> = Promise.resolve();

  const on = <M extends keyof HostRequests>(
    method: M,
    handle: (params: HostRequests[M]['params']) => Promise<HostRequests[M]['result']> | HostRequests[M]['result'],
  ): void => {
    connection.onRequest(method, async (params: unknown): Promise<unknown> => {
      try {
        // The other end of the pipe is our own extension; what a repository could have shaped is parsed again below.
        return await handle(params as HostRequests[M]['params']);
      } catch (error) {
        throw toResponseError(error, redactor.redact);
      }
    });
  };

  const trust = (trusted: boolean): void => engine.setCapabilities(trusted ? TRUSTED : UNTRUSTED);

  on('initialize', ({ trusted }) => {
    trust(trusted);
    return { version };
  });
  on('setTrust', ({ trusted }) => {
    trust(trusted);
    return null;
  });
  on('plan', (params) => engine.plan(EvalRequest.parse(params)));
  on('planResume', (params) => engine.planResume(params));
  on('start', async ({ planId, keys }) => {
    const controller = new AbortController();
    const { runId, finished } = await engine.start(
      planId,
      keys.map((key) => BoundKey.parse(key)),
      batches.add,
      controller.signal,
    );
    running.set(runId, controller);
    void finished.finally(() => running.delete(runId));
    return { runId };
  });
  on('cancel', ({ runId }) => {
    running.get(runId)?.abort();
    return null;
  });
  on('planCompare', (params) => engine.planCompare(params));
  on('planCapture', (params) => engine.planCapture(params));
  on('planMore', (params) => engine.planMore(params));
  on('startCompare', async ({ planId, keys }) => {
    const controller = new AbortController();
    // One after the other, so that progress never overtakes the end; a closed pipe has nobody to tell.
    const tell = (event: CompareEvent): void => {
      telling = telling.then(() => connection.sendRequest('comparison', event)).catch(() => undefined);
    };
    const bound = keys.map((key) => BoundKey.parse(key));
    const { jobId, finished } = await engine.startCompare(planId, bound, tell, controller.signal);
    running.set(jobId, controller);
    void finished.finally(() => running.delete(jobId));
    return { jobId };
  });
  on('workingPoints', (params) => engine.workingPoints(params));
  on('compareRecorded', (params) => engine.compareRecorded(params));
  on('openReport', (params) => engine.openReport(params));
  on('comparisons', (params) => engine.comparisons(params));
  on('comparison', (params) => engine.comparison(params));
  on('comparisonCase', (params) => engine.comparisonCase(params));
  on('comparisonTexts', (params) => engine.comparisonTexts(params));
  on('review', (params) => engine.review(params));
  on('undoReview', (params) => engine.undoReview(params));
  on('dropComparison', (params) => engine.dropComparison(params));
  on('exportReport', (params) => engine.exportReport(params));
  on('baselines', (params) => engine.baselines(params));
  on('pruneBaselines', (params) => engine.pruneBaselines(params));
  on('deployments', (params) => engine.deployments(params));
  on('refreshDeployments', (params) => engine.refreshDeployments(params));
  on('deploymentKeys', (params) => engine.deploymentKeys(params));
  on('recordDeployed', (params) => engine.recordDeployed(params));
  on('history', (params) => engine.history(params));
  on('promptAt', (params) => engine.promptAt(params));
  on('status', (params) => engine.status(params));
  on('release', (params) => engine.release(params));
  on('repairLock', (params) => engine.repairLock(params));
  on('rescore', (params) => engine.rescore(params, batches.add));
  on('preview', (params) => engine.preview(params));
  on('runs', (params) => engine.runs(params));
  on('replay', (params) => engine.replay(params));
  on('caseDetail', (params) => engine.caseDetail(params));
  return connection;
}

function toResponseError(
  error: unknown,
  redact: (text: string) => string,
): ResponseError<{ readonly code: string; readonly located: string }> {
  if (error instanceof UserError) {
    const located = redact(error.located);
    return new ResponseError(USER_ERROR, redact(error.message), { code: error.code, located });
  }
  const message = redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.stderr.write(`${message}\n`);
  const line = redact(error instanceof Error ? error.message : String(error));
  return new ResponseError(ErrorCodes.InternalError, `Internal error: ${line}`, { code: 'internal', located: line });
}

/** JSON-RPC code of errors that the user can mend. */
export const USER_ERROR = 1;
