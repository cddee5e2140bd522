import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ComparisonStore,
  createComparisonStore,
  createReviewLedger,
  createRunStore,
  DatasetCache,
  type RunStore,
} from '../../ledger/index.ts';
import { type Capabilities, TRUSTED, UNTRUSTED } from '../../safety/index.ts';
import { CONFIG_FILE, findRoot, openWorkspace, type Workspace } from '../../workspace/index.ts';
import { type OpenText, overlayWorkspace } from './overlay.ts';

/** A root with what belongs to it. */
export interface RootContext {
  readonly workspace: Workspace;
  readonly runs: RunStore;
  /** For listing only: this process writes nothing. */
  readonly comparisons: Pick<ComparisonStore, 'list'>;
  /** Datasets read lately. */
  readonly datasets: DatasetCache;
}

/** Where a document lies: its root, and its path from there. */
export interface Place extends RootContext {
  readonly path: string;
}

/** The root of every document, found once a folder. Several opened folders may have several roots; a file outside all of them has one as well. */
export class Roots {
  readonly #openAt: (absolutePath: string) => OpenText | undefined;
  readonly #folders = new Map<string, Promise<string>>();
  readonly #roots = new Map<string, RootContext>();
  #trusted = false;
  /** Absolute paths of the opened folders. */
  #opened: readonly string[] = [];

  constructor(openAt: (absolutePath: string) => OpenText | undefined) {
    this.#openAt = openAt;
  }

  /** Undefined for documents that are no files. */
  async placeOf(uri: string): Promise<Place | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    const folder = dirname(path);
    let root = this.#folders.get(folder);
    if (!root) {
      root = this.#find(path);
      this.#folders.set(folder, root);
    }
    const context = this.#contextOf(await root);
    const inside = context.workspace.relative(path);
    return inside === undefined ? undefined : { ...context, path: inside };
  }

  /** The roots of the opened folders and of these files, each once. */
  async all(uris: readonly string[]): Promise<readonly RootContext[]> {
    const opened = this.#opened.map((folder) => pathToFileURL(join(folder, CONFIG_FILE)).href);
    const places = await Promise.all([...opened, ...uris].map((uri) => this.placeOf(uri)));
    return [...new Map(places.flatMap((place) => (place ? [[place.workspace.root, place] as const] : []))).values()];
  }

  setFolders(uris: readonly string[]): void {
    this.#opened = uris.flatMap((uri) => pathOf(uri) ?? []);
    this.forget();
  }

  /** Whether the folder is trusted. */
  get trusted(): boolean {
    return this.#trusted;
  }

  setTrusted(trusted: boolean): void {
    this.#trusted = trusted;
    this.forget();
  }

  /** Roots may have come or gone. */
  forget(): void {
    this.#folders.clear();
    this.#roots.clear();
  }

  async #find(path: string): Promise<string> {
    const holding = this.#opened.filter((folder) => path.startsWith(join(folder, '/'))).sort((a, b) => b.length - a.length)[0];
    return (await findRoot(path, holding === undefined ? {} : { openedFolder: holding })).path;
  }

  #contextOf(root: string): RootContext {
    const known = this.#roots.get(root);
    if (known) return known;
    const capabilities: Capabilities = {
      ...(this.#trusted ? TRUSTED : UNTRUSTED),
      network: false,
      processes: false,
      environment: false,
      write: false,
    };
    const workspace = overlayWorkspace(openWorkspace({ root, capabilities }), this.#openAt);
    const reviews = createReviewLedger(workspace, { by: async () => '', now: () => new Date() });
    const context: RootContext = {
      workspace,
      runs: createRunStore(workspace),
      comparisons: createComparisonStore(workspace, reviews),
      datasets: new DatasetCache(),
    };
    this.#roots.set(root, context);
    return context;
  }
}

/** The absolute path of a `file:` address; undefined for every other scheme. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // a file address with a host or an encoded slash names no file here
  }
}

/** The address of a root-relative path. */
export function uriOf(workspace: Workspace, path: string): string {
  return pathToFileURL(join(workspace.root, path)).href;
}
