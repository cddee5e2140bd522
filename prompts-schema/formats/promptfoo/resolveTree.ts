import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';

/**
 * The tree with `$ref: '#/…'` replaced by what it names and `<<` by the keys that it merges. Only references within the file are
 * followed; one that leads to itself, or that together with others would make the tree very large, is an issue and becomes nothing.
 */
export function resolveTree(root: PositionedNode, text: string, issues: Issue[]): PositionedNode {
  return text.includes('$ref') || text.includes('<<') ? new Resolver(root, issues).resolve(root, 0) : root;
}

/** The first step of every `$ref` of a text: keys at the top that are there to be named. */
export function referencedKeys(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$ref["']?\s*:\s*["']?#\/([^/"'\s]+)/g)].map(([, key]) => decode(key ?? '')));
}

/** Values that references may add to a tree. */
const MOST_ADDED = 10_000;

/** A file is at most half as deep; references within what is referred to make it deeper. */
const DEEPEST = 200;

interface Resolved {
  readonly node: PositionedNode;
  readonly size: number;
  readonly height: number;
}

class Resolver {
  readonly #root: PositionedNode;
  readonly #issues: Issue[];
  readonly #open = new Set<PositionedNode>();
  readonly #done = new Map<PositionedNode, Resolved>();
  #size = 0;
  #added = 0;
  #deepest = 0;
  #refused = false;

  constructor(root: PositionedNode, issues: Issue[]) {
    this.#root = root;
    this.#issues = issues;
  }

  resolve(node: PositionedNode, depth: number): PositionedNode {
    this.#size++;
    this.#deepest = Math.max(this.#deepest, depth);
    if (node.kind === 'scalar') return node;
    if (node.kind === 'list') return { ...node, items: node.items.map((item) => this.resolve(item, depth + 1)) };
    const target = referenceOf(node);
    if (target !== undefined) return this.#follow(node, target, depth);
    const entries = node.entries.flatMap((entry): readonly MapEntry[] => {
      if (entry.key !== '<<') return [{ ...entry, value: this.resolve(entry.value, depth + 1) }];
      return this.#merged(node, entry.value, depth);
    });
    return { ...node, entries };
  }

  #merged(into: MapNode, value: PositionedNode, depth: number): readonly MapEntry[] {
    const sources = (value.kind === 'list' ? value.items : [value]).map((source) => this.resolve(source, depth + 1));
    const taken = new Set(into.entries.map(({ key }) => key));
    return sources.flatMap((source) =>
      source.kind === 'map' ? source.entries.filter(({ key }) => !taken.has(key) && taken.add(key)) : [],
    );
  }

  #follow(node: MapNode, pointer: string, depth: number): PositionedNode {
    const target = nodeAt(this.#root, pointer);
    if (!target) return node; // a reference within a JSON Schema counts from that schema
    const known = this.#done.get(target);
    if (known) return this.#fits(node, known, depth) ? known.node : nothing(node);
    if (this.#open.has(target)) {
      this.#say(node, `\`${pointer}\` refers to itself. Write the value out.`);
      return nothing(node);
    }
    if (depth > DEEPEST) return this.#refuse(node);
    this.#open.add(target);
    const before = { size: this.#size, deepest: this.#deepest };
    this.#deepest = depth;
    const resolved = this.resolve(target, depth);
    this.#done.set(target, { node: resolved, size: this.#size - before.size, height: this.#deepest - depth });
    this.#deepest = Math.max(this.#deepest, before.deepest);
    this.#open.delete(target);
    return resolved;
  }

  #fits(node: MapNode, { size, height }: Resolved, depth: number): boolean {
    this.#added += size;
    this.#size += size;
    this.#deepest = Math.max(this.#deepest, depth + height);
    if (this.#added <= MOST_ADDED && depth + height <= DEEPEST) return true;
    this.#refuse(node);
    return false;
  }

  #refuse(node: MapNode): PositionedNode {
    if (!this.#refused)
      this.#say(
        node,
        `From here on \`$ref\` stands for more than ${MOST_ADDED} values, or nests too deep, and is not read. Write the values out.`,
      );
    this.#refused = true;
    return nothing(node);
  }

  #say({ range }: MapNode, message: string): void {
    this.#issues.push({ code: 'schema.wrong-value', message, range });
  }
}

function nothing({ range }: MapNode): PositionedNode {
  return { kind: 'scalar', value: null, range, style: 'plain' };
}

function referenceOf(node: MapNode): string | undefined {
  const value = node.entries.length === 1 ? entryOf(node, '$ref')?.value : undefined;
  return value?.kind === 'scalar' && typeof value.value === 'string' && value.value.startsWith('#/') ? value.value : undefined;
}

/** A JSON pointer behind `#`. */
function nodeAt(root: PositionedNode, pointer: string): PositionedNode | undefined {
  let node: PositionedNode | undefined = root;
  for (const step of pointer.slice(2).split('/').map(decode)) {
    if (node?.kind === 'map') node = entryOf(node, step)?.value;
    else if (node?.kind === 'list') node = /^\d{1,6}$/.test(step) ? node.items[Number(step)] : undefined;
    else return undefined;
  }
  return node;
}

function decode(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
