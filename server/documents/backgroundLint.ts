import { createHash } from 'node:crypto';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { KnownCatalog } from '../../catalog/index.ts';
import { gatherFactsAndFiles, gatherPrompts } from '../../ledger/index.ts';
import { lintConfig, lintDataset, lintPartial, lintPrompts, type RuleSettings, unreadableFile } from '../../lint/index.ts';
import {
  type Dataset,
  datasetFormatOf,
  isPartialFile,
  LineIndex,
  lockPath,
  parsePartial,
  parsePrompt,
  partialPaths,
  promptFormatOf,
  readDataset,
} from '../../prompts-schema/index.ts';
import { CONFIG_FILE, type LoadedConfig, loadConfig, wantedTemplates } from '../../workspace/index.ts';
import { diagnostics } from '../features/diagnostics.ts';
import type { SettingsStore } from '../settingsStore.ts';
import { fileReferences } from './fileReferences.ts';
import { listingsOf, patternsOf } from './patternListings.ts';
import { type RootContext, type Roots, uriOf } from './roots.ts';
import { ruleSettingsOf } from './ruleSettingsOf.ts';

/** What is wrong in one file that is not open. */
export interface FileReport {
  readonly uri: string;
  readonly resultId: string;
  /** Undefined where the client has these findings already. */
  readonly items: Diagnostic[] | undefined;
}

/** What a look at the whole workspace needs. */
export interface BackgroundNeeds {
  readonly roots: Roots;
  readonly settings: SettingsStore;
  readonly today: () => string;
  readonly catalog: () => KnownCatalog;
  readonly isOpen: (uri: string) => boolean;
}

/** How a look at the whole workspace goes. */
export interface BackgroundTurn {
  /** Addresses of open prompts: their roots are looked at too. */
  readonly opened: readonly string[];
  /** The findings that the client has, by address. */
  readonly known: ReadonlyMap<string, string>;
  /** Lets everything else that waits go first; throws when the answer is no longer wanted. */
  readonly pause: () => Promise<void>;
  /** Called with each file that was looked at. */
  readonly found: (report: FileReport) => void;
}

/**
 * Lints the files of the workspace that are not open: prompts, the datasets that they name, partials, and evenkeel.yml. Keeps for each file only by what
 * its findings were told apart, so that a second look reads nothing that did not change.
 */
export class BackgroundLint {
  readonly #needs: BackgroundNeeds;
  readonly #entries = new Map<string, Entry>();

  constructor(needs: BackgroundNeeds) {
    this.#needs = needs;
  }

