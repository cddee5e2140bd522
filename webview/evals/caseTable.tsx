import { useLayoutEffect, useRef } from 'preact/hooks';
import { Cell, Grid, Row, RowGroup } from '../components/grid.tsx';
import { useVirtualList } from '../components/virtualList.tsx';
import type { EvalsStore } from '../state/evalsStore.ts';
import type { VisibleEntry } from '../state/visibleEntries.ts';
import { CaseRow } from './caseRow.tsx';
import './caseTable.css';

const LINE_HEIGHT = 28;

/** The cases: a grid of which only the rows in view are on the page. Arrows, Page Up and Down, Home and End move; Enter goes to the detail, Escape back. */
export function CaseTable({
  store,
  inputName,
  busy,
}: {
  readonly store: EvalsStore;
  readonly inputName: string | undefined;
  readonly busy: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const entries = store.entries.value;
  const selectedKey = store.selected.value?.key;
  const selectedIndex = entries.findIndex(({ key }) => key === selectedKey);
  const list = useVirtualList(scroller, entries.length, LINE_HEIGHT, LINE_HEIGHT);
  const asked = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (selectedIndex >= 0 && asked.current !== selectedKey) list.scrollTo(selectedIndex);
    asked.current = selectedKey;
  });
  const isInView = list.lines.some(({ index }) => index === selectedIndex);
  return (
    <Grid
      scroller={scroller}
      class="caseTable"
      aria-label="Cases"
      aria-rowcount={entries.length + 1}
      aria-colcount={COLUMNS}
      aria-busy={busy}
      {...(isInView ? { 'aria-activedescendant': rowId(selectedIndex) } : {})}
      onKeyDown={(event) =>
        onKey(event, store, selectedIndex, Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / LINE_HEIGHT) - 2))
      }
    >
      <RowGroup class="headings">
        <Row class="caseLine" aria-rowindex={1}>
          {[
            ['status', '', 'result'],
            ['id', 'case', ''],
            ['input', inputName ?? 'input', ''],
            ['output', 'output', ''],
            ['evaluators', 'evaluators', ''],
            ['time', 'time', ''],
            ['tokens', 'tokens', ''],
          ].map(([name, title, unseen]) => (
            <Cell key={name} heading column={name ?? ''}>
              {unseen ? <span class="unseen">{unseen}</span> : title}
            </Cell>
          ))}
        </Row>
      </RowGroup>
      {entries.length === 0 ? (
        <Row class="dim empty" aria-rowindex={2}>
          <Cell column="words" span={COLUMNS}>
            {emptyWords(store, busy)}
          </Cell>
        </Row>
      ) : null}
      <RowGroup style={{ height: `${list.height}px`, position: 'relative' }}>
        {list.lines.map(({ index, start }) => {
          const entry = entries[index];
          return entry ? (
            <CaseRow
              key={entry.key}
              id={rowId(index)}
              entry={entry}
              rowIndex={index + 2}
              top={start}
              selected={index === selectedIndex}
              onSelect={() => store.select(entry)}
            />
          ) : null;
        })}
      </RowGroup>
    </Grid>
  );
}

const COLUMNS = 7;

function rowId(index: number): string {
  return `case-${index}`;
}

function emptyWords(store: EvalsStore, busy: boolean): string {
  if (store.filters.value.size > 0 || store.text.value !== '') return 'No case fits the filter.';
  return busy ? 'The first answers are on their way.' : 'No cases to show.';
}

function onKey(event: KeyboardEvent, store: EvalsStore, selected: number, page: number): void {
  const entries = store.entries.value;
  if (event.key === 'Escape') {
    store.select(undefined);
  } else if (event.key === 'Enter') {
    if (selected < 0) store.select(nearestRow(entries, 0, 1));
    document.querySelector<HTMLElement>('.caseAside')?.focus();
  } else {
    const step = STEPS[event.key]?.(selected, page, entries.length);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    store.select(nearestRow(entries, step.to, step.direction) ?? entries[selected]);
  }
  event.preventDefault();
}

const STEPS: Readonly<Record<string, (at: number, page: number, count: number) => { readonly to: number; readonly direction: 1 | -1 }>> = {
  ArrowDown: (at) => ({ to: at + 1, direction: 1 }),
  ArrowUp: (at) => ({ to: at < 0 ? 0 : at - 1, direction: -1 }),
  PageDown: (at, page, count) => ({ to: Math.min(count - 1, at + page), direction: -1 }),
  PageUp: (at, page) => ({ to: Math.max(0, at - page), direction: 1 }),
  Home: () => ({ to: 0, direction: 1 }),
  End: (_at, _page, count) => ({ to: count - 1, direction: -1 }),
};

/** The first entry from there on that is a case; titles of groups are passed over. */
function nearestRow(entries: readonly VisibleEntry[], from: number, direction: 1 | -1): VisibleEntry | undefined {
  for (let at = from; at >= 0 && at < entries.length; at += direction) if (entries[at]?.kind === 'row') return entries[at];
  return undefined;
}
