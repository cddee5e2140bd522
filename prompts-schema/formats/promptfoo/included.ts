import { MAX_YAML_LEXEMES } from '../../dataset/readDataset.ts';
import type { IncludedFile } from '../../document.ts';
import type { Reference } from '../../facts.ts';
import type { Issue } from '../../parse/issue.ts';
import { parseJsonTree } from '../../parse/jsonTree.ts';
import type { PositionedNode } from '../../parse/positioned.ts';
import { parseYamlTree } from '../../parse/yamlTree.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import type { Range } from '../../text/range.ts';

/** Files by their path as written, as far as anybody has looked for them. */
export type IncludedFiles = ReadonlyMap<string, Reference<string>>;

/** Files whose text becomes part of a document. The reader only says which it wants; whoever reads files gives their texts, and it reads again. */
export class Included {
  readonly #files: IncludedFiles;
  readonly #wanted: IncludedFile[] = [];

  constructor(files: IncludedFiles) {
    this.#files = files;
  }

  /** Every place that names a file. */
  get wanted(): readonly IncludedFile[] {
    return this.#wanted;
  }

  /** The text of the file that is named at this place; undefined as long as nobody has read it. */
  text(path: string, range: Range, inFingerprint = false): string | undefined {
    if (!this.#wanted.some((one) => one.value === path && one.range.start === range.start))
      this.#wanted.push({ value: path, range, inFingerprint });
    const found = this.#files.get(path);
    return found?.status === 'read' ? found.value : undefined;
  }

  /** The files that a pattern stands for, in order; none as long as nobody has looked. They are wanted as any file that is named there. */
  paths(pattern: string, range: Range): readonly string[] {
    if (!this.#wanted.some((one) => one.value === pattern && one.range.start === range.start))
      this.#wanted.push({ value: pattern, range, inFingerprint: false, pattern: true });
    const found = this.#files.get(pattern);
    return found?.status === 'read' ? found.value.split('\n').filter((path) => path !== '') : [];
  }

  /** The text of a file as a tree, all of whose places are the place that names the file. What is wrong in it is said there, with file and line. */
  tree(path: string, range: Range, issues: Issue[], inFingerprint = false): PositionedNode | undefined {
    const text = this.text(path, range, inFingerprint);
    return text === undefined ? undefined : treeOf(text, path, range, issues);
  }
}

/** A data file as a tree at one place. */
export function treeOf(text: string, path: string, range: Range, issues: Issue[]): PositionedNode | undefined {
  const refuse = (code: Issue['code'], message: string, at: number): undefined => {
    issues.push({ code, message: `${path}:${new LineIndex(text).lineNumber(at)}: ${message}`, range });
    return undefined;
  };
  if (/\.jsonl?$/i.test(path)) {
    const start = text.startsWith('\uFEFF') ? 1 : 0;
    const read = parseJsonTree(text, start);
    return read.ok ? placedAt(read.node, range) : refuse('schema.invalid-json', `not valid JSON: ${read.message}.`, read.at);
  }
  const { tree, issues: found } = parseYamlTree(text, MAX_YAML_LEXEMES);
  const broken = found.find(({ code }) => code !== 'schema.duplicate-key');
  if (broken) return refuse(broken.code, broken.message, broken.range.start);
  return tree && placedAt(tree, range);
}

/** The same values, all of them at one place: they stand in another file. */
export function placedAt(node: PositionedNode, range: Range): PositionedNode {
  switch (node.kind) {
    case 'scalar':
      return { ...node, range };
    case 'list':
      return { kind: 'list', items: node.items.map((item) => placedAt(item, range)), range };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, value }) => ({ key, keyRange: range, value: placedAt(value, range), range })),
        range,
      };
  }
}
