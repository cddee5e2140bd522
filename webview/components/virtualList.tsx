import { useSignal } from '@preact/signals';
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** One line of the list that is on the page now: its index, and how far below the list's start it stands, in pixels. */
export interface VirtualLine {
  readonly index: number;
  readonly start: number;
}

export interface VirtualList {
  readonly lines: readonly VirtualLine[];
  /** The height of all lines. */
  readonly height: number;
  readonly scrollTo: (index: number) => void;
}

/** A long list of lines of one height of which only those in view are on the page; `before` is what stands above the first line in the same scroller. */
export function useVirtualList(scroller: RefObject<HTMLElement | null>, count: number, lineHeight: number, before: number): VirtualList {
  const version = useSignal(0);
  version.value;
  const made = useRef<Virtualizer<HTMLElement, HTMLElement>>(null);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 8,
    scrollMargin: before,
    scrollPaddingStart: before,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => {
      version.value++;
    },
  };
  made.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtualizer = made.current;
  virtualizer.setOptions({ ...virtualizer.options, ...options });
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  return {
    lines: virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start: start - before })),
    height: virtualizer.getTotalSize(),
    scrollTo: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
