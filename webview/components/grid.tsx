import type { ComponentChildren, HTMLAttributes, RefObject } from 'preact';

/**
 * A grid of which only the rows in view are on the page, which HTML's own table cannot be. The grid holds the focus and says which of its
 * rows is active; rows and cells are reached through it.
 */
export function Grid({ scroller, ...rest }: HTMLAttributes<HTMLDivElement> & { readonly scroller: RefObject<HTMLDivElement | null> }) {
  return <div ref={scroller} {...{ role: 'grid', tabIndex: 0 }} {...rest} />;
}

export function RowGroup(props: HTMLAttributes<HTMLDivElement>) {
  return <div {...{ role: 'rowgroup' }} {...props} />;
}

/** `aria-rowindex` counts from 1, the headings among them. */
export function Row(props: HTMLAttributes<HTMLDivElement>) {
  return <div {...{ role: 'row' }} {...props} />;
}

interface CellProps {
  /** Its column, which is its class. */
  readonly column: string;
  readonly heading?: boolean;
  readonly span?: number;
  readonly children?: ComponentChildren;
}

export function Cell({ column, heading = false, span, children }: CellProps) {
  const role = heading ? 'columnheader' : 'gridcell';
  return (
    <span class={column} {...{ role, ...(span === undefined ? {} : { 'aria-colspan': span }) }}>
      {children}
    </span>
  );
}
