import './key.css';

/** The key that does what stands beside it: for the eye, the button's `aria-keyshortcuts` says it to others. */
export function Key({ name }: { readonly name: string }) {
  return (
    <span class="key" aria-hidden="true">
      {name}
    </span>
  );
}
