import * as vscode from 'vscode';
import type { DriftSession, DriftWatcher } from './drift/driftSession.ts';
import { progressText } from './drift/driftWords.ts';
import type { RunSession } from './evals/runSession.ts';
import type { SessionWatcher } from './evals/sessionWorld.ts';
import { COMMANDS, CONTEXT_KEYS, VIEWS } from './ids.ts';

/** What is going, as the item tells it. */
interface Going {
  readonly title: string;
  readonly progress: string;
  /** Beside the progress in the tooltip. */
  readonly more: string;
  readonly command: vscode.Command;
}

/** The one status bar item: what is going and how far it is, else how many cases wait for a review, else nothing. Opens what it tells of. */
export class StatusBar {
  readonly #item = vscode.window.createStatusBarItem('evenkeelRun', vscode.StatusBarAlignment.Left);
  readonly #going = new Map<RunSession | DriftSession, Going>();
  #pending = 0;
  #said = false;

  constructor() {
    this.#item.name = 'Evenkeel';
  }

  /** What tells the item of an eval's progress. */
  runs(session: RunSession): SessionWatcher {
    return {
      header: ({ title, state, done, planned, failed }) => {
        const going = session.busy && (state === 'running' || state === 'planning');
        const progress = planned ? `${done} of ${planned}` : 'preparing';
        this.#note(
          session,
          going && { title, progress, more: `, ${failed} failed`, command: show(COMMANDS.showEvals, session.prompt.uri) },
        );
      },
      rows: () => {},
      reset: () => {},
    };
  }

  /** What tells the item of a comparison's or a capture's progress. */
  drift(session: DriftSession): DriftWatcher {
    return {
      state: ({ title, state, progress }) => {
        const going = session.busy && state === 'running';
        const text = progress ? progressText(progress) : 'preparing';
        this.#note(session, going && { title, progress: text, more: '', command: show(COMMANDS.showDrift, session.prompt.uri) });
      },
      rows: () => {},
      reset: () => {},
    };
  }

  /** How many cases of this window wait for a review. */
  toReview(pending: number): void {
    this.#pending = pending;
    this.#show();
  }

  dispose(): void {
    this.#item.dispose();
  }

  #note(session: RunSession | DriftSession, going: Going | false): void {
    if (going) this.#going.set(session, going);
    else if (!this.#going.delete(session)) return;
    this.#show();
  }

  #show(): void {
    this.#sayRunning(this.#going.size > 0);
    const [first] = this.#going.values();
    if (first) {
      const { title, progress, more, command } = first;
      const others = this.#going.size > 1 ? `, ${this.#going.size - 1} more` : '';
      this.#item.text = `$(loading~spin) ${plain(title)}: ${progress}${others}`;
      this.#item.tooltip = `Evenkeel runs ${title}: ${progress}${more}. Click to see it.`;
      this.#item.command = command;
    } else if (this.#pending) {
      const cases = this.#pending === 1 ? '1 case waits' : `${this.#pending} cases wait`;
      this.#item.text = `$(git-compare) ${this.#pending} to review`;
      this.#item.tooltip = `Evenkeel: ${cases} for a drift review. Click to see them.`;
      this.#item.command = `${VIEWS.comparisons}.focus`;
    } else {
      this.#item.hide();
      return;
    }
    this.#item.show();
  }

  #sayRunning(running: boolean): void {
    if (running === this.#said) return;
    this.#said = running;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.running, running);
  }
}

function show(command: string, uri: string): vscode.Command {
  return { title: 'Show', command, arguments: [{ uri }] };
}

/** A title that cannot put an icon into the status bar. */
function plain(title: string): string {
  return title.replaceAll('$(', '$ (');
}
