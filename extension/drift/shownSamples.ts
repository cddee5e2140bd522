/** Which samples of a case are shown, from 0; left out: those the engine finds most telling. */
export interface ShownSamples {
  readonly approved?: number | undefined;
  readonly fresh?: number | undefined;
}

/** The same as a request carries it: only what was chosen. */
export function chosenSamples({ approved, fresh }: ShownSamples): { readonly approved?: number; readonly fresh?: number } {
  return { ...(approved === undefined ? {} : { approved }), ...(fresh === undefined ? {} : { fresh }) };
}
