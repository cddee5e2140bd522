import { useLayoutEffect, useRef } from 'preact/hooks';
import { Tree } from '../components/tree.tsx';
import { useVirtualList } from '../components/virtualList.tsx';
import { closeOrLeave, move, moveToEnd, openOrEnter, toggleGroup } from '../state/driftReview.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './caseList.css';
import { CaseLine, GroupLine } from './caseLine.tsx';

const LINE_HEIGHT = 26;

/** The changes, worst first: groups with their cases, of which only the lines in view are on the page. */
export function CaseList({ store }: { readonly store: DriftStore }) {
  const scroller = useRef<HTMLDivElement>(null);
  const entries = store.entries.value;
  const selected = store.selectedIndex();
  const list = useVirtualList(scroller, entries.length, LINE_HEIGHT, 0);
  useKeptScroll(store, scroller, entries.length);
  const asked = useRef(store.cursor.peek());
  useLayoutEffect(() => {
    const cursor = store.cursor.peek();
    if (selected >= 0 && asked.current !== cursor) list.scrollTo(selected);
    asked.current = cursor;
  });
  const inView = list.lines.some(({ index }) => index === selected);
  return (
    <nav class="changes" aria-label="Changes, worst first">
      <Tree
        scroller={scroller}
        class="caseList"
        aria-label="Changes, worst first"
        aria-busy={store.rows().size < store.total.value}
        {...(inView ? { 'aria-activedescendant': lineId(selected) } : {})}
        onKeyDown={(event) => onKey(event, store)}
        onScroll={(event) => (store.scroll.value = event.currentTarget.scrollTop)}
      >
        <div class="lines" role="none" style={{ height: `${list.height}px` }}>
          {list.lines.map(({ index, start }) => {
            const entry = entries[index];
            if (!entry) return null;
            const place = { key: entry.key, id: lineId(index), top: start, selected: index === selected };
            return entry.kind === 'group' ? (
              <GroupLine {...place} entry={entry} store={store} />
            ) : (
              <CaseLine {...place} entry={entry} store={store} />
            );
          })}
        </div>
      </Tree>
      {entries.length === 0 ? <p class="dim nothing">No case to show.</p> : null}
    </nav>
  );
}

function lineId(index: number): string {
  return `line-${index}`;
}

/** Scrolls the list once to where it was before the page was made anew, as soon as there are lines. */
function useKeptScroll(store: DriftStore, scroller: { readonly current: HTMLElement | null }, lines: number): void {
  const kept = useRef<number | undefined>(store.scroll.peek());
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!list || kept.current === undefined || lines === 0) return;
    list.scrollTop = kept.current;
    if (list.scrollTop >= Math.min(kept.current, lines * LINE_HEIGHT - list.clientHeight)) kept.current = undefined;
  });
}

/** What the arrows, Home, End and Enter do in the list; letters work everywhere and are not its own. */
function onKey(event: KeyboardEvent, store: DriftStore): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = LIST_KEYS[event.key];
  if (!act) return;
  act(store);
  event.preventDefault();
}

const LIST_KEYS: Readonly<Record<string, (store: DriftStore) => void>> = {
  ArrowDown: (store) => move(store, 1),
  ArrowUp: (store) => move(store, -1),
  ArrowRight: openOrEnter,
  ArrowLeft: closeOrLeave,
  Home: (store) => moveToEnd(store, 'first'),
  End: (store) => moveToEnd(store, 'last'),
  Enter: (store) => {
    if (store.cursor.value?.kind === 'group') toggleGroup(store);
    else document.querySelector<HTMLElement>('.caseView')?.focus();
  },
  ' ': (store) => {
    if (store.cursor.value?.kind === 'group') toggleGroup(store);
  },
};