  async look(turn: BackgroundTurn): Promise<void> {
    const seen = new Set<string>();
    for (const root of await this.#needs.roots.all(turn.opened)) {
      await turn.pause();
      const loaded = await loadConfig(root.workspace);
      const configUri = uriOf(root.workspace, CONFIG_FILE);
      const rules = ruleSettingsOf(loaded.config, await this.#needs.settings.settingsFor(configUri));
      const [today, known] = [this.#needs.today(), this.#needs.catalog()];
      const settings = JSON.stringify([await stampOf(root, CONFIG_FILE), rules.key, today, known.key]);
      const world: World = { root, loaded, rules, today, known, settings, turn, seen };
      if (loaded.path !== undefined) await this.#config(world, configUri);
      const paths = await wantedTemplates(root.workspace, loaded.config, MOST_FILES + 1);
      const beyond = paths.length > MOST_FILES ? paths[MOST_FILES] : undefined;
      if (beyond !== undefined) await this.#beyond(world, beyond);
      for (let at = 0; at < Math.min(paths.length, MOST_FILES); at += AT_ONCE) {
        await turn.pause();
        await Promise.all(
          paths
            .slice(at, Math.min(at + AT_ONCE, MOST_FILES))
            .map((path) => (isPartialFile(path) ? this.#partial(world, path) : this.#prompt(world, path))),
        );
      }
    }
    for (const uri of turn.known.keys()) if (!seen.has(uri) && !this.#needs.isOpen(uri)) turn.found({ uri, resultId: NOTHING, items: [] }); // it is gone
    for (const uri of this.#entries.keys()) if (!seen.has(uri)) this.#entries.delete(uri);
  }

  async #config({ loaded, rules, settings, turn, seen }: World, uri: string): Promise<void> {
    seen.add(uri);
    if (this.#needs.isOpen(uri)) return;
    await this.#report(uri, settings, turn, async () => diagnostics(lintConfig(loaded, rules), loaded.lines));
  }

  async #prompt(world: World, path: string): Promise<void> {
    const { root, loaded, rules, today, known, turn, seen } = world;
    const { workspace, datasets } = root;
    const uri = uriOf(workspace, path);
    seen.add(uri);
    const open = this.#needs.isOpen(uri);
    const entry = this.#entries.get(uri);
    const key =
      entry && keyOf(world, [...(await stampsOf(root, [path, ...entry.targets])), ...(await listingsOf(workspace, path, entry.patterns))]);
    if (entry && key === entry.key && (open || turn.known.get(uri) === entry.resultId)) {
      if (!open) turn.found({ uri, resultId: entry.resultId, items: undefined });
      if (entry.dataset !== undefined) await this.#dataset(world, entry.dataset);
      return;
    }
    const file = await workspace.read(path);
    if (!file.ok) return this.#unread(world, path, file);
    const written = parsePrompt(file.text, promptFormatOf(path));
    const named = [
      ...fileReferences(written).map(({ value }) => value),
      ...partialsOf(path, written.partials?.map(({ name }) => name) ?? []),
    ];
    const targets = [...new Set(named.flatMap((reference) => workspace.resolve(path, reference) ?? []))];
    const stamps = [`${file.mtimeMs} ${file.size}`, ...(await stampsOf(root, targets))]; // before they are read: a later change is noticed
    const options = { config: loaded.config, today, datasets };
    const prompts = written.included
      ? await gatherPrompts(workspace, path, file.text, options)
      : [await gatherFactsAndFiles(workspace, written, path, options)];
    const facts = prompts[0]?.facts;
    const reached = [...partialsOf(path, [...(facts?.partials?.keys() ?? [])]), ...(facts?.included?.keys() ?? [])];
    const inner = reached.flatMap((reference) => workspace.resolve(path, reference) ?? []);
    const more = inner.filter((target) => !targets.includes(target)); // partials of partials, and where they might come to be
    const lock = facts?.lock ? await stampsOf(root, [lockPath(path)]) : [NO_FILE];
    const dataset = facts?.dataset?.status === 'read' ? facts.dataset.path : undefined;
    const items = open ? [] : diagnostics(lintPrompts(prompts, { ...rules, catalog: known.catalog }), written.lines);
    const resultId = resultIdOf(items);
    const patterns = prompts[0] ? patternsOf(prompts[0].document) : [];
    const entryKey = keyOf(world, [...stamps, ...(await stampsOf(root, more)), ...lock, ...(await listingsOf(workspace, path, patterns))]);
    this.#entries.set(uri, { key: entryKey, resultId, targets: [...targets, ...more, lockPath(path)], patterns, dataset });
    if (!open) turn.found({ uri, resultId, items: turn.known.get(uri) === resultId ? undefined : items });
    if (dataset !== undefined) await this.#dataset(world, dataset);
  }

  /** A file that is there and cannot be read; one that went in the meantime has no findings. */
  async #unread({ root, rules, turn }: World, path: string, file: UnreadFile): Promise<void> {
    const uri = uriOf(root.workspace, path);
    if (file.reason === 'missing' || this.#needs.isOpen(uri)) return;
    const key = JSON.stringify([file.message, rules.key]);
    await this.#report(uri, key, turn, async () => diagnostics(unreadableFile(file, rules), NO_LINES));
  }

  /** The first of too many files says so; those behind it are not looked at until somebody opens them. */
  async #beyond({ root, rules, turn, seen }: World, path: string): Promise<void> {
    const uri = uriOf(root.workspace, path);
    seen.add(uri);
    if (this.#needs.isOpen(uri)) return;
    const message = `Here are more than ${MOST_FILES.toLocaleString('en')} prompt files: from this one on they are checked only when they are opened. Say in \`prompts.include\` of evenkeel.yml which files are prompts.`;
    await this.#report(uri, JSON.stringify([message, rules.key]), turn, async () =>
      diagnostics(unreadableFile({ reason: 'tooMany', message }, rules), NO_LINES),
    );
  }

  async #partial({ root, rules, turn, seen }: World, path: string): Promise<void> {
    const uri = uriOf(root.workspace, path);
    seen.add(uri);
    if (this.#needs.isOpen(uri)) return;
    await this.#report(uri, JSON.stringify([await stampOf(root, path), rules.key]), turn, async () => {
      const file = await root.workspace.read(path);
      if (!file.ok) return diagnostics(unreadableFile(file, rules), NO_LINES);
      const document = parsePartial(file.text);
      return diagnostics(lintPartial(document, rules), document.lines);
    });
  }

  async #dataset({ root, rules, turn, seen }: World, path: string): Promise<void> {
    const uri = uriOf(root.workspace, path);
    if (seen.has(uri)) return;
    seen.add(uri);
    if (this.#needs.isOpen(uri)) return;
    const stamp = await root.workspace.stat(path);
    if (!stamp) return;
    await this.#report(uri, JSON.stringify([stamp.mtimeMs, stamp.size, rules.key]), turn, async () => {
      const dataset = root.datasets.get(path, stamp) ?? (await readAgain(root, path));
      return dataset ? diagnostics(lintDataset(dataset, path, rules), dataset.lines) : [];
    });
  }

