import { COMPARISON_FORMAT, Comparison } from '../../protocol/index.ts';
import { isJsonObject, ownValue, parseJson, UserError } from '../../safety/index.ts';
import { isRunId } from '../runs/runId.ts';

/** A comparison may be this large: 256 MB. */
export const LARGEST_COMPARISON = 256 * 1024 * 1024;

/**
 * Reads a comparison that somebody has written: the text is not trusted. UserError, placed in the file as `shownPath` names it, where it
 * is none, is damaged, too large, or of a newer program.
 */
export function readComparisonFile(text: string, shownPath: string): Comparison {
  const file = { file: shownPath };
  if (text.length > LARGEST_COMPARISON)
    throw new UserError('usage', `This report is larger than ${LARGEST_COMPARISON / 1024 / 1024} MB and cannot be opened.`, file);
  const read = parseJson(text);
  if (!read.ok) throw new UserError('usage', `This is no report of a drift review: ${read.message}. Export it again.`, file);
  const version = isJsonObject(read.value) ? ownValue(read.value, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > COMPARISON_FORMAT)
    throw new UserError(
      'configuration',
      `This report was written by a newer Evenkeel (format ${version}). Update this one to open it.`,
      file,
    );
  const parsed = Comparison.safeParse(read.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.length ? `${issue.path.map(String).join('.').slice(0, 200)}: ` : '';
    throw new UserError(
      'usage',
      `This is no report of a drift review: ${place}${issue?.message ?? 'another shape'}. Export it again.`,
      file,
    );
  }
  if (!isRunId(parsed.data.id)) throw new UserError('usage', 'This report has no usable id. Export it again.', file);
  return parsed.data;
}
