import type * as vscode from 'vscode';
import type { PromptInputs } from '../../protocol/index.ts';
import { configFiles } from '../client/configs.ts';
import { promptAddress } from '../client/promptUri.ts';
import type { ServerClient } from '../client/serverClient.ts';
import type { EngineHost } from '../evals/engineHost.ts';
import { Sessions } from '../evals/sessions.ts';
import type { SessionWorld } from '../evals/sessionWorld.ts';
import { VIEWS } from '../ids.ts';
import { DriftPanel } from '../panels/driftPanel.ts';
import { Panels } from '../panels/panels.ts';
import type { StatusBar } from '../statusBar.ts';
import { CaseDocuments } from './caseDocuments.ts';
import { DriftOverview } from './driftOverview.ts';
import { driftPanelActions } from './driftPanelActions.ts';
import { DriftSession, type DriftSubject, type DriftWorld } from './driftSession.ts';
import { Drifts } from './drifts.ts';
import { DriftTree } from './driftTree.ts';
import { watchReviews } from './watchReviews.ts';

/** What reviewing drift is made of in this window. */
export interface DriftServices {
  readonly drifts: Drifts;
  readonly panels: Panels<DriftSession, DriftPanel>;
  readonly documents: CaseDocuments;
  readonly overview: DriftOverview;
  /** A comparison, a baseline or a review is new: whatever shows one looks again. */
  readonly changed: () => void;
}

export interface DriftNeeds {
  readonly context: vscode.ExtensionContext;
  readonly world: Omit<SessionWorld, 'engine' | 'runChanged'>;
  readonly engine: EngineHost;
  readonly server: ServerClient;
  readonly status: StatusBar;
  readonly inputs: (uri: string) => Promise<PromptInputs>;
  /** Shows an error to the person. */
  readonly report: (error: unknown) => void;
}

/** The drift review of this window, wired together; starts no process. */
export function createDrift({ context, world, engine, server, status, inputs, report }: DriftNeeds): DriftServices {
  const onlyLog = world.report;
  const overview = new DriftOverview(async () => server.comparisons(await configFiles()), onlyLog);
  const told = (): void => {
    void overview.refresh();
    void server.runChanged('').catch(onlyLog);
  };
  const driftWorld: DriftWorld = { ...world, engine, changed: told };
  const make = (subject: DriftSubject): DriftSession => {
    const session = new DriftSession(subject, driftWorld);
    session.watch(status.drift(session));
    return session;
  };
  const drifts = new Drifts({
    prompts: new Sessions(inputs, make),
    make,
    promptUri: (root, promptId) => promptAddress(root, promptId).toString(),
    isRoot: async (root) => {
      if (!overview.roots.includes(root)) await overview.refresh();
      return overview.roots.includes(root);
    },
  });
  const documents = new CaseDocuments({ texts: (params) => engine.request('comparisonTexts', params), report: onlyLog });
  const actions = driftPanelActions(server, documents, report);
  const panels = new Panels<DriftSession, DriftPanel>({
    viewType: VIEWS.drift,
    bundle: 'drift',
    title: 'Drift',
    extensionUri: context.extensionUri,
    sessionOf: (uri) => drifts.of(uri),
    adopt: (panel, session) => new DriftPanel(panel, session, actions),
  });
  const changed = (): void => {
    told();
    drifts.refresh();
  };
  const tree = new DriftTree({
    overview,
    trusted: world.trusted,
    view: (place) => engine.request('comparison', place),
    report: onlyLog,
  });
  const counting = overview.onChange(() => status.toReview(overview.pending()));
  context.subscriptions.push(panels, documents, tree, counting, watchReviews(changed));
  return { drifts, panels, documents, overview, changed };
}