  async #report(uri: string, key: string, turn: BackgroundTurn, find: () => Promise<Diagnostic[]>): Promise<void> {
    const entry = this.#entries.get(uri);
    if (entry?.key === key && turn.known.get(uri) === entry.resultId) {
      turn.found({ uri, resultId: entry.resultId, items: undefined });
      return;
    }
    const items = await find();
    const resultId = resultIdOf(items);
    this.#entries.set(uri, { key, resultId, targets: [], patterns: [], dataset: undefined });
    turn.found({ uri, resultId, items: turn.known.get(uri) === resultId ? undefined : items });
  }
}

interface World {
  readonly root: RootContext;
  readonly loaded: LoadedConfig;
  readonly rules: RuleSettings;
  readonly today: string;
  readonly known: KnownCatalog;
  /** The same as long as evenkeel.yml, the rules, the day and the catalog are. */
  readonly settings: string;
  readonly turn: BackgroundTurn;
  readonly seen: Set<string>;
}

interface Entry {
  /** The same as long as the file, the files it names and the settings are the same. */
  readonly key: string;
  readonly resultId: string;
  /** The files that its findings rest on. */
  readonly targets: readonly string[];
  /** The patterns that say which files those are. */
  readonly patterns: readonly string[];
  readonly dataset: string | undefined;
}

type UnreadFile = Extract<Awaited<ReturnType<RootContext['workspace']['read']>>, { readonly ok: false }>;

/** Of a file that was not read. */
const NO_LINES = new LineIndex('');

/** Files of a root that are looked at. */
const MOST_FILES = 10_000;

/** While one file is read, others are looked at. */
const AT_ONCE = 4;

/** The result id of no findings at all. */
const NOTHING = resultIdOf([]);

/** Every place where a partial of one of these names may be, as written from the prompt. */
function partialsOf(path: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => partialPaths(path, name));
}

function keyOf({ settings }: World, stamps: readonly string[]): string {
  return JSON.stringify([settings, ...stamps]);
}

function stampsOf(root: RootContext, paths: readonly string[]): Promise<readonly string[]> {
  return Promise.all(paths.map((path) => stampOf(root, path)));
}

/** A dataset that is not among those read lately. */
async function readAgain({ workspace }: RootContext, path: string): Promise<Dataset | undefined> {
  const file = await workspace.read(path);
  const format = datasetFormatOf(path);
  return file.ok && format ? readDataset(file.text, format) : undefined;
}

/** The stamp of a file that is not there. */
const NO_FILE = '';

async function stampOf({ workspace }: RootContext, path: string): Promise<string> {
  const stamp = await workspace.stat(path);
  return stamp ? `${stamp.mtimeMs} ${stamp.size}` : NO_FILE;
}

/** The same for the same findings, in an open document and in a closed one. */
export function resultIdOf(items: readonly Diagnostic[]): string {
  return createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 22);
}
