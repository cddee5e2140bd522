import * as vscode from 'vscode';
import type { PromptInputs } from '../../protocol/index.ts';
import { configFiles } from '../client/configs.ts';
import { isPromptFile } from '../client/documents.ts';
import type { ServerClient } from '../client/serverClient.ts';
import type { EngineHost } from '../evals/engineHost.ts';
import type { KeyStore } from '../evals/keys.ts';
import type { SessionWorld } from '../evals/sessionWorld.ts';
import { COMMITS_SHOWN } from '../history/historyNodes.ts';
import { HistoryTree } from '../history/historyTree.ts';
import { CONTEXT_KEYS, VIEWS } from '../ids.ts';
import { DeployedDecorations } from './deployedDecorations.ts';
import { DeploymentRefresher } from './deploymentRefresher.ts';
import { DeploymentsTree } from './deploymentsTree.ts';
import { PromptDocuments } from './promptDocuments.ts';
import { watchGit } from './watchGit.ts';

/** What knows of releases, deployments and history in this window. */
export interface LiveServices {
  readonly refresher: DeploymentRefresher;
  readonly documents: PromptDocuments;
  readonly history: HistoryTree;
  /** The view that shows that deployments are being looked at. */
  readonly viewId: string;
  /** A release was made, a run or a review has ended: whatever tells of it looks again. */
  readonly happened: () => void;
}

export interface LiveNeeds {
  readonly context: vscode.ExtensionContext;
  readonly world: Pick<SessionWorld, 'trusted' | 'settings' | 'later' | 'report'>;
  readonly engine: EngineHost;
  readonly keys: KeyStore;
  readonly server: ServerClient;
  readonly inputs: (uri: string) => Promise<PromptInputs>;
  readonly log: (line: string) => void;
}

/** Releases, deployments and history of this window, wired together; starts no process and reads no file. */
export function createLive({ context, world, engine, keys, server, inputs, log }: LiveNeeds): LiveServices {
  const { trusted, settings, later, report } = world;
  const refresher = new DeploymentRefresher({
    environments: async () => server.environments(await configFiles()),
    request: (method, params) => engine.request(method, params),
    keys: async ({ root }) => keys.stored(await engine.request('deploymentKeys', { root })),
    trusted,
    focused: () => vscode.window.state.focused,
    later,
    log,
  });
  const documents = new PromptDocuments({ promptAt: (params) => engine.request('promptAt', params), report });
  const history = new HistoryTree({
    inputs,
    history: (params) => engine.request('history', { ...params, limit: COMMITS_SHOWN }),
    trusted,
    report,
  });
  const decorations = new DeployedDecorations({
    settings,
    inputs,
    promptAt: (params) => engine.request('promptAt', params),
    rootsWith: (environment) =>
      refresher.roots.flatMap(({ root, environments }) => (environments.some((named) => named.environment === environment) ? [root] : [])),
    trusted,
    log,
  });
  const showAgain = (): void => {
    documents.refresh();
    history.refresh();
    decorations.refresh();
  };
  const changed = refresher.onChange(() => {
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.hasEnvironments, refresher.roots.length > 0);
    void server.runChanged('').catch(report);
    showAgain();
  });
  const git = watchGit(() => {
    refresher.refreshQuietly('git');
    history.refresh();
  });
  context.subscriptions.push(
    refresher,
    documents,
    history,
    decorations,
    new DeploymentsTree(refresher),
    changed,
    git,
    vscode.window.onDidChangeWindowState(() => refresher.focusChanged()),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (isPromptFile(uri.path) || uri.path.endsWith('/evenkeel.yml')) refresher.soon();
    }),
  );
  return {
    refresher,
    documents,
    history,
    viewId: VIEWS.deployments,
    happened: () => {
      refresher.soon();
      history.refresh();
    },
  };
}
