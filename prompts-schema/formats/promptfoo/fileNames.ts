/** What a text names, where promptfoo takes it for a file. */
export type NamedFile =
  | { readonly kind: 'file'; readonly path: string }
  /** Code that promptfoo would run: a script, with the function in it. */
  | { readonly kind: 'code'; readonly path: string }
  /** A pattern that stands for several files. */
  | { readonly kind: 'pattern'; readonly path: string };

/** The file behind `file://`; undefined for any other text. */
export function namedFile(text: string): NamedFile | undefined {
  return /^file:\/\//i.test(text.trim()) ? kindOf(text.trim().slice('file://'.length)) : undefined;
}

/** The same, and a bare path that ends in one of promptfoo's extensions. */
export function namedOrBareFile(text: string): NamedFile | undefined {
  const bare = text.trim();
  return namedFile(bare) ?? (BARE.test(bare) && !/[\n{]|:\/\//.test(bare) ? kindOf(bare) : undefined);
}

/** The same, and a bare pattern without an extension: `tests/*`. */
export function namedOrBarePattern(text: string): NamedFile | undefined {
  const bare = text.trim();
  return namedOrBareFile(bare) ?? (/^(?=[^\s]*\/)(?=[^\s]*\*)[^\s:{]{1,300}$/.test(bare) ? kindOf(bare) : undefined);
}

/** The last part of a path, without its extension. */
export function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/(?<=.)\.[^.]*$/, '') || name;
}

/** The extension of a path in lower case, without its dot. */
export function extensionOf(path: string): string {
  return /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

const CODE = /\.(?:[cm]?[jt]sx?|py|rb|go|sh|bash|ps1|bat|cmd|exe|lua|pl)(?::[\w.$-]+)?$/i;
const BARE = /^[^\s"'`<>|]{1,300}\.(?:txt|md|j2|jsonl?|ya?ml|csv|tsv|xlsx?|[cm]?[jt]s|py|rb|go|sh|bash|ps1|bat|cmd|exe|pl)(?::[\w.$-]+)?$/i;

/** What a path names by its form. */
export function kindOf(path: string): NamedFile {
  const kind = CODE.test(path) ? 'code' : /[*?]|\{.*,.*\}|\[.*\]/.test(path) ? 'pattern' : 'file';
  return { kind, path };
}
