import * as vscode from 'vscode';
import type { HostRequests, PointText, PromptInputs, Settings } from '../../protocol/index.ts';
import { codeMarkdown } from '../../safety/index.ts';
import { isPromptFile } from '../client/documents.ts';
import { differentLines } from './differentLines.ts';

/** What the marks ask of others. */
export interface DecorationNeeds {
  readonly settings: (uri: string) => Settings;
  readonly inputs: (uri: string) => Promise<PromptInputs>;
  readonly promptAt: (params: HostRequests['promptAt']['params']) => Promise<PointText>;
  /** The roots that are known to have that environment: only of their prompts is anybody asked. */
  readonly rootsWith: (environment: string) => readonly string[];
  readonly trusted: () => boolean;
  readonly log: (line: string) => void;
}

/** Marks lines of visible prompts that differ from what runs in the environment that a setting names; follows the text while it is edited. */
export class DeployedDecorations {
  readonly #needs: DecorationNeeds;
  readonly #changed = vscode.window.createTextEditorDecorationType({
    light: { gutterIconPath: bar('#005fb8') },
    dark: { gutterIconPath: bar('#0078d4') },
    gutterIconSize: '100% 100%',
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.modifiedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  readonly #gone = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: '1px 0 0 0',
    borderStyle: 'dashed',
    borderColor: new vscode.ThemeColor('editorGutter.deletedBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  readonly #subscriptions: readonly vscode.Disposable[];
  /** What runs there, by prompt and environment; forgotten when that may have changed. */
  readonly #texts = new Map<string, Promise<PointText | undefined>>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  #disposed = false;

  constructor(needs: DecorationNeeds) {
    this.#needs = needs;
    this.#subscriptions = [
      this.#changed,
      this.#gone,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#markSoon(document)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#markAll()),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('evenkeel.deployments') && this.#markAll()),
    ];
    this.#markAll();
  }

  /** Another text may run there now. */
  refresh(): void {
    this.#texts.clear();
    this.#markAll();
  }

  dispose(): void {
    this.#disposed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #markAll(): void {
    for (const { document } of vscode.window.visibleTextEditors) if (isPrompt(document)) void this.#mark(document);
  }

  #markSoon(document: vscode.TextDocument): void {
    if (!isPrompt(document)) return;
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => {
        this.#waiting.delete(key);
        void this.#mark(document);
      }, TYPING_PAUSE_MS),
    );
  }

  async #mark(document: vscode.TextDocument): Promise<void> {
    const environment = this.#needs.settings(document.uri.toString()).deployments.decorations;
    const deployed = environment && this.#needs.trusted() ? await this.#textOf(document.uri.toString(), environment) : undefined;
    if (this.#disposed || document.isClosed) return;
    const { changed, gone } = deployed ? differentLines(deployed.text, document.getText()) : NOTHING;
    const message = deployed && new vscode.MarkdownString(`Differs from ${codeMarkdown(deployed.title)}.`);
    const options = (line: number): vscode.DecorationOptions => {
      const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
      return message ? { range, hoverMessage: message } : { range };
    };
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document !== document) continue;
      editor.setDecorations(this.#changed, changed.map(options));
      editor.setDecorations(this.#gone, gone.map(options));
    }
  }

  #textOf(uri: string, environment: string): Promise<PointText | undefined> {
    const key = JSON.stringify([uri, environment]);
    const known = this.#texts.get(key);
    if (known) return known;
    const asked = this.#ask(uri, environment);
    this.#texts.set(key, asked);
    return asked;
  }

  /** Undefined, with a line in the log, where the text cannot be had: then nothing is marked. */
  async #ask(uri: string, environment: string): Promise<PointText | undefined> {
    const roots = this.#needs.rootsWith(environment);
    if (!roots.length) return undefined;
    try {
      const { root, promptId } = await this.#needs.inputs(uri);
      if (!roots.includes(root)) return undefined;
      return await this.#needs.promptAt({ root, promptId, point: { kind: 'environment', environment } });
    } catch (error) {
      this.#needs.log(`no marks against ${environment} in ${uri}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}

/** A bar at the right edge of the margin, as high as the line. In the text it would cover the first letter and pass for the cursor. */
function bar(color: string): vscode.Uri {
  const shape = `<rect x="15" width="3" height="18" fill="${color}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" preserveAspectRatio="none">${shape}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
}

const NOTHING = { changed: [], gone: [] };

/** Long enough to span a burst of keys. */
const TYPING_PAUSE_MS = 150;

function isPrompt({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'file' && isPromptFile(uri.path);
}
