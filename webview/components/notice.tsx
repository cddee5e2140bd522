import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import './notice.css';

interface NoticeProps {
  /** What it is, for those who jump from part to part. */
  readonly label: string;
  readonly tone: 'question' | 'serious' | 'info';
  readonly children: ComponentChildren;
}

/** Something that has to be said above everything else, or asked. */
export function Notice({ label, tone, children }: NoticeProps) {
  return (
    <section class={`notice ${tone}`} aria-label={label}>
      <Icon name={tone === 'serious' ? 'warning' : tone} />
      <div class="words">{children}</div>
    </section>
  );
}

/** Buttons below what a notice says. */
export function Answers({ children }: Pick<NoticeProps, 'children'>) {
  return <div class="answers">{children}</div>;
}
