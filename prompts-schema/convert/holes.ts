import type { JsonObject } from '../../safety/index.ts';
import type { TemplateDialect } from '../document.ts';
import { DIALECTS } from '../template/dialects.ts';
import { interpret, type RenderOptions } from '../template/interpret.ts';
import { Meter } from '../template/meter.ts';
import type { AssignNode, Expression, TemplateNode } from '../template/nodes.ts';
import { referencesOf } from '../template/references.ts';
import { NotConvertible } from './converted.ts';

/** A place of a template that is no plain variable: in the native form a variable of its own, whose value is the text it renders to. */
export interface Hole {
  readonly name: string;
  /** What is rendered; the assignments before it count. */
  readonly nodes: readonly TemplateNode[];
  /** At which end of a message it stands, where blank lines do not count. */
  readonly edge: Edge | undefined;
}

export type Edge = 'start' | 'end' | 'both';

/** Gives holes their names, and their values for a case. */
export class Holes {
  readonly #dialect: TemplateDialect;
  readonly #partial: RenderOptions['partial'];
  readonly #taken: Set<string>;
  readonly #holes: Hole[] = [];

  /** `taken`: names of the prompt's own variables. */
  constructor(dialect: TemplateDialect, partial: RenderOptions['partial'], taken: Iterable<string>) {
    this.#dialect = dialect;
    this.#partial = partial;
    this.#taken = new Set(taken);
  }

  get all(): readonly Hole[] {
    return this.#holes;
  }

  /** The name of a hole for nodes that follow each other. The same text twice is one hole. */
  add(nodes: readonly TemplateNode[], assigned: readonly AssignNode[], edge?: Edge): string {
    const all = [...assigned, ...nodes];
    const known = this.#holes.find((hole) => hole.edge === edge && alike(hole.nodes, all));
    if (known) return known.name;
    const node = nodes.find(({ kind }) => kind !== 'text') ?? nodes[0];
    const name = this.#free(node ? this.#nameFor(node) : 'text');
    this.#holes.push({ name, nodes: all, edge });
    return name;
  }

  /** What a hole is in a case. Throws NotConvertible where it cannot be rendered. */
  textOf({ nodes, edge }: Pick<Hole, 'nodes' | 'edge'>, variables: JsonObject): string {
    const options = { meter: new Meter(), ...(this.#partial ? { partial: this.#partial } : {}) };
    const read = interpret(nodes, variables, DIALECTS[this.#dialect].semantics, options);
    if (!read.ok) throw new NotConvertible(read.message, read.range);
    return trimmed(read.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''), edge);
  }

  #nameFor(node: TemplateNode): string {
    if (node.kind === 'text') return 'braces';
    if (node.kind === 'partial') return wordOf(node.name);
    if (node.kind === 'output') return pathName(node.value) ?? `${this.#firstVariable(node)}_text`;
    return `${this.#firstVariable(node)}_${ENDINGS[node.kind] ?? 'text'}`;
  }

  #firstVariable(node: TemplateNode): string {
    const { variables } = referencesOf([node], DIALECTS[this.#dialect].names);
    return wordOf(variables[0]?.name ?? 'text');
  }

  #free(wanted: string): string {
    let name = wanted;
    for (let copy = 2; this.#taken.has(name); copy++) name = `${wanted}_${copy}`;
    this.#taken.add(name);
    return name;
  }
}

/** A text without the blank lines at an edge; what is blank as a whole leaves nothing but an indentation before what follows. */
export function trimmed(text: string, edge: Edge | undefined): string {
  const cut = edge === 'end' || edge === 'both' ? text.trimEnd() : text;
  if (edge !== 'start' && edge !== 'both') return cut;
  const lead = cut.length - cut.trimStart().length;
  return cut.slice(cut.lastIndexOf('\n', lead - 1) + 1);
}

const ENDINGS: Readonly<Partial<Record<TemplateNode['kind'], string>>> = { branch: 'if', loop: 'list', with: 'part', section: 'part' };

/** `user_name` for `user.name`, where only names lead there. */
function pathName(value: Expression): string | undefined {
  if (value.kind !== 'path' || value.from !== 'input' || value.up > 0 || value.root === '') return undefined;
  const names = value.steps.map((step) => (step.kind === 'name' ? step.name : undefined));
  return names.every((name) => name !== undefined) ? [value.root, ...names].map(wordOf).join('_') : undefined;
}

/** A name that may stand between two braces. */
function wordOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}_]+/gu, '_').replace(/^_+|_+$/g, '') || 'text';
}

function alike(a: readonly TemplateNode[], b: readonly TemplateNode[]): boolean {
  return a.length === b.length && a.every((node, at) => withoutRanges(node) === withoutRanges(b[at]));
}

function withoutRanges(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => (key === 'range' || key.endsWith('Range') || key === 'tag' ? undefined : each));
}
