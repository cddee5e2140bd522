/**
 * Where the partial of a name may be, seen from the folder of a prompt file and nearest first: `_name.prompt` in that folder or in one
 * above, up to the root. Folders are part of the name: `shared/style` is `shared/_style.prompt`. None for a name that leaves the folder.
 */
export function partialPaths(promptId: string, name: string): readonly string[] {
  const parts = name.split('/');
  if (name.length > LONGEST_NAME || parts.some((part) => !part || part.startsWith('.') || /[\\%:\u0000-\u001f]/.test(part))) return [];
  const file = [...parts.slice(0, -1), `_${parts.at(-1) ?? ''}.prompt`].join('/');
  return partialPlaces(promptId, `./${file}`);
}

/** The same for the file of a partial, as it is named where it lies beside the prompt. */
export function partialPlaces(promptId: string, beside: string): readonly string[] {
  const above = promptId.split('/').length - 1;
  return Array.from({ length: above + 1 }, (_, up) => (up === 0 ? beside : `${'../'.repeat(up)}${beside.slice('./'.length)}`));
}

const LONGEST_NAME = 200;
