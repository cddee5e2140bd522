import type { Json } from '../../safety/index.ts';
import { failed, type Verdict } from './evaluate.ts';

/** The verdict on a figure from 0 to 1 that has to be at least a threshold. */
export function reaches(
  name: string,
  figure: number,
  threshold: number,
  details: { readonly actual: Json; readonly expected: Json },
): Verdict {
  if (figure >= threshold) return { status: 'passed', figure };
  return failed(`${name} is ${Math.floor(figure * 1000) / 1000}, below ${threshold}.`, { ...details, figure });
}
