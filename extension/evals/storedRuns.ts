import type { CaseDetail, StoredRun } from '../../protocol/index.ts';
import type { EngineHost } from './engineHost.ts';
import { EvalsViewModel, type RunDigests } from './evalsViewModel.ts';

/** What the journals hold of one prompt's runs, asked of the engine. */
export class StoredRuns {
  readonly #engine: Pick<EngineHost, 'request'>;
  readonly #root: string;
  readonly #promptId: string;

  constructor(engine: Pick<EngineHost, 'request'>, { root, promptId }: { readonly root: string; readonly promptId: string }) {
    this.#engine = engine;
    this.#root = root;
    this.#promptId = promptId;
  }

  async newest(): Promise<StoredRun | undefined> {
    return (await this.#list())[0];
  }

  async find(runId: string): Promise<StoredRun | undefined> {
    return (await this.#list()).find(({ header }) => header.runId === runId);
  }

  /** The run as its events tell it; one whose end was never written ends as the journal says. */
  async model(run: StoredRun, previous?: RunDigests): Promise<EvalsViewModel> {
    const model = new EvalsViewModel({ previous });
    for (const event of await this.#engine.request('replay', { root: this.#root, runId: run.header.runId })) model.apply(event);
    if (model.end === undefined) model.finish(run.end);
    return model;
  }

  /** The newest run's outputs, so that the first run of a session has something to be compared with. */
  async digests(): Promise<RunDigests | undefined> {
    const newest = await this.newest();
    return newest && (await this.model(newest)).digests();
  }

  caseDetail(runId: string, caseId: string): Promise<CaseDetail> {
    return this.#engine.request('caseDetail', { root: this.#root, runId, caseId });
  }

  #list(): Promise<readonly StoredRun[]> {
    return this.#engine.request('runs', { root: this.#root, promptId: this.#promptId });
  }
}
