import type { PromptDocument } from '../document.ts';
import { splitPromptId } from '../promptId.ts';
import { parsePrompt, promptFormatOf, severalPrompts } from './index.ts';
import type { IncludedFiles } from './promptfoo/included.ts';

/**
 * The document of a prompt id in the text of its file; that of the whole file where the id has no name and the file holds several
 * prompts. `files` are the texts of files that it names, by their path as written. A name that the file does not have is an issue.
 */
export function parsePromptAt(promptId: string, text: string, files?: IncludedFiles): PromptDocument {
  const { file, name } = splitPromptId(promptId);
  const several = severalPrompts(file, text, files);
  if (!several) return parsePrompt(text, promptFormatOf(file));
  if (name === undefined) return several.whole;
  return several.prompts.find((prompt) => prompt.name === name)?.document() ?? missing(several.whole, name, several.prompts);
}

/** The same prompt with the texts of the files that it names. */
export function includeFiles(promptId: string, document: PromptDocument, files: IncludedFiles): PromptDocument {
  return document.included ? parsePromptAt(promptId, document.text, files) : document;
}

function missing(whole: PromptDocument, name: string, prompts: readonly { readonly name: string }[]): PromptDocument {
  const names = prompts.slice(0, MOST_NAMES).map((prompt) => `\`${prompt.name}\``);
  const known = names.length > 0 ? ` It has ${names.join(', ')}${prompts.length > names.length ? ' …' : ''}.` : '';
  const broken = whole.issues.filter(({ code }) => code.startsWith('schema.syntax') || code.startsWith('schema.too'));
  const issue = {
    code: 'schema.not-a-prompt',
    message: `No prompt of this file is called \`${name}\`.${known}`,
    range: { start: 0, end: 0 },
  } as const;
  return { ...whole, key: name, messages: [], evaluators: [], testData: [], issues: [...broken, issue] };
}

const MOST_NAMES = 8;
