import type { Placeholder, PromptDocument, PromptMessage, Role, TemplateDialect } from '../document.ts';
import type { Issue } from '../parse/issue.ts';
import { DIALECTS } from '../template/dialects.ts';
import type { TemplateNode } from '../template/nodes.ts';
import { referencesOf, type TemplateReference } from '../template/references.ts';
import type { Range } from '../text/range.ts';

/** How the roles of a format divide a template. */
export interface RoleWords {
  readonly roles: ReadonlyMap<string, Role>;
  /** Who speaks before the first of them. */
  readonly first: Role;
  /** Whether a message without text is one. */
  readonly keepEmpty: boolean;
  /** Who speaks after the history; undefined where it changes nobody. */
  readonly afterHistory: Role | undefined;
}

/** What a document has of a template that is its whole body. */
export type BodyTemplate = Pick<PromptDocument, 'messages' | 'blocks' | 'partials' | 'body'> & {
  readonly variables: readonly TemplateReference[];
};

/**
 * Reads the body of a file. `divide` may cut roles out of its text, before anything is put into it: where a role begins is settled
 * here, and no value can change it.
 */
export function readBody(
  text: string,
  range: Range,
  dialect: TemplateDialect,
  words: RoleWords,
  issues: Issue[],
  divide: (nodes: readonly TemplateNode[]) => readonly TemplateNode[] = (nodes) => nodes,
): BodyTemplate {
  const { parse, names } = DIALECTS[dialect];
  const parsed = parse({ text, ...range });
  issues.push(...parsed.issues);
  const nodes = divide(parsed.nodes);
  const { variables, partials } = referencesOf(nodes, names);
  return {
    messages: messagesOf(text, range, nodes, variables, words),
    blocks: parsed.blocks,
    partials,
    body: { nodes, range },
    variables,
  };
}

/** A place where somebody else begins to speak. */
interface Turn {
  readonly role: Role | undefined;
  readonly roleRange: Range;
  readonly range: Range;
}

/** The messages as the text shows them: what stands between two roles, in the order of the text and whatever block it is in. */
function messagesOf(
  text: string,
  range: Range,
  nodes: readonly TemplateNode[],
  variables: readonly TemplateReference[],
  words: RoleWords,
): readonly PromptMessage[] {
  const start = { start: range.start, end: range.start };
  const turns: readonly Turn[] = [{ role: words.first, roleRange: start, range: start }, ...turnsIn(nodes, words)];
  let place = 0;
  return turns.flatMap((turn, index): readonly PromptMessage[] => {
    const content = trimmed(text, turn.range.end, turns[index + 1]?.range.start ?? range.end);
    const empty = content.start === content.end;
    if (!turn.role || (empty && !(words.keepEmpty && index > 0))) return [];
    const placeholders: Placeholder[] = [];
    while ((variables[place]?.nameRange.start ?? content.end) < content.start) place++;
    for (; place < variables.length; place++) {
      const variable = variables[place];
      if (!variable || variable.nameRange.end > content.end) break;
      placeholders.push(placeholderOf(variable, content.start));
    }
    return [
      {
        role: { value: turn.role, range: turn.roleRange },
        content: { value: text.slice(content.start, content.end), range: content },
        range: { start: Math.min(turn.range.start, content.start), end: content.end },
        placeholders,
      },
    ];
  });
}

function placeholderOf({ name, nameRange, range, use, conditional, uncertain }: TemplateReference, contentStart: number): Placeholder {
  return {
    name,
    range,
    nameRange,
    inContent: { start: range.start - contentStart, end: range.end - contentStart },
    ...(use === 'value' ? {} : { use }),
    ...(conditional ? { conditional } : {}),
    ...(uncertain ? { uncertain } : {}),
  };
}

function turnsIn(nodes: readonly TemplateNode[], words: RoleWords): readonly Turn[] {
  return nodes.flatMap((node): readonly Turn[] => {
    switch (node.kind) {
      case 'role':
        return [{ role: words.roles.get(node.role), roleRange: node.roleRange, range: node.range }];
      case 'marker':
        return node.marker === 'history' && words.afterHistory
          ? [{ role: words.afterHistory, roleRange: node.range, range: node.range }]
          : [];
      case 'branch':
        return [...node.branches.flatMap(({ body }) => turnsIn(body, words)), ...turnsIn(node.otherwise, words)];
      case 'loop':
      case 'with':
      case 'section':
        return [...turnsIn(node.body, words), ...turnsIn(node.otherwise, words)];
      default:
        return [];
    }
  });
}

function trimmed(text: string, start: number, end: number): Range {
  const content = text.slice(start, end);
  const lead = content.length - content.trimStart().length;
  if (lead === content.length) return { start: end, end };
  return { start: start + lead, end: start + content.trimEnd().length };
}
