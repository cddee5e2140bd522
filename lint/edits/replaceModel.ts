import type { Fix } from '../finding.ts';
import type { ModelInUse, RuleContext } from '../rule.ts';

/** The fix that writes another id of the same platform in place of the file's model; its prefix and its quotes stay. */
export function replaceModel(
  context: RuleContext,
  { written, found }: ModelInUse,
  id: string,
  title: string,
  preferred: boolean,
): readonly Fix[] {
  const { normalized } = found;
  if (normalized.fineTuned || !PLAIN_PREFIX.has(normalized.platform ?? '')) return [];
  const prefix = normalized.provider === undefined ? '' : normalized.written.slice(0, normalized.provider.length + 1);
  const raw = context.document.text.slice(written.range.start, written.range.end);
  const at = raw.indexOf(normalized.written);
  if (at < 0) return [];
  const start = written.range.start + at;
  return [
    { title, preferred, byHand: true, edits: [{ range: { start, end: start + normalized.written.length }, newText: `${prefix}${id}` }] },
  ];
}

/** Platforms whose ids stand as they are behind the prefix. */
const PLAIN_PREFIX: ReadonlySet<string> = new Set(['openai', 'anthropic', 'google', 'xai', 'mistral', 'sandbox']);
