import type { Issue } from '../../parse/issue.ts';
import { DOTPROMPT_ROLES } from '../../template/messages.ts';
import type { TemplateNode } from '../../template/nodes.ts';
import { nearest } from '../../text/nearest.ts';
import type { RoleWords } from '../bodyTemplate.ts';

/** How `{{role}}` and `{{history}}` divide a Dotprompt template. */
export const DOTPROMPT: RoleWords = { roles: DOTPROMPT_ROLES, first: 'user', keepEmpty: false, afterHistory: 'assistant' };

const WORDS: readonly string[] = ['system', 'user', 'model'];

/** Roles that cannot be sent, or are spelled as other formats spell them. */
export function roleIssues(nodes: readonly TemplateNode[]): readonly Issue[] {
  return nodes.flatMap((node): readonly Issue[] => {
    switch (node.kind) {
      case 'role':
        return roleIssue(node.role, node.roleRange);
      case 'branch':
        return [...node.branches.flatMap(({ body }) => roleIssues(body)), ...roleIssues(node.otherwise)];
      case 'loop':
      case 'with':
      case 'section':
        return [...roleIssues(node.body), ...roleIssues(node.otherwise)];
      default:
        return [];
    }
  });
}

function roleIssue(role: string, range: Issue['range']): readonly Issue[] {
  if (WORDS.includes(role)) return [];
  if (role === 'tool')
    return [
      {
        code: 'schema.unsupported-value',
        message: 'Results of tools are not sent here: only system, user and model speak in a prompt that is run.',
        range,
        data: { role },
      },
    ];
  const near = role.toLowerCase() === 'assistant' ? 'model' : nearest(role, WORDS);
  return [
    {
      code: 'schema.wrong-value',
      message: `A role is one of ${WORDS.join(', ')}, not "${role}".`,
      range,
      data: { role, allowed: WORDS, ...(near ? { nearest: near } : {}) },
    },
  ];
}
