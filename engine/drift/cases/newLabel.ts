import type { CaseMatrices } from './caseMatrices.ts';

/**
 * Whether a new sample gives, at a path of labels, one that no approved sample gave: a sign that few samples are enough for, where a shift
 * among known labels needs many. Lists do not count, nor paths where the approved samples themselves hardly repeat a label.
 */
export function hasNewLabel({ fields }: CaseMatrices, approved: number): boolean {
  return fields.some(({ path, type, value: { size, values } }) => {
    if (type !== 'enum' || path.includes('[]')) return false;
    const equal = (i: number, j: number): boolean => values[i * size + j] === 0;
    const isFirst = (i: number): boolean => !before(i).some((j) => equal(i, j));
    const known = before(approved);
    if (known.filter(isFirst).length * 2 > approved) return false;
    return before(size)
      .slice(approved)
      .some((fresh) => !known.some((old) => equal(fresh, old)));
  });
}

/** The samples in front of one. */
function before(sample: number): readonly number[] {
  return Array.from({ length: sample }, (_, at) => at);
}
