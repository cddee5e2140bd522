import * as vscode from 'vscode';
import type { EvalsHeader } from '../../protocol/index.ts';
import { COMMANDS, CONTEXT_KEYS } from '../ids.ts';
import type { RunSession } from './runSession.ts';
import type { SessionWatcher } from './sessionWorld.ts';

/** The one status bar item: there while a run is going, says how far it is, opens its panel. */
export class RunStatus {
  readonly #item = vscode.window.createStatusBarItem('evenkeelRun', vscode.StatusBarAlignment.Left);
  readonly #running = new Map<RunSession, EvalsHeader>();
  #said = false;

  constructor() {
    this.#item.name = 'Evenkeel Run';
  }

  /** What tells the item of a session's progress. */
  watcher(session: RunSession): SessionWatcher {
    const header = (now: EvalsHeader): void => {
      if (!session.busy && !this.#running.has(session)) return;
      if (session.busy && (now.state === 'running' || now.state === 'planning')) this.#running.set(session, now);
      else this.#running.delete(session);
      this.#show();
    };
    return { header, rows: () => {}, reset: () => {} };
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show(): void {
    this.#sayRunning(this.#running.size > 0);
    const [first] = this.#running;
    if (!first) {
      this.#item.hide();
      return;
    }
    const [session, { title, done, planned, failed }] = first;
    const more = this.#running.size > 1 ? `, ${this.#running.size - 1} more` : '';
    const progress = planned ? `${done} of ${planned}` : 'preparing';
    this.#item.text = `$(loading~spin) ${plain(title)}: ${progress}${more}`;
    this.#item.tooltip = `Evenkeel runs ${title}: ${progress}, ${failed} failed. Click to see it.`;
    this.#item.command = { title: 'Show', command: COMMANDS.showEvals, arguments: [{ uri: session.prompt.uri }] };
    this.#item.show();
  }

  #sayRunning(running: boolean): void {
    if (running === this.#said) return;
    this.#said = running;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.running, running);
  }
}

/** A title that cannot put an icon into the status bar. */
function plain(title: string): string {
  return title.replaceAll('$(', '$ (');
}
