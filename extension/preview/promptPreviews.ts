import * as vscode from 'vscode';
import type { PreviewParams, PreviewResult, PromptInputs } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { PREVIEW_SCHEME } from '../ids.ts';
import { previewText } from './previewText.ts';

/** Whom a preview asks. */
export interface PreviewSource {
  readonly inputs: (uri: string) => Promise<PromptInputs>;
  readonly preview: (params: PreviewParams) => Promise<PreviewResult>;
  /** Takes an error that is none of the user's. */
  readonly report: (error: unknown) => void;
}

/** Read-only documents that show a prompt as it would be sent, for one case; they follow the prompt while it is edited. */
export class PromptPreviews implements vscode.TextDocumentContentProvider {
  readonly #source: PreviewSource;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly onDidChange = this.#changed.event;

  constructor(source: PreviewSource) {
    this.#source = source;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#refreshSoon(document.uri)),
    ];
  }

  /** Opens the preview beside the prompt; the editor keeps the focus. */
  async show(uri: vscode.Uri, caseId?: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(previewUri(uri, caseId));
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
  }

  async provideTextDocumentContent(preview: vscode.Uri): Promise<string> {
    const { uri, caseId } = readPreviewUri(preview);
    try {
      const { root, promptId } = await this.#source.inputs(uri);
      const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
      const params = { root, promptId, ...(open ? { text: open.getText() } : {}), ...(caseId === undefined ? {} : { caseId }) };
      return previewText(promptId, await this.#source.preview(params));
    } catch (error) {
      if (!(error instanceof UserError)) this.#source.report(error);
      return `This prompt cannot be rendered now.\n\n${error instanceof UserError ? error.located : 'Evenkeel: Show Log has the details.'}\n`;
    }
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #refreshSoon(changed: vscode.Uri): void {
    const uri = changed.toString();
    for (const { uri: preview } of vscode.workspace.textDocuments) {
      if (preview.scheme !== PREVIEW_SCHEME || readPreviewUri(preview).uri !== uri) continue;
      const key = preview.toString();
      clearTimeout(this.#waiting.get(key));
      this.#waiting.set(
        key,
        setTimeout(() => {
          this.#waiting.delete(key);
          this.#changed.fire(preview);
        }, TYPING_PAUSE_MS),
      );
    }
  }
}

const TYPING_PAUSE_MS = 200;

/** `evenkeel-preview:<name> (rendered)?<JSON of uri and case>`: the name is the tab's title. */
function previewUri(uri: vscode.Uri, caseId: string | undefined): vscode.Uri {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return vscode.Uri.from({ scheme: PREVIEW_SCHEME, path: `${name} (rendered)`, query: JSON.stringify([uri.toString(), caseId ?? null]) });
}

function readPreviewUri({ query }: vscode.Uri): { readonly uri: string; readonly caseId: string | undefined } {
  const [uri, caseId]: readonly unknown[] = JSON.parse(query);
  return { uri: typeof uri === 'string' ? uri : '', caseId: typeof caseId === 'string' ? caseId : undefined };
}
