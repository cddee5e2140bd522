import * as vscode from 'vscode';
import { ServerClient } from './client/serverClient.ts';
import { KEY_QUESTIONS } from './commands/keyDialogs.ts';
import { createLive } from './deployments/createLive.ts';
import { createDrift } from './drift/createDrift.ts';
import { EngineHost } from './evals/engineHost.ts';
import { KeyStore } from './evals/keys.ts';
import { launchEngine } from './evals/launchEngine.ts';
import { RunSession } from './evals/runSession.ts';
import { Sessions } from './evals/sessions.ts';
import type { SessionWorld } from './evals/sessionWorld.ts';
import { unsavedText } from './evals/unsavedText.ts';
import { VIEWS } from './ids.ts';
import { EvalsPanel } from './panels/evalsPanel.ts';
import { panelActions } from './panels/panelActions.ts';
import { Panels } from './panels/panels.ts';
import { PromptPreviews } from './preview/promptPreviews.ts';
import type { Services } from './services.ts';
import { settingsFor } from './settings.ts';
import { logError, showError } from './showError.ts';
import { StatusBar } from './statusBar.ts';

/** Everything long-lived of this window, wired together; starts no process. All of it is disposed with the context. */
export function createServices(context: vscode.ExtensionContext): Services {
  const log = vscode.window.createOutputChannel('Evenkeel', { log: true });
  const report = (error: unknown): void => showError(error, log);
  const onlyLog = (error: unknown): void => logError(error, log);
  const trusted = (): boolean => vscode.workspace.isTrusted;
  const server = new ServerClient(context, log);
  const module = context.asAbsolutePath('dist/engineHost/main.mjs');
  const version = String(context.extension.packageJSON.version);
  const engine = new EngineHost({ launch: () => launchEngine(module), trusted, version, log: (line) => log.info(line) });
  const keys = new KeyStore(context.secrets);
  const world: SessionWorld = {
    engine,
    keys,
    questions: KEY_QUESTIONS,
    trusted,
    settings: settingsFor,
    unsavedText,
    report: onlyLog,
    runChanged: (promptId) => {
      void server.runChanged(promptId).catch(onlyLog);
      live.happened();
    },
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
  const inputs = (uri: string) => server.promptInputs(uri);
  const status = new StatusBar();
  const sessions = new Sessions(inputs, (prompt) => {
    const session = new RunSession(prompt, world);
    session.watch(status.runs(session));
    return session;
  });
  const { extensionUri } = context;
  const actions = panelActions(server, report);
  const panels = new Panels<RunSession, EvalsPanel>({
    viewType: VIEWS.evals,
    bundle: 'evals',
    title: 'Evals',
    extensionUri,
    sessionOf: (uri) => sessions.of(uri),
    adopt: (panel, session) => new EvalsPanel(panel, session, actions),
  });
  const previews = new PromptPreviews({ inputs, preview: (params) => engine.request('preview', params), report: onlyLog });
  const live = createLive({ context, world, engine, keys, server, inputs, log: (line) => log.info(line) });
  context.subscriptions.push(log, server, engine, status, panels, previews);
  const drift = createDrift({ context, world, engine, server, status, inputs, report });
  context.subscriptions.push(drift.overview.onChange(live.happened));
  return { server, engine, keys, sessions, panels, drift, live, previews, log };
}
