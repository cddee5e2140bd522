import { type CompletionItem, CompletionItemKind, CompletionItemTag, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import {
  CONFIG_FIELD_DOCS,
  type CompletionContext,
  childDocs,
  completionContextAt,
  FIELD_DOCS,
  type FieldDoc,
  type LineIndex,
  type ParsedConfig,
  type PromptDocument,
  type PromptFacts,
  type Range,
} from '../../prompts-schema/index.ts';
import { keyCompletions } from '../completions/keyCompletions.ts';
import type { Suggestion } from '../completions/suggestion.ts';
import { valueCompletions } from '../completions/valueCompletions.ts';
import { openBracesAt, variableCompletions } from '../completions/variableCompletions.ts';
import { lspRange } from '../positions.ts';

/** What may be written at an offset of a prompt file: a variable between braces, a key, or a value. `snippets`: whether the client knows them. */
export function completions(document: PromptDocument, facts: PromptFacts, offset: number, snippets: boolean): CompletionItem[] {
  const braces = openBracesAt(document.text, offset);
  if (braces) return items(variableCompletions(document, facts, offset, braces), document.lines, braces.range, snippets);
  return fieldCompletions(document, FIELD_DOCS, offset, facts.today, facts.providers, snippets);
}

/** The same for evenkeel.yml. */
export function configCompletions(
  config: ParsedConfig,
  text: string,
  offset: number,
  { today, providers, snippets }: { readonly today: string; readonly providers: readonly string[]; readonly snippets: boolean },
): CompletionItem[] {
  return fieldCompletions({ tree: config.tree, text, lines: config.lines }, CONFIG_FIELD_DOCS, offset, today, providers, snippets);
}

function fieldCompletions(
  document: Pick<PromptDocument, 'tree' | 'text' | 'lines'>,
  docs: ReadonlyMap<string, FieldDoc>,
  offset: number,
  today: string,
  providers: readonly string[],
  snippets: boolean,
): CompletionItem[] {
  const place = completionContextAt(document, offset, docs);
  if (!place) return [];
  const context = inNewItem(place, docs);
  const found = context.kind === 'key' ? keyCompletions(context, docs) : valueCompletions(context, docs, today, providers);
  const before = leadOf(document.text, context);
  return items(
    found.map((suggestion) => ({ ...suggestion, insert: before + suggestion.insert })),
    document.lines,
    context.replaceRange,
    snippets,
  );
}

/** Below a key that holds a list of maps, what is typed is the first key of an item. */
function inNewItem(place: CompletionContext, docs: ReadonlyMap<string, FieldDoc>): CompletionContext {
  const item = [...place.path, 0];
  const isList = place.kind === 'key' && !place.flow && childDocs(place.path, docs).length === 0 && childDocs(item, docs).length > 0;
  return isList ? { ...place, path: item, existingKeys: [], needsDash: true } : place;
}

/** What has to stand before the suggestion: the dash of a new item, the space behind a colon. */
function leadOf(text: string, { kind, needsDash, replaceRange }: CompletionContext): string {
  if (needsDash) return '- ';
  const behind = text.charAt(replaceRange.start - 1);
  return (kind === 'value' && behind === ':') || behind === '-' ? ' ' : '';
}

function items(suggestions: readonly Suggestion[], lines: LineIndex, replace: Range, snippets: boolean): CompletionItem[] {
  const range = lspRange(lines, replace);
  return suggestions.map((suggestion, index) => {
    const asSnippet = suggestion.snippet && snippets;
    const newText = suggestion.snippet && !snippets ? plain(suggestion.insert) : suggestion.insert;
    return {
      label: suggestion.label,
      kind: KINDS[suggestion.kind],
      sortText: String(index).padStart(4, '0'),
      filterText: suggestion.label,
      textEdit: { range, newText },
      insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      ...(suggestion.detail === undefined ? {} : { detail: suggestion.detail }),
      ...(suggestion.documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: suggestion.documentation } }),
      ...(suggestion.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
      ...(suggestion.goesOn ? { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } } : {}),
    };
  });
}

/** A snippet without its stops, for clients that do not know them. */
function plain(snippet: string): string {
  return snippet.replace(/\$\{1\|(?:\\.|[^|\\])*\|\}|\$1/g, '').replace(/\\([\\$}])/g, '$1');
}

const KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  model: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
};
