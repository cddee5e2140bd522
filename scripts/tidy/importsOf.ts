import { lineAt, type MaskedSource } from './maskSource.ts';

/** One import of a file, whichever way it is written. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `import type` or `export type … from`, or `typeof import()`: nothing is loaded. Inline `{ type A }` still loads the file. */
  readonly typeOnly: boolean;
}

/** The forms, over masked source; each ends at the quote before the specifier. */
const FORMS = [
  /(?<![.\w$])import\s+(?<type>type\s+)?[\w$\s{},*]+?\bfrom\s*['"]/g,
  /(?<![.\w$])import\s*['"]/g,
  /(?<![.\w$])export\s+(?<type>type\s+)?(\{[\w$\s,]*\}|\*(\s*as\s+[\w$]+)?)\s*from\s*['"]/g,
  /(?<![.\w$])(?<type>typeof\s+)?import\s*\(\s*['"`]/g,
  /(?<![.\w$])require\s*\(\s*['"`]/g,
];

/** All imports of a file in the order of its lines: static, type, for side effects, re-exports, dynamic with a constant name, require. */
export function importsOf(text: string, { masked, literals }: MaskedSource): readonly Import[] {
  const names = new Map(literals.map(({ start, value }) => [start, value]));
  const found = new Map<number, Import>();
  for (const form of FORMS) {
    for (const match of masked.matchAll(form)) {
      const at = match.index + match[0].length;
      const specifier = names.get(at);
      if (specifier === undefined || found.has(at)) continue;
      found.set(at, { specifier, line: lineAt(text, at), typeOnly: match.groups?.type !== undefined });
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, each]) => each);
}
