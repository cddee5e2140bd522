import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import * as z from 'zod/mini';
import {
  type CaseComparison,
  type ChangeGroup,
  type ChangesView,
  type DriftRow,
  type DriftState,
  type DriftSummary,
  type FromDrift,
  ToDrift,
} from '../../protocol/index.ts';
import {
  type Cursor,
  completeGroups,
  cursorOf,
  type DriftEntry,
  driftEntries,
  entryKey,
  isOpen,
  isPending,
  nextPending,
} from './driftEntries.ts';
import { reviewNews, spokenWords } from './driftSpoken.ts';
import type { VsCodeApi } from './vscodeApi.ts';

/** Which samples' texts are shown, from 0; left out: those the engine finds most telling. */
const ShownSamples = z.object({ approved: z.optional(z.number()), fresh: z.optional(z.number()) });
export type ShownSamples = z.infer<typeof ShownSamples>;

/** What a drift panel keeps over a reload; `uri` is the extension's, which finds the prompt by it. */
export const DriftPanelState = z.object({
  uri: z._default(z.string(), ''),
  /** The comparison that the rest is of. */
  comparison: z.optional(z.string()),
  cursor: z.optional(z.object({ kind: z.enum(['case', 'group']), id: z.string() })),
  /** Groups that are not open or folded as they came. */
  toggled: z._default(z.array(z.string()), []),
  samples: z._default(ShownSamples, {}),
  /** Pixels by which the list is scrolled. */
  scroll: z._default(z.number(), 0),
  /** The section *What changed* is open. */
  changes: z.optional(z.boolean()),
});
export type DriftPanelState = z.infer<typeof DriftPanelState>;

/** The selected case as far as it has come. */
export interface ShownCase {
  readonly caseId: string;
  readonly comparison?: CaseComparison;
  readonly error?: string;
}

/** What lies over the panel: the sheet of keys, a question, or the box for a reason. */
export type Sheet = { readonly kind: 'help' } | { readonly kind: 'acceptRest' } | { readonly kind: 'reject'; readonly caseId: string };

/**
 * All that the drift panel shows and the only way to the extension. Rows change when the host says so, never before: an intent that was
 * sent is not yet done.
 */
