import * as vscode from 'vscode';
import type { HostRequests, PointText } from '../../protocol/index.ts';
import { promptUri } from '../client/promptUri.ts';
import { errorNotice } from '../evals/turn.ts';
import { PROMPT_SCHEME } from '../ids.ts';
import { type ComparedFile, showDifferences } from './comparedFiles.ts';
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

  /** A point against the files as they are in the editor: `triage.prompt.yml: production 1.3.0 ↔ working copy`. */
  async compareWithFile(place: PromptPlace, point: PointOfPrompt['point']): Promise<void> {
    this.#ready.clear(); // what nobody opened
    const before = await this.#open({ ...place, point });
    const file = promptUri(place.root, place.promptId);
    const own = {
      name: nameOf(place.promptId),
      left: before.uri,
      right: file,
      differs: (await textOf(file)) !== withLineFeeds(before.text),
    };
    const others = before.files.map(async ({ name, text }): Promise<ComparedFile> => {
      const right = vscode.Uri.joinPath(file, '..', name);
      const now = await textOf(right);
      const left = this.#documentOf({ ...place, point, file: name }, before.point, name, text);
      return { name, left, right: now === undefined ? nothing(name) : right, differs: now !== withLineFeeds(text) };
    });
    await showDifferences(own, await Promise.all(others), `${before.title} ↔ working copy`);
  }

  /** Two points against each other: one change of the history. Without `before`, the first text is empty: the prompt begins there. */
  async comparePoints(place: PromptPlace, before: PointOfPrompt['point'] | undefined, after: PointOfPrompt['point']): Promise<void> {
    this.#ready.clear();
    const right = await this.#open({ ...place, point: after });
    const left = before && (await this.#open({ ...place, point: before }));
    const name = nameOf(place.promptId);
    const own = { name, left: left?.uri ?? nothing(name), right: right.uri, differs: left?.text !== right.text };
    const side = (of: Opened | undefined, point: PointOfPrompt['point'] | undefined, file: string): vscode.Uri => {
      const text = textIn(of, file);
      if (!of || !point || text === undefined) return nothing(file);
      return this.#documentOf({ ...place, point, file }, of.point, file, text);
    };
    const names = new Set([...(left?.files ?? []), ...(left ? right.files : [])].map((file) => file.name));
    const others = [...names].map((file): ComparedFile => {
      const differs = textIn(left, file) !== textIn(right, file);
      return { name: file, left: side(left, before, file), right: side(right, after, file), differs };
    });
    await showDifferences(own, others, `${left?.title ?? 'nothing'} ↔ ${right.title}`);
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
      const { text, files } = await this.#source.promptAt(place);
      return place.file === undefined ? text : (files.find(({ name }) => name === place.file)?.text ?? '');
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
  async #open(place: PointOfPrompt): Promise<Opened> {
    const { title, path, text, files } = await this.#source.promptAt(place);
    const uri = this.#documentOf(place, title, path, text);
    return { uri, point: title, title: spoken(title, place.point), text, files };
  }

  /** The address of a text that was looked up, which is shown there without asking again. */
  #documentOf(place: PointOfPrompt, title: string, path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: PROMPT_SCHEME, ...pointAddress(place, title, path) });
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (!open) this.#ready.set(uri.toString(), text);
    else if (open.getText() !== text) this.#changed.fire(uri);
    return uri;
  }
}

/** A prompt at a point, whose text has an address. */
interface Opened extends Pick<PointText, 'text' | 'files'> {
  readonly uri: vscode.Uri;
  /** As the engine calls the point, and as it is called in a sentence of two sides. */
  readonly point: string;
  readonly title: string;
}

function textIn(of: Opened | undefined, name: string): string | undefined {
  return of?.files.find((file) => file.name === name)?.text;
}

/** Of a file in the editor, saved or not; undefined where there is none. Git may have written other line ends than it has. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  return vscode.workspace.openTextDocument(uri).then(
    (document) => withLineFeeds(document.getText()),
    () => undefined,
  );
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function nothing(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: PROMPT_SCHEME, path: `/nothing/${nameOf(name)}` });
}

/** `production 1.3.0` for the `1.3.0 (production)` of an environment: in a sentence of two sides it comes first. */
function spoken(title: string, point: PointOfPrompt['point']): string {
  const end = point.kind === 'environment' ? ` (${point.environment})` : '';
  return point.kind === 'environment' && title.endsWith(end) ? `${point.environment} ${title.slice(0, -end.length)}` : title;
}

function nameOf(promptId: string): string {
  return promptId.slice(promptId.lastIndexOf('/') + 1);
}
