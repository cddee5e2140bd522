import type { CaseMatrices, View } from './caseMatrices.ts';
import type { DistanceMatrix } from './distanceMatrix.ts';

/** The name of the view of whole outputs; the others are called by what is measured and where: `value category`, `prefix summary`. */
export const WHOLE = 'document';

/** A view as it is summed or watched over many cases. */
export interface NamedView {
  readonly name: string;
  readonly matrix: DistanceMatrix;
}

/** All views but the contract's, which has tests of its own; of one that is one field only the first is its value. */
export function namedViews({ views }: CaseMatrices): readonly NamedView[] {
  return views
    .filter(({ kind }) => kind !== 'contract')
    .map(({ kind, path, matrix }: View) => ({ name: kind === 'document' ? WHOLE : `${kind} ${path}`, matrix }));
}

/** The path that a view looks at; null for whole outputs. */
export function pathOfView(name: string): string | null {
  return name === WHOLE ? null : name.slice(name.indexOf(' ') + 1);
}
