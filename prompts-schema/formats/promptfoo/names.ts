/** Gives the prompts of one file their names, each once. They are part of prompt ids, of paths and of the lock file. */
export class PromptNames {
  readonly #taken = new Set<string>();

  /** The name that people know, in the form of one; `prompt-1` and so on where there is none. */
  give(wanted: string | undefined): string {
    const plain = wanted === undefined ? '' : plainName(wanted);
    const base = plain || `prompt-${this.#taken.size + 1}`;
    let name = base;
    for (let copy = 2; this.#taken.has(name); copy++) name = `${base}-${copy}`;
    this.#taken.add(name);
    return name;
  }
}

const LONGEST_NAME = 80;

/** One line without what has a meaning in ids and paths; a dot before the extension of prompt files is none. */
function plainName(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').replace(/[\\/#]/g, '-');
  return line
    .trim()
    .slice(0, LONGEST_NAME)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/\.(?=(?:prompt(?:\.ya?ml)?|prompty|lock)$)/i, '-')
    .trim();
}