export class DriftStore {
  readonly #api: VsCodeApi<DriftPanelState, FromDrift>;
  readonly #rows = new Map<string, DriftRow>();
  /** Cases of which something was said that the host has not answered yet; the next pending case is none of them. */
  readonly #sent = new Set<string>();
  /** Counts changes of the rows, which are changed in place. */
  readonly #version = signal(0);
  readonly #came = signal<readonly ChangeGroup[]>([]);
  /** The comparison to which what is kept belongs, also while none is shown. */
  #comparison: string | undefined;
  #request = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: ReturnType<typeof setTimeout> | undefined;
  readonly state = signal<DriftState | undefined>(undefined);
  readonly summary = signal<DriftSummary | undefined>(undefined);
  readonly total = signal(0);
  readonly toggled = signal<ReadonlySet<string>>(new Set());
  readonly cursor = signal<Cursor | undefined>(undefined);
  readonly samples = signal<ShownSamples>({});
  readonly scroll = signal(0);
  readonly shown = signal<ShownCase | undefined>(undefined);
  readonly sheet = signal<Sheet | undefined>(undefined);
  readonly changes = signal<ChangesView | undefined>(undefined);
  readonly changesOpen = signal(false);
  readonly #spoken = spokenWords();
  readonly groups = computed<readonly ChangeGroup[]>(() => completeGroups(this.#came.value, this.rows()));
  readonly entries = computed<readonly DriftEntry[]>(() => driftEntries(this.groups.value, this.rows(), this.toggled.value));
  readonly pending = computed<readonly DriftRow[]>(() => [...this.rows().values()].filter(isPending));

  constructor(api: VsCodeApi<DriftPanelState, FromDrift>) {
    this.#api = api;
    const { comparison, toggled, cursor, samples, scroll, changes } = api.state;
    this.#comparison = comparison;
    this.toggled.value = new Set(toggled);
    this.cursor.value = cursor;
    this.samples.value = samples;
    this.scroll.value = scroll;
    this.changesOpen.value = changes === true;
    api.onMessage((message) => {
      const read = ToDrift.safeParse(message);
      if (read.success) batch(() => this.#receive(read.data));
    });
    effect(() => this.#save());
    api.post({ type: 'ready' });
  }

  /** What a screen reader is told: what an action did, or why it does nothing. */
  get spoken(): ReadonlySignal<string> {
    return this.#spoken.words;
  }

  say(words: string): void {
    this.#spoken.say(words);
  }

  /** Sends what the person wants. */
  send(intent: FromDrift): void {
    this.#api.post(intent);
  }

  rows(): ReadonlyMap<string, DriftRow> {
    this.#version.value; // the rows are no signal
    return this.#rows;
  }

  /** The row at which the cursor stands; undefined on the title of a group. */
  selectedRow(): DriftRow | undefined {
    const cursor = this.cursor.value;
    return cursor?.kind === 'case' ? this.rows().get(cursor.id) : undefined;
  }

  /** The group at which the cursor stands, by its title or one of its cases. */
  selectedGroup(): ChangeGroup | undefined {
    const cursor = this.cursor.value;
    if (!cursor) return undefined;
    return this.groups.value.find(({ id, caseIds }) => (cursor.kind === 'group' ? id === cursor.id : caseIds.includes(cursor.id)));
  }

  /** Where the cursor stands in the list, -1 where it is not to be seen. */
  selectedIndex(): number {
    const cursor = this.cursor.value;
    if (!cursor) return -1;
    const key = entryKey(cursor);
    return this.entries.value.findIndex((entry) => entry.key === key);
  }

  select(cursor: Cursor | undefined): void {
    const before = this.cursor.value;
    if (cursor?.kind === before?.kind && cursor?.id === before?.id) return;
    this.cursor.value = cursor;
    this.samples.value = {};
    this.shown.value = undefined;
    if (cursor?.kind === 'case') this.#askCase();
  }

  /** Opens a closed group, closes an open one; a cursor inside goes to its title. */
  toggle(groupId: string): void {
    const next = new Set(this.toggled.value);
    if (!next.delete(groupId)) next.add(groupId);
    this.toggled.value = next;
    if (this.cursor.value && this.selectedIndex() < 0) this.select({ kind: 'group', id: groupId });
  }

  /** Opens or closes the section *What changed*; says why where there is none. */
  toggleChanges(): void {
    if (this.changes.value) this.changesOpen.value = !this.changesOpen.value;
    else this.say('This comparison does not tell what changed.');
  }

  /** Shows other samples of the selected case. */
  showSamples(samples: ShownSamples): void {
    this.samples.value = samples;
    this.#askCase();
  }

  /** Remembers that something was said of these cases, and goes to the next one that waits. */
  passOn(caseIds: readonly string[]): void {
    for (const id of caseIds) this.#sent.add(id);
    this.selectPending(caseIds.at(-1));
  }

  /** Goes to the pending case after this one; false where no other waits. Opens its group if it was closed. */
  selectPending(after: string | undefined): boolean {
    const groups = this.groups.value;
    const next = nextPending(groups, this.#rows, after, this.#sent) ?? nextPending(groups, this.#rows, after);
    if (next !== undefined) this.#goTo(next);
    return next !== undefined;
  }

  /** Selects a case and opens its group if it was closed. */
  #goTo(caseId: string): void {
    const group = this.groups.value.find(({ caseIds }) => caseIds.includes(caseId));
    if (!group) return;
    this.select({ kind: 'case', id: caseId });
    if (!isOpen(group, this.toggled.value)) this.toggle(group.id);
  }

  #receive(message: ToDrift): void {
    switch (message.type) {
      case 'init':
        this.#setState(message.state, message.summary);
        this.#rows.clear();
        this.#sent.clear();
        this.#came.value = message.groups;
        this.changes.value = message.changes;
        this.#put(message.rows, message.total);
        if (this.#settle()) this.#askCase();
        break;
      case 'state':
        this.#setState(message.state, message.summary ?? this.summary.value);
        break;
      case 'rows':
        this.#takeRows(message.rows, message.total);
        break;
      case 'select':
        this.#goTo(message.caseId);
        break;
      case 'case':
        if (message.request === this.#request) this.#showCase(message);
        break;
    }
  }

  #setState(state: DriftState, summary: DriftSummary | undefined): void {
    if (state.notice && state.notice !== this.state.value?.notice) this.#spoken.sayFirst(state.notice);
    if (summary && this.#comparison !== undefined && summary.comparisonId !== this.#comparison) {
      this.toggled.value = new Set();
      this.samples.value = {};
      this.scroll.value = 0;
      this.sheet.value = undefined;
    }
    this.#comparison = summary?.comparisonId ?? this.#comparison;
    this.state.value = state;
    this.summary.value = summary;
  }

  #takeRows(patches: readonly { readonly row: DriftRow }[], total: number): void {
    const rows = patches.map(({ row }) => row);
    const news = reviewNews(rows, this.#rows);
    this.#put(rows, total);
    for (const { caseId } of rows) this.#sent.delete(caseId);
    if (news) this.#spoken.say(news);
    const cursor = this.cursor.value;
    if (this.#settle() && rows.some(({ caseId }) => caseId === cursor?.id)) this.#askCase();
  }

  #put(rows: readonly DriftRow[], total: number): void {
    for (const row of rows) this.#rows.set(row.caseId, row);
    this.total.value = total;
    this.#version.value++;
  }

  /**
   * Something of a comparison is always selected: what was, which is true, else the first case that waits, else the first one. What was
   * selected is not forgotten while the host has no comparison to show yet.
   */
  #settle(): boolean {
    if (!this.summary.value) return false;
    if (this.selectedGroup()) return true;
    if (this.selectPending(undefined)) return false;
    const first = this.entries.value.find(({ kind }) => kind === 'case') ?? this.entries.value[0];
    this.select(first && cursorOf(first));
    return false;
  }

  /** Asks for the selected case at once, but not for every case that is passed while a key is held down. */
  #askCase(): void {
    clearTimeout(this.#asking);
    if (this.cursor.value?.kind !== 'case') return;
    const wait = this.#askedAt + HELD_MS - performance.now();
    this.#request++; // what was asked before is of no use any more
    const ask = (): void => {
      this.#askedAt = performance.now();
      const cursor = this.cursor.value;
      if (cursor?.kind === 'case') this.send({ type: 'case', request: this.#request, caseId: cursor.id, ...this.samples.value });
    };
    if (wait <= 0) ask();
    else this.#asking = setTimeout(ask, wait);
  }

  #showCase({ comparison, error }: { readonly comparison?: CaseComparison | undefined; readonly error?: string | undefined }): void {
    const cursor = this.cursor.value;
    if (cursor?.kind !== 'case') return;
    this.shown.value = { caseId: cursor.id, ...(comparison ? { comparison } : {}), ...(error === undefined ? {} : { error }) };
  }

  #save(): void {
    const cursor = this.cursor.value;
    this.summary.value; // #comparison is no signal and changes with it
    const comparison = this.#comparison;
    this.#api.save({
      uri: this.#api.state.uri,
      toggled: [...this.toggled.value],
      samples: this.samples.value,
      scroll: this.scroll.value,
      ...(comparison === undefined ? {} : { comparison }),
      ...(cursor === undefined ? {} : { cursor }),
      ...(this.changesOpen.value ? { changes: true } : {}),
    });
  }
}

/** A held key repeats about every 30 ms; a case is asked for after this pause. */
const HELD_MS = 100;
