import * as vscode from 'vscode';
import type { HostRequests, PointText } from '../../protocol/index.ts';
import { promptUri } from '../client/promptUri.ts';
import { errorNotice } from '../evals/turn.ts';
import { PROMPT_SCHEME } from '../ids.ts';
import { type PointOfPrompt, pointAddress, readPointAddress } from './promptPointAddress.ts';

/** Whom the documents ask. */
export interface PointSource {
  readonly promptAt: (params: HostRequests['promptAt']['params']) => Promise<PointText>;
  /** Takes an error that a document has told in short. */
  readonly report: (error: unknown) => void;
}

/** A prompt of this window. */
export interface PromptPlace {
  readonly root: string;
  readonly promptId: string;
}

/** Read-only documents that show a prompt as it was or as it is elsewhere, and the native diffs between them and the working copy. */
export class PromptDocuments implements vscode.TextDocumentContentProvider {
  readonly #source: PointSource;
  readonly #registration: vscode.Disposable;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** Texts that were just looked up, so that each is asked for once. */
  readonly #ready = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  constructor(source: PointSource) {
    this.#source = source;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(PROMPT_SCHEME, this);
  }

  /** A point against the file as it is in the editor: `triage.prompt.yml: production 1.3.0 ↔ working copy`. */
  async compareWithFile(place: PromptPlace, point: PointOfPrompt['point']): Promise<void> {
    const before = await this.#open({ ...place, point });
    const file = promptUri(place.root, place.promptId);
    await showDiff(before.uri, file, `${nameOf(place.promptId)}: ${before.title} ↔ working copy`);
  }

  /** Two points against each other: one change of the history. Without `before`, the first text is empty: the prompt begins there. */
  async comparePoints(place: PromptPlace, before: PointOfPrompt['point'] | undefined, after: PointOfPrompt['point']): Promise<void> {
    const right = await this.#open({ ...place, point: after });
    const left = before && (await this.#open({ ...place, point: before }));
    const beginning = vscode.Uri.from({ scheme: PROMPT_SCHEME, path: `/nothing/${nameOf(place.promptId)}` });
    await showDiff(left?.uri ?? beginning, right.uri, `${nameOf(place.promptId)}: ${left?.title ?? 'nothing'} ↔ ${right.title}`);
  }

  /** What runs in an environment, or what a release is, may be another text now: open documents of it are asked for again. */
  refresh(): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      const kind = uri.scheme === PROMPT_SCHEME ? readPointAddress(uri.query)?.point.kind : undefined;
      if (kind === 'environment' || kind === 'release') this.#changed.fire(uri);
    }
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ready = this.#ready.get(uri.toString());
    this.#ready.delete(uri.toString());
    const place = readPointAddress(uri.query);
    if (ready !== undefined || !place) return ready ?? '';
    try {
      return (await this.#source.promptAt(place)).text;
    } catch (error) {
      this.#source.report(error);
      return `This version of the prompt cannot be shown now.\n\n${errorNotice(error)}\n`;
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#ready.clear();
  }

  /** Looks the text up first, so that what goes wrong is said to the person and not inside a diff. */
  async #open(place: PointOfPrompt): Promise<{ readonly uri: vscode.Uri; readonly title: string }> {
    const { title, path, text } = await this.#source.promptAt(place);
    const uri = vscode.Uri.from({ scheme: PROMPT_SCHEME, ...pointAddress(place, title, path) });
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (!open) this.#ready.set(uri.toString(), text);
    else if (open.getText() !== text) this.#changed.fire(uri);
    return { uri, title: spoken(title, place.point) };
  }
}

/** `production 1.3.0` for the `1.3.0 (production)` of an environment: in a sentence of two sides it comes first. */
function spoken(title: string, point: PointOfPrompt['point']): string {
  const end = point.kind === 'environment' ? ` (${point.environment})` : '';
  return point.kind === 'environment' && title.endsWith(end) ? `${point.environment} ${title.slice(0, -end.length)}` : title;
}

async function showDiff(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
}

function nameOf(promptId: string): string {
  return promptId.slice(promptId.lastIndexOf('/') + 1);
}
