import type { PromptDocument, Role } from '../document.ts';
import { DIALECTS } from '../template/dialects.ts';
import { DOTPROMPT_ROLES, PROMPTY_ROLES } from '../template/messages.ts';
import type { TemplateNode } from '../template/nodes.ts';
import type { Range } from '../text/range.ts';
import { NotConvertible } from './converted.ts';

/** One message of a prompt: who speaks, and the nodes of what is said. */
export interface MessageRun {
  readonly role: Role;
  /** Parts between two boundaries; what a part renders to is left out by Dotprompt when it is blank. */
  readonly parts: readonly (readonly TemplateNode[])[];
  /** Undefined where nobody says who speaks. */
  readonly named: boolean;
}

/** Gives the nodes of a partial; undefined where there is none. */
export type PartialNodes = (name: string) => readonly TemplateNode[] | undefined;

/** The messages that a prompt always has. Throws NotConvertible where values decide who speaks. */
export function messageRuns(document: PromptDocument, partial: PartialNodes): readonly MessageRun[] {
  if (document.body) return bodyRuns(document, inlined(document.body.nodes, partial, []), partial);
  const { parse } = DIALECTS[document.dialect];
  return document.messages.map(({ role, content }) => {
    const nodes = parse({ text: content.value, start: 0, end: content.value.length }).nodes;
    return { role: role.value, parts: [inlined(nodes, partial, [])], named: true };
  });
}

function bodyRuns({ format }: PromptDocument, nodes: readonly TemplateNode[], partial: PartialNodes): readonly MessageRun[] {
  const roles = format === 'prompty' ? PROMPTY_ROLES : DOTPROMPT_ROLES;
  const drafts: { role: string; range: Range | undefined; named: boolean; parts: TemplateNode[][] }[] = [
    { role: format === 'prompty' ? 'system' : 'user', range: undefined, named: false, parts: [] },
  ];
  let part: TemplateNode[] | undefined;
  for (const node of nodes) {
    const last = drafts.at(-1);
    if (!last) continue;
    if (node.kind === 'role') {
      part = undefined;
      if (format === 'dotprompt' && !last.parts.some((one) => !isBlank(one)))
        Object.assign(last, { role: node.role, range: node.roleRange, named: true, parts: [] });
      else drafts.push({ role: node.role, range: node.roleRange, named: true, parts: [] });
    } else if (node.kind === 'marker') {
      part = undefined;
      if (node.marker === 'history') drafts.push({ role: 'model', range: node.range, named: true, parts: [] });
    } else {
      requireNoRole(node, partial, 0);
      if (!part) {
        part = [];
        last.parts.push(part);
      }
      part.push(node);
    }
  }
  return drafts
    .map((draft) => ({ ...draft, parts: format === 'dotprompt' ? draft.parts.filter((one) => !isBlank(one)) : draft.parts }))
    .filter(({ parts, named }) => parts.length > 0 || (format === 'prompty' && named))
    .map(({ role, range, parts, named }) => {
      const known = roles.get(role);
      if (!known) throw new NotConvertible(`A message with the role \`${role}\` cannot be sent.`, range);
      return { role: known, parts, named };
    });
}

/** Text alone, and nothing but white space of it. */
function isBlank(nodes: readonly TemplateNode[]): boolean {
  return nodes.every((node) => node.kind === 'assign' || (node.kind === 'text' && node.text.trim() === ''));
}

/** Partials that take nothing from their place, as part of the template itself. */
function inlined(nodes: readonly TemplateNode[], partial: PartialNodes, open: readonly string[]): readonly TemplateNode[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'partial' || node.context || node.named.length || node.indent || open.includes(node.name) || open.length > MOST_DEEP)
      return [node];
    const inner = partial(node.name);
    return inner ? inlined(inner, partial, [...open, node.name]) : [node];
  });
}

const MOST_DEEP = 8;

function requireNoRole(node: TemplateNode, partial: PartialNodes, depth: number): void {
  if (depth > MOST_DEEP) return;
  const within = (nodes: readonly TemplateNode[]): void => {
    for (const inner of nodes) {
      if (inner.kind === 'role' || (inner.kind === 'marker' && inner.marker === 'history'))
        throw new NotConvertible(
          'Whether somebody speaks here depends on values; in the native form every message is always sent.',
          inner.range,
        );
      requireNoRole(inner, partial, depth + 1);
    }
  };
  if (node.kind === 'branch') for (const { body } of node.branches) within(body);
  if (node.kind === 'partial') within(partial(node.name) ?? []);
  if ('body' in node) within(node.body);
  if ('otherwise' in node) within(node.otherwise);
}
