import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Segment } from '../../protocol/index.ts';
import { textBlocks } from '../state/textBlocks.ts';
import './markedText.css';

interface MarkedTextProps {
  readonly segments: readonly Segment[];
  readonly side: 'baseline' | 'candidate';
}

/**
 * A text with what differs from the other side marked: by colour and by line under it, so that either is enough. A long text comes in blocks,
 * the first at once and the others a few a frame, each laid out when it comes into view.
 */
export function MarkedText({ segments, side }: MarkedTextProps) {
  const blocks = useMemo(() => textBlocks(segments), [segments]);
  const ready = useSignal({ of: blocks, count: FIRST_BLOCKS });
  const count = ready.value.of === blocks ? ready.value.count : FIRST_BLOCKS;
  useEffect(() => {
    if (count >= blocks.length) return undefined;
    const frame = requestAnimationFrame(() => {
      ready.value = { of: blocks, count: count + MORE_BLOCKS };
    });
    return () => cancelAnimationFrame(frame);
  }, [count, blocks]);
  return (
    <div class="markedText">
      {blocks.slice(0, count).map((block, index) => (
        <Block key={index} block={block} side={side} alone={blocks.length === 1} />
      ))}
    </div>
  );
}

const FIRST_BLOCKS = 8;
const MORE_BLOCKS = 20;

interface BlockProps {
  readonly block: readonly Segment[];
  readonly side: MarkedTextProps['side'];
  readonly alone: boolean;
}

function Block({ block, side, alone }: BlockProps) {
  const marked = useMemo(() => block.map((segment, index) => <Marked key={index} segment={segment} side={side} />), [block, side]);
  return <div class={alone ? undefined : 'textBlock'}>{marked}</div>;
}

/** One segment, marked as the side's own where the other side does not have it. */
export function Marked({ segment: { text, mark }, side }: { readonly segment: Segment; readonly side: MarkedTextProps['side'] }) {
  if (mark === undefined) return <>{text}</>;
  if (mark === 'space') return <span class={/[\r\n]/.test(text) ? 'space break' : 'space'}>{text}</span>;
  if (mark === 'moved') return <mark class="moved">{text}</mark>;
  return side === 'baseline' ? <del class="changed">{text}</del> : <ins class="changed">{text}</ins>;
}
