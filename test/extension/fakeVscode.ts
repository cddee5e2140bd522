/** The part of VS Code's API that the views and commands of deployments use, as plain objects: what was shown and asked is recorded. */
import { posix } from 'node:path';

export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;

  private constructor(scheme: string, path: string, query = '') {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }

  get fsPath(): string {
    return this.path;
  }

  static file(path: string): Uri {
    return new Uri('file', path);
  }

  static parse(text: string): Uri {
    const { protocol, pathname, search } = new URL(text);
    return new Uri(protocol.slice(0, -1), decodeURIComponent(pathname), decodeURIComponent(search.slice(1)));
  }

  static from({ scheme, path, query }: { readonly scheme: string; readonly path: string; readonly query?: string }): Uri {
    return new Uri(scheme, path, query);
  }

  static joinPath(base: Uri, ...paths: readonly string[]): Uri {
    return new Uri(base.scheme, posix.join(base.path, ...paths), base.query);
  }

  toString(): string {
    const path = this.path.split('/').map(encodeURIComponent).join('/');
    return `${this.scheme}://${path}${this.query ? `?${encodeURIComponent(this.query)}` : ''}`;
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): { readonly dispose: () => void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  get size(): number {
    return this.#listeners.size;
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export class ThemeIcon {
  readonly id: string;
  readonly color: ThemeColor | undefined;

  constructor(id: string, color?: ThemeColor) {
    this.id = id;
    this.color = color;
  }
}

export class ThemeColor {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class MarkdownString {
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }
}

export class TreeItem {
  readonly label: string;
  readonly collapsibleState: number;

  constructor(label: string, collapsibleState: number) {
    this.label = label;
    this.collapsibleState = collapsibleState;
  }
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
/** Several things that are disposed of as one. */
export class Disposable {
  readonly #work: () => void;

  constructor(work: () => void) {
    this.#work = work;
  }

  dispose(): void {
    this.#work();
  }
}

export const OverviewRulerLane = { Left: 1 };
export const QuickPickItemKind = { Separator: -1 };

/** A document whose text can be set. */
export class Document {
  isDirty = false;
  isClosed = false;
  saves = true;
  readonly uri: Uri;
  text: string;

  constructor(uri: Uri, text: string) {
    this.uri = uri;
    this.text = text;
  }

  getText(): string {
    return this.text;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  lineAt(line: number): { readonly range: number } {
    return { range: line };
  }

  async save(): Promise<boolean> {
    if (this.saves) this.isDirty = false;
    return this.saves;
  }
}

/** An editor; `marks` are the lines of each decoration type, by the place in which the types were made. */
export class Editor {
  readonly marks = new Map<unknown, readonly number[]>();
  readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  setDecorations(type: unknown, options: readonly { readonly range: number }[]): void {
    this.marks.set(
      type,
      options.map(({ range }) => range),
    );
  }
}

interface TreeView {
  visible: boolean;
  message: string | undefined;
  readonly visibility: EventEmitter<{ readonly visible: boolean }>;
}

/** What the tests set and look at. `picks` are what the person chooses, one after the other: a label, or undefined to leave. */
export const state = {
  executed: [] as (readonly unknown[])[],
  /** The button that is pressed wherever it is offered. */
  pressed: undefined as string | undefined,
  shown: [] as string[],
  picks: [] as (string | undefined)[],
  inputs: [] as (string | undefined)[],
  offered: [] as (readonly string[])[],
  views: new Map<string, TreeView>(),
  decorationTypes: [] as object[],
};

const events = {
  activeEditor: new EventEmitter<Editor | undefined>(),
  visibleEditors: new EventEmitter<readonly Editor[]>(),
  saved: new EventEmitter<Document>(),
  edited: new EventEmitter<{ readonly document: Document }>(),
  configuration: new EventEmitter<{ readonly affectsConfiguration: () => boolean }>(),
  windowState: new EventEmitter<{ readonly focused: boolean }>(),
  files: new EventEmitter<string>(),
  folders: new EventEmitter<void>(),
};

export class RelativePattern {
  readonly base: Uri;
  readonly pattern: string;

  constructor(base: Uri, pattern: string) {
    this.base = base;
    this.pattern = pattern;
  }
}

/** Everything as it is in a new window. */
export function reset(): void {
  for (const list of [state.executed, state.shown, state.picks, state.inputs, state.offered, state.decorationTypes]) list.length = 0;
  state.pressed = undefined;
  state.views.clear();
  for (const emitter of Object.values(events)) emitter.dispose();
  window.activeTextEditor = undefined;
  window.visibleTextEditors = [];
  window.state.focused = true;
  workspace.textDocuments = [];
  workspace.isTrusted = true;
  workspace.workspaceFolders = undefined;
}

/** Listeners that were not taken back. */
export function listening(): number {
  return Object.values(events).reduce((sum, { size }) => sum + size, 0);
}

export const window = {
  activeTextEditor: undefined as Editor | undefined,
  visibleTextEditors: [] as Editor[],
  state: { focused: true },
  createTreeView(id: string) {
    const visibility = new EventEmitter<{ readonly visible: boolean }>();
    const view: TreeView & object = { visible: false, message: undefined, visibility };
    state.views.set(id, view);
    return Object.assign(view, { onDidChangeVisibility: visibility.event, dispose: () => visibility.dispose() });
  },
  createTextEditorDecorationType(options: object) {
    const type = { ...options, dispose: () => {} };
    state.decorationTypes.push(type);
    return type;
  },
  onDidChangeActiveTextEditor: events.activeEditor.event,
  onDidChangeVisibleTextEditors: events.visibleEditors.event,
  onDidChangeWindowState: events.windowState.event,
  async showQuickPick(items: readonly { readonly label: string; readonly kind?: number }[]) {
    state.offered.push(items.map(({ label }) => label));
    const picked = state.picks.shift();
    return items.find(({ label, kind }) => kind === undefined && label === picked);
  },
  async showInputBox() {
    return state.inputs.shift();
  },
  async showInformationMessage(message: string, ...buttons: readonly string[]) {
    state.shown.push(message);
    return buttons.find((button) => button === state.pressed);
  },
  async showWarningMessage(message: string, _options: object, answer: string) {
    state.shown.push(message);
    return answer;
  },
  setStatusBarMessage(message: string) {
    state.shown.push(message);
  },
  withProgress: async (_where: object, work: () => Promise<void>) => work(),
};

export const commands = {
  async executeCommand(...call: readonly unknown[]): Promise<void> {
    state.executed.push(call);
    const view =
      typeof call[0] === 'string' && call[0].endsWith('.focus') ? state.views.get(call[0].slice(0, -'.focus'.length)) : undefined;
    if (view) seen(view, true);
  },
};

export const workspace = {
  isTrusted: true,
  textDocuments: [] as Document[],
  async openTextDocument(uri: Uri): Promise<Document> {
    const found = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (!found) throw new Error(`There is no ${uri}`);
    return found;
  },
  workspaceFolders: undefined as readonly { readonly uri: Uri }[] | undefined,
  onDidChangeWorkspaceFolders: events.folders.event,
  registerTextDocumentContentProvider: () => ({ dispose: () => {} }),
  onDidSaveTextDocument: events.saved.event,
  onDidChangeTextDocument: events.edited.event,
  onDidChangeConfiguration: events.configuration.event,
  createFileSystemWatcher(glob: string | RelativePattern) {
    const written = typeof glob === 'string' ? glob : `${glob.base.path}/${glob.pattern}`;
    const own = new Set<{ readonly dispose: () => void }>();
    const on = (work: () => void) => own.add(events.files.event((changed) => changed === written && work()));
    const dispose = () => {
      for (const one of own) one.dispose();
    };
    return { onDidCreate: on, onDidChange: on, onDidDelete: on, dispose };
  },
  findFiles: async (): Promise<readonly Uri[]> => [],
  asRelativePath: ({ path }: Uri) => path,
};

/** The person opens or closes a view. */
export function see(id: string, visible: boolean): void {
  const view = state.views.get(id);
  if (view) seen(view, visible);
}

/** The person goes to an editor. */
export function activate(document: Document | undefined): Editor | undefined {
  const editor = document && new Editor(document);
  window.activeTextEditor = editor;
  window.visibleTextEditors = editor ? [editor] : [];
  events.activeEditor.fire(editor);
  events.visibleEditors.fire(window.visibleTextEditors);
  return editor;
}

/** The person types. */
export function edit(document: Document, text: string): void {
  document.text = text;
  document.isDirty = true;
  events.edited.fire({ document });
}

/** The person saves. */
export function save(document: Document): void {
  document.isDirty = false;
  events.saved.fire(document);
}

/** Somebody changes a file that a watcher of that glob sees. */
export function changeOnDisk(glob: string): void {
  events.files.fire(glob);
}

/** The person comes to the window, or leaves it. */
export function focus(focused: boolean): void {
  window.state.focused = focused;
  events.windowState.fire({ focused });
}

/** The person changes a setting. */
export function configure(): void {
  events.configuration.fire({ affectsConfiguration: () => true });
}

function seen(view: TreeView, visible: boolean): void {
  view.visible = visible;
  view.visibility.fire({ visible });
}

/** The folders of the window are others. */
export function openFolders(...paths: readonly string[]): void {
  workspace.workspaceFolders = paths.map((path) => ({ uri: Uri.file(path) }));
  events.folders.fire();
}
