import type { ComparedCase, Comparison } from '../../../protocol/index.ts';
import { caseFields, sampleText } from './caseFields.ts';

/** Which pair of samples shows a change best: the most frequent new answer, and the approved one that is most frequent at the same place. */
export function tellingSamples(of: ComparedCase, reading: Comparison['reading']): { readonly approved: number; readonly fresh: number } {
  const fields = caseFields(of, reading);
  const path = of.lead && (of.lead.kind === 'value' || of.lead.kind === 'prefix') ? of.lead.path : undefined;
  const keys = (side: 'approved' | 'fresh'): readonly string[] =>
    of[side].map((sample, at) => {
      const field = path === undefined ? undefined : fields[side][at]?.get(path);
      return field ? JSON.stringify(field) : sampleText(sample, reading);
    });
  const old = keys('approved');
  const known = new Set(old);
  const fresh = keys('fresh');
  // An answer that nobody approved tells more than one that was always among the answers.
  const strange = fresh.filter((key) => !known.has(key));
  const wanted = mode(strange.length * 2 >= fresh.length || strange.length > 0 ? strange : fresh);
  return { approved: Math.max(0, old.indexOf(mode(old))), fresh: Math.max(0, fresh.indexOf(wanted)) };
}

function mode(keys: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
