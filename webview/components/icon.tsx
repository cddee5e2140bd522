import './icon.css';

/** A codicon; `label` is read out, without one the icon is decoration. */
export function Icon({ name, label }: { readonly name: string; readonly label?: string }) {
  return (
    <>
      <span class={`codicon codicon-${name}`} aria-hidden="true" />
      {label === undefined ? null : <span class="unseen">{label}</span>}
    </>
  );
}
