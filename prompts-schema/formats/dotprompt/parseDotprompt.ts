import type { PromptDocument } from '../../document.ts';
import type { Issue } from '../../parse/issue.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import { readBody } from '../bodyTemplate.ts';
import { type FileParts, readFrontMatter, refusalOf } from '../frontMatter.ts';
import { Fields } from '../native/fields.ts';
import { readOwnFields } from '../ownFields.ts';
import { sampleCase } from '../sampleCase.ts';
import { sortedIssues } from '../sortedIssues.ts';
import { checkKeys } from './keys.ts';
import { dotpromptParts } from './parts.ts';
import { DOTPROMPT, roleIssues } from './roles.ts';
import { readInput, readOutput } from './schemas.ts';
import { readConfig, readTools } from './settings.ts';

/** Reads a Dotprompt file: settings in YAML, and a Handlebars template whose helpers say who speaks. */
export function parseDotprompt(text: string): PromptDocument {
  const refusal = refusalOf(text);
  const parts: FileParts = refusal ? { front: undefined, body: { start: 0, end: 0 }, issues: [refusal] } : dotpromptParts(text);
  const front = readFrontMatter(text, parts.front);
  const issues: Issue[] = [...parts.issues, ...front.issues];
  const fields = new Fields(text, front.map, issues);
  const lines = new LineIndex(text);
  checkKeys(front, issues);
  const body = readBody(text, parts.body, 'handlebars', DOTPROMPT, issues);
  issues.push(...roleIssues(body.body?.nodes ?? []));
  const name = fields.lenientText('name');
  const { inputs, defaults, defaultsNode } = readInput(fields);
  const own = readOwnFields(text, front.map, issues);
  return {
    format: 'dotprompt',
    dialect: 'handlebars',
    text,
    lines,
    tree: front.tree,
    name,
    description: fields.lenientText('description'),
    model: fields.lenientText('model'),
    parameters: readConfig(fields),
    inputs,
    ...(defaults ? { defaults } : {}),
    messages: body.messages,
    ...(body.body ? { body: body.body } : {}),
    ...(body.blocks ? { blocks: body.blocks } : {}),
    ...(body.partials ? { partials: body.partials } : {}),
    ...readOutput(fields, name?.value),
    tools: readTools(fields),
    ...own,
    ...sampleCase(defaultsNode, body.variables, own, issues),
    issues: sortedIssues(issues, lines),
  };
}
