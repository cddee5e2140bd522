import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { allBoundNames, CASE_NAMES, type TemplateDialect, variableOccurrences } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import type { OpenPrompt } from '../documents/promptCache.ts';
import { lspRange } from '../positions.ts';
import type { VariableUses } from '../variables/variableUses.ts';

/** Rows of a dataset whose keys are renamed in the editor; more are a matter for a script. */
export const MOST_RENAMED = 20_000;

/** Says why a variable cannot be renamed at all. Throws a UserError. */
export function requireRenamable({ files, prompts, tooMany }: VariableUses, name: string): void {
  const large = files.find(({ cut }) => cut);
  if (large)
    throw new UserError(
      'usage',
      `${large.path} has more than ${MOST_RENAMED.toLocaleString('en-US')} cases. Rename the column there with a script, then the variable in the prompt.`,
    );
  if (tooMany)
    throw new UserError('usage', `\`${name}\` is shared by more than 200 prompts through their datasets and partials. Rename it in each.`);
  const doubtful = files.find(({ occurrences }) => occurrences.some(({ uncertain }) => uncertain));
  if (doubtful)
    throw new UserError(
      'usage',
      `In ${doubtful.path} \`${name}\` may as well be a property of an item, or stand in code. Rename it by hand, so that the right one changes.`,
    );
  const spread = prompts.find(({ document }) => document.included?.length);
  if (spread)
    throw new UserError(
      'usage',
      `${spread.facts.promptId} takes texts or cases from other files (${spread.document.included?.[0]?.value}), which would keep the old name. Rename it by hand in all of them.`,
    );
  for (const { document, facts } of prompts)
    if (document.dataset && facts.dataset?.status !== 'read')
      throw new UserError(
        'usage',
        `The dataset ${document.dataset.value} cannot be read, so that its column would keep the old name. Correct \`dataset\` first.`,
      );
}

/** The edit that gives a variable another name everywhere. Throws a UserError where the name cannot be one, or is taken. */
export function rename(uses: VariableUses, name: string, newName: string): WorkspaceEdit {
  requireName(uses, newName);
  requireRenamable(uses, name);
  return {
    documentChanges: uses.files.map(({ uri, version, lines, occurrences }) => ({
      textDocument: { uri, version },
      edits: occurrences.map(({ range }) => ({ range: lspRange(lines, range), newText: newName })),
    })),
  };
}

function requireName({ prompts }: VariableUses, newName: string): void {
  if (CASE_NAMES.has(newName))
    throw new UserError('usage', `\`${newName}\` is a column of its own in every case and cannot be a variable.`);
  if (YAML_WORDS.test(newName)) throw new UserError('usage', `\`${newName}\` is a word of YAML. Choose another name.`);
  for (const prompt of prompts) {
    const { pattern, what } = NAMES[prompt.document.dialect];
    if (!pattern.test(newName)) throw new UserError('usage', `\`${newName}\` is no name of a variable here: ${what}.`);
    if (RESERVED[prompt.document.dialect].has(newName))
      throw new UserError('usage', `\`${newName}\` is a word of the template language. Choose another name.`);
    const taken = takenBy(prompt, newName);
    if (taken) throw new UserError('usage', `\`${newName}\` is taken: ${taken}. Choose another name.`);
  }
}

function takenBy({ document, facts }: OpenPrompt, name: string): string | undefined {
  if (variableOccurrences(document).some((occurrence) => occurrence.name === name)) return `${facts.promptId} has a variable of that name`;
  if (caseRows(document, facts).some(({ variables }) => Object.hasOwn(variables, name)))
    return `the cases of ${facts.promptId} have such a column`;
  return document.body && allBoundNames(document.body.nodes).has(name) ? `a loop or assignment in ${facts.promptId} uses it` : undefined;
}

const YAML_WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const PLAIN = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

const NAMES: { readonly [dialect in TemplateDialect]: { readonly pattern: RegExp; readonly what: string } } = {
  github: { pattern: /^[\p{L}_][\p{L}\p{N}_.-]*$/u, what: 'it begins with a letter and holds letters, digits, `_`, `-` and `.`' },
  handlebars: { pattern: PLAIN, what: 'it begins with a letter and holds letters, digits, `_` and `-`' },
  mustache: { pattern: PLAIN, what: 'it begins with a letter and holds letters, digits, `_` and `-`' },
  jinja: { pattern: IDENTIFIER, what: 'it begins with a letter and holds letters, digits and `_`' },
  nunjucks: { pattern: IDENTIFIER, what: 'it begins with a letter and holds letters, digits and `_`' },
};

const JINJA_WORDS = new Set('and as block else elif endfor endif for if import in include is loop not or recursive set'.split(' '));

const RESERVED: { readonly [dialect in TemplateDialect]: ReadonlySet<string> } = {
  github: new Set(),
  handlebars: new Set(
    'as each else history if ifEquals json log lookup media role section this undefined unless unlessEquals with'.split(' '),
  ),
  mustache: new Set(),
  jinja: JINJA_WORDS,
  nunjucks: JINJA_WORDS,
};
