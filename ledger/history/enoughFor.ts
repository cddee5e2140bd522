import type { HistoryEntry } from '../../protocol/index.ts';
import type { DeployedPoint } from './editsBetween.ts';

/**
 * For updates that ask only where what is deployed stands: true when the entries hold what is wanted of a prompt, by commit, fingerprint
 * or version. What is never found takes the whole history.
 */
export function enoughFor(
  wanted: ReadonlyMap<string, readonly WantedPoint[]>,
): (promptId: string, entries: readonly HistoryEntry[]) => boolean {
  return (promptId, entries) => (wanted.get(promptId) ?? []).every((point) => entries.some((entry) => isAt(point, entry)));
}

/** A point that may be known by the text of its messages alone. */
type WantedPoint = DeployedPoint & { readonly messages?: string | undefined };

function isAt({ fingerprint, commit, version, messages }: WantedPoint, entry: HistoryEntry): boolean {
  if (fingerprint !== undefined) return entry.fingerprint === fingerprint;
  if (messages !== undefined) return entry.parts.messages === messages;
  return commit === undefined ? entry.version === version : entry.commit === commit;
}
