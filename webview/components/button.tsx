import type { ComponentChildren } from 'preact';
import './button.css';

interface ButtonProps {
  readonly onClick: () => void;
  readonly children: ComponentChildren;
  /** The one that is most likely wanted. */
  readonly primary?: boolean;
  readonly disabled?: boolean;
  /** A switch: on or off. */
  readonly pressed?: boolean;
}

/** A button in VS Code's colours. */
export function Button({ onClick, children, primary = false, disabled = false, pressed }: ButtonProps) {
  return (
    <button
      type="button"
      class={`button ${primary ? 'primary' : 'secondary'}`}
      disabled={disabled}
      onClick={onClick}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
    >
      {children}
    </button>
  );
}

/** A link to a place in the editor: it opens nothing by itself. */
export function LinkButton({ onClick, children }: Pick<ButtonProps, 'onClick' | 'children'>) {
  return (
    <button type="button" class="link" onClick={onClick}>
      {children}
    </button>
  );
}
