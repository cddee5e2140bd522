import { computed, effect, signal } from '@preact/signals';
import * as z from 'zod/mini';
import { type EvalsDetail, type EvalsHeader, type EvalsRow, type FromEvals, ToEvals } from '../../protocol/index.ts';
import { type FilterName, type VisibleEntry, visibleEntries } from './visibleEntries.ts';
import type { VsCodeApi } from './vscodeApi.ts';

/** What an evals panel keeps over a reload; `uri` is the extension's, which finds the prompt by it. */
export const EvalsPanelState = z.object({
  uri: z._default(z.string(), ''),
  filters: z._default(z.array(z.enum(['failed', 'unscored', 'errors', 'changed'])), []),
  text: z._default(z.string(), ''),
  grouped: z._default(z.boolean(), false),
  selected: z.optional(z.string()),
});
export type EvalsPanelState = z.infer<typeof EvalsPanelState>;

/** The right-hand side of the panel as far as it has come. */
export interface ShownDetail {
  readonly caseId: string;
  readonly detail?: EvalsDetail;
  readonly error?: string;
}

/** All that the evals panel shows and the only way to the extension; components read signals and call methods. */
export class EvalsStore {
  readonly #api: VsCodeApi<EvalsPanelState, FromEvals>;
  readonly #rows: (EvalsRow | undefined)[] = [];
  readonly #places = new Map<string, number>();
  /** Counts changes of the rows, which are changed in place. */
  readonly #version = signal(0);
  #request = 0;
  readonly header = signal<EvalsHeader | undefined>(undefined);
  readonly total = signal(0);
  readonly filters = signal<ReadonlySet<FilterName>>(new Set());
  readonly text = signal('');
  readonly grouped = signal(false);
  /** The key of the entry that is selected, and its case. */
  readonly selected = signal<{ readonly key: string; readonly caseId: string } | undefined>(undefined);
  readonly detail = signal<ShownDetail | undefined>(undefined);
  readonly entries = computed<readonly VisibleEntry[]>(() => {
    this.#version.value; // the rows are no signal
    return visibleEntries(this.#rows, { filters: this.filters.value, text: this.text.value, grouped: this.grouped.value });
  });

  constructor(api: VsCodeApi<EvalsPanelState, FromEvals>) {
    this.#api = api;
    const { filters, text, grouped, selected } = api.state;
    this.filters.value = new Set(filters);
    this.text.value = text;
    this.grouped.value = grouped;
    if (selected !== undefined) this.selected.value = { key: selected, caseId: selected };
    api.onMessage((message) => {
      const read = ToEvals.safeParse(message);
      if (read.success) this.#receive(read.data);
    });
    effect(() => this.#save());
    api.post({ type: 'ready' });
  }

  /** Sends what the person wants. */
  send(intent: FromEvals): void {
    this.#api.post(intent);
  }

  row(caseId: string): EvalsRow | undefined {
    this.#version.value;
    const place = this.#places.get(caseId);
    return place === undefined ? undefined : this.#rows[place];
  }

  /** Turns a filter on or off; `all` turns every one off. */
  toggleFilter(name: FilterName | 'all'): void {
    const next = new Set(name === 'all' ? [] : this.filters.value);
    if (name !== 'all' && !next.delete(name)) next.add(name);
    this.filters.value = next;
  }

  select(entry: VisibleEntry | undefined): void {
    if (entry?.kind !== 'row') {
      this.selected.value = undefined;
      this.detail.value = undefined;
      return;
    }
    const { caseId } = entry.row;
    const isShown = this.detail.value?.caseId === caseId;
    this.selected.value = { key: entry.key, caseId };
    if (!isShown) this.#askDetail(caseId);
  }

  #receive(message: ToEvals): void {
    switch (message.type) {
      case 'init':
        this.#rows.length = 0;
        this.#places.clear();
        this.header.value = message.header;
        this.#put(
          message.rows.map((row, at) => ({ at, row })),
          message.total,
        );
        this.detail.value = undefined;
        if (this.selected.value && this.#places.has(this.selected.value.caseId)) this.#askDetail(this.selected.value.caseId);
        break;
      case 'header':
        this.header.value = message.header;
        break;
      case 'rows':
        this.#put(message.rows, message.total);
        this.#refreshDetail(message.rows);
        break;
      case 'detail':
        if (message.request === this.#request) this.#showDetail(message);
        break;
    }
  }

  #put(rows: readonly { readonly at: number; readonly row: EvalsRow }[], total: number): void {
    for (const { at, row } of rows) {
      if (!Number.isSafeInteger(at) || at < 0 || at >= MOST_ROWS) continue;
      this.#rows[at] = row;
      this.#places.set(row.caseId, at);
    }
    this.total.value = total;
    this.#version.value++;
  }

  /** The case shown has news, or is there at last after a reload. */
  #refreshDetail(rows: readonly { readonly row: EvalsRow }[]): void {
    const caseId = this.selected.value?.caseId;
    const row = rows.find((patch) => patch.row.caseId === caseId)?.row;
    if (row && caseId !== undefined && row.status !== 'running') this.#askDetail(caseId);
  }

  #askDetail(caseId: string): void {
    const known = this.detail.value?.caseId === caseId ? this.detail.value : { caseId };
    this.detail.value = known;
    this.#api.post({ type: 'detail', request: ++this.#request, caseId });
  }

  #showDetail({ detail, error }: { readonly detail?: EvalsDetail | undefined; readonly error?: string | undefined }): void {
    const caseId = this.selected.value?.caseId;
    if (caseId === undefined) return;
    this.detail.value = { caseId, ...(detail ? { detail } : {}), ...(error === undefined ? {} : { error }) };
  }

  #save(): void {
    const selected = this.selected.value?.caseId;
    this.#api.save({
      uri: this.#api.state.uri,
      filters: [...this.filters.value],
      text: this.text.value,
      grouped: this.grouped.value,
      ...(selected === undefined ? {} : { selected }),
    });
  }
}

/** More rows than any run has; a place beyond is a mistake. */
const MOST_ROWS = 1_000_000;
