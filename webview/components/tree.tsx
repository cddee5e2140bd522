import type { HTMLAttributes, RefObject } from 'preact';

/**
 * A tree of which only the lines in view are on the page. The tree holds the focus and says which of its items is active; items stand side
 * by side and tell their level.
 */
export function Tree({ scroller, ...rest }: HTMLAttributes<HTMLDivElement> & { readonly scroller: RefObject<HTMLDivElement | null> }) {
  return <div ref={scroller} {...{ role: 'tree', tabIndex: 0 }} {...rest} />;
}

interface TreeItemProps extends HTMLAttributes<HTMLDivElement> {
  readonly level: number;
  /** From 1, among the items of its level under the same parent. */
  readonly place: number;
  readonly of: number;
  readonly selected: boolean;
  /** Of an item that has others below it. */
  readonly open?: boolean;
}

export function TreeItem({ level, place, of, selected, open, ...rest }: TreeItemProps) {
  const state = { 'aria-level': level, 'aria-posinset': place, 'aria-setsize': of, 'aria-selected': selected };
  return <div {...{ role: 'treeitem', ...state, ...(open === undefined ? {} : { 'aria-expanded': open }) }} {...rest} />;
}
