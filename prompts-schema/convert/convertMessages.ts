import { type JsonObject, ownValue } from '../../safety/index.ts';
import type { PromptDocument, Role, TemplateDialect } from '../document.ts';
import { DIALECTS } from '../template/dialects.ts';
import { scanPlaceholders } from '../template/github/scan.ts';
import { withoutBlankEnds } from '../template/messages.ts';
import type { AssignNode, OutputNode, TemplateNode } from '../template/nodes.ts';
import { type Partials, partialReader } from '../template/partials.ts';
import { referencesOf } from '../template/references.ts';
import { valueText } from '../template/values.ts';
import type { ConversionNote } from './converted.ts';
import { type Segment, withEdges } from './edges.ts';
import { type Edge, Holes } from './holes.ts';
import { messageRuns } from './messageRuns.ts';

/** The messages of a prompt with `{{name}}` as their only tag. */
export interface ConvertedMessages {
  readonly messages: readonly { readonly role: Role; readonly content: string }[];
  /** Names that stand in them and that the prompt knew before. */
  readonly kept: ReadonlySet<string>;
  /** Names that only the native form has. */
  readonly added: readonly string[];
  /** Names that the template read in other ways only. */
  readonly gone: ReadonlySet<string>;
  /** The variables of a case in the native form. */
  readonly variablesOf: (variables: JsonObject) => JsonObject;
  readonly notes: readonly ConversionNote[];
}

/**
 * Converts the template; throws NotConvertible where that cannot be done. `blankEnds`: variables at an end of a message may be blank, and then what is
 * before or behind them does not count.
 */
export function convertMessages(document: PromptDocument, partials: Partials | undefined, blankEnds = false): ConvertedMessages {
  const partial = partialReader(document.dialect, partials);
  const read = new Set(document.messages.flatMap(({ placeholders }) => placeholders.map(({ name }) => name)));
  const holes = new Holes(document.dialect, partial, [...read, ...(document.inputs ?? []).map(({ name }) => name)]);
  const kept = new Map<string, Kept>();
  const notes: ConversionNote[] = [];
  const assigned: AssignNode[] = [];
  const segments = (nodes: readonly TemplateNode[]): readonly Segment[] =>
    nodes.flatMap((node): Segment[] => {
      if (node.kind === 'assign') {
        assigned.push(node);
        return [];
      }
      if (node.kind === 'text' && scanPlaceholders(node.text).length === 0) return [{ kind: 'text', node }];
      const name = plainName(node, assigned, document.dialect);
      return [
        name === undefined || node.kind !== 'output'
          ? { kind: 'hole', nodes: [node], assigned: [...assigned], edge: undefined }
          : { kind: 'plain', name, node },
      ];
    });
  const written = (segment: Segment): string => {
    if (segment.kind === 'text') return segment.node.text;
    if (segment.kind === 'plain') {
      const known = kept.get(segment.name);
      // blank ends of a value do not count where it stands at the end of a message, and only there
      kept.set(segment.name, { node: segment.node, edge: known && known.edge !== segment.edge ? undefined : segment.edge });
      return `{{${segment.name}}}`;
    }
    const name = holes.add(segment.nodes, segment.assigned, segment.edge);
    const node = segment.nodes.find(({ kind }) => kind !== 'text') ?? segment.nodes[0];
    if (node) notes.push({ range: document.body ? node.range : undefined, message: holeMessage(node, name) });
    return `{{${name}}}`;
  };
  const messages = messageRuns(document, partial).flatMap(({ role, parts, named }) => {
    const all = parts.flatMap(segments);
    if (document.format !== 'prompty') return [{ role, content: all.map(written).join('') }];
    const content = withoutBlankEnds(withEdges(all, blankEnds).map(written).join(''));
    return content === '' && !named ? [] : [{ role, content }];
  });
  const defaults = document.defaults ?? {};
  const gone = new Set([...read].filter((name) => !kept.has(name)));
  const variablesOf = (variables: JsonObject): JsonObject => {
    const whole = { ...defaults, ...variables };
    const plain = [...kept].map(([name, { node, edge }]) => {
      const value = ownValue(whole, name);
      const text = holes.textOf({ nodes: [node], edge }, whole);
      return [name, value !== undefined && valueText(value) === text ? value : text] as const;
    });
    const others = Object.entries(variables).filter(([name]) => !kept.has(name) && !gone.has(name));
    return Object.fromEntries([...plain, ...holes.all.map((hole) => [hole.name, holes.textOf(hole, whole)] as const), ...others]);
  };
  return {
    messages,
    kept: new Set(kept.keys()),
    added: holes.all.map(({ name }) => name),
    gone,
    variablesOf,
    notes,
  };
}

/** A variable that stands as `{{name}}`, with the edge of a message at which it always stands. */
interface Kept {
  readonly node: OutputNode;
  readonly edge: Edge | undefined;
}

/** The name of a variable that is put in and nothing else. */
function plainName(node: TemplateNode, before: readonly AssignNode[], dialect: TemplateDialect): string | undefined {
  if (node.kind !== 'output') return undefined;
  const { value } = node;
  if (value.kind !== 'path' || value.from !== 'input' || value.up > 0 || value.steps.length || !/^[^{}\s]+$/.test(value.root))
    return undefined;
  if (before.some(({ name }) => name === value.root)) return undefined;
  const { variables } = referencesOf([node], DIALECTS[dialect].names);
  return variables.length === 1 && variables[0]?.name === value.root ? value.root : undefined;
}

function holeMessage(node: TemplateNode, name: string): string {
  const becomes = `is the variable \`{{${name}}}\` now, which takes the text it renders to`;
  switch (node.kind) {
    case 'text':
      return `Braces that are no tag: the text ${becomes}.`;
    case 'partial':
      return `The partial \`${node.name}\` ${becomes}.`;
    case 'output':
      return `A tag that does more than put a variable in ${becomes}.`;
    case 'loop':
      return `The loop ${becomes}; whoever calls the prompt makes it.`;
    default:
      return `The block ${becomes}; whoever calls the prompt makes it.`;
  }
}
