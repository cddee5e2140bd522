import type { ComponentChildren } from 'preact';
import './button.css';
import { Key } from './key.tsx';

interface ButtonProps {
  readonly onClick: () => void;
  readonly children: ComponentChildren;
  /** The one that is most likely wanted. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** A switch: on or off. */
  readonly pressed?: boolean;
  /** Looks disabled and keeps the focus; a click is to say why. */
  readonly unavailable?: boolean;
  /** The key that does the same. */
  readonly shortcut?: string;
}

/** A button in VS Code's colours. */
export function Button({ onClick, children, primary = false, disabled = false, pressed, unavailable = false, shortcut }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${primary ? 'primary' : 'secondary'}`}
      disabled={disabled}
      onClick={onClick}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      {...(unavailable ? { 'aria-disabled': true } : {})}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': spokenKey(shortcut) })}
    >
      {children}
      {shortcut === undefined ? null : <Key name={shortcut} />}
    </button>
  );
}

/** As ARIA writes keys: capitals are typed with Shift. */
function spokenKey(key: string): string {
  return /^[A-Z]$/.test(key) ? `Shift+${key}` : key;
}

/** A link to a place in the editor: it opens nothing by itself. */
export function LinkButton({
  onClick,
  children,
  expanded,
}: Pick<ButtonProps, 'onClick' | 'children'> & { /** Shows or hides what stands beside it. */ readonly expanded?: boolean }) {
  return (
    <button type="button" class="link" onClick={onClick} {...(expanded === undefined ? {} : { 'aria-expanded': expanded })}>
      {children}
    </button>
  );
}
