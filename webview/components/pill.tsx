import type { ComponentChildren } from 'preact';
import './pill.css';

/** A short coloured label: an evaluator's name, or how many passed. */
export function Pill({
  tone,
  children,
  title,
}: {
  readonly tone: 'good' | 'bad' | 'warn' | 'info' | 'plain';
  readonly children: ComponentChildren;
  readonly title?: string;
}) {
  return (
    <span class={`pill ${tone}`} title={title}>
      {children}
    </span>
  );
}
