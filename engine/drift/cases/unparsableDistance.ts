/**
 * Outputs that should be JSON and are not: 1 against one that is, 0 against another that is not (the contract says enough), null when both
 * parse and their fields decide.
 */
export function unparsableDistance(leftParses: boolean, rightParses: boolean): 0 | 1 | null {
  if (leftParses && rightParses) return null;
  return leftParses === rightParses ? 0 : 1;
}
