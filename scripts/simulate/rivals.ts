import { caseMatrices } from '../../engine/drift/index.ts';
import { canonicalJson } from '../../prompts-schema/index.ts';
import { parseJson } from '../../safety/index.ts';
import type { Answer } from './caseModel.ts';

/** A common rule that says of one case whether it changed, without asking how much it varies by itself. */
export interface Rival {
  readonly id: string;
  readonly title: string;
  /** New samples a case that it takes. */
  readonly samples: number;
  readonly flags: (approved: readonly Answer[], fresh: readonly Answer[]) => boolean;
}

/** Under this similarity two outputs count as different. */
const LEAST_SIMILARITY = 0.8;

/** Each holds the first new answers against the first approved one; `known` against all approved ones. */
export const RIVALS: readonly Rival[] = [
  { id: 'exact', title: 'exact diff', samples: 1, flags: ([old], [fresh]) => old!.text !== fresh!.text },
  { id: 'canonical', title: 'canonical JSON diff', samples: 1, flags: ([old], [fresh]) => canonical(old!) !== canonical(fresh!) },
  {
    id: 'known',
    title: 'not among the approved',
    samples: 1,
    flags: (approved, [fresh]) => !approved.some((old) => canonical(old) === canonical(fresh!)),
  },
  {
    id: 'similar',
    title: `similarity < ${LEAST_SIMILARITY}`,
    samples: 1,
    flags: ([old], [fresh]) => similarity(old!.text, fresh!.text) < LEAST_SIMILARITY,
  },
  {
    id: 'majority',
    title: '2 of 3 differ',
    samples: 3,
    flags: ([old], fresh) => fresh.slice(0, 3).filter((one) => canonical(one) !== canonical(old!)).length >= 2,
  },
];

/** The product's trigram distance of the whole texts, turned round. */
function similarity(left: string, right: string): number {
  const samples = [left, right].map((text) => ({ text, contract: null }));
  const { fields } = caseMatrices(samples, { format: 'text', rules: new Map([['$', { type: 'text' }]]) });
  return 1 - (fields[0]?.value.values[1] ?? 0);
}

function canonical({ text }: Answer): string {
  const parsed = parseJson(text);
  return parsed.ok ? canonicalJson(parsed.value) : text;
}
