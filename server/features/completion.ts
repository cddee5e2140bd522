import { type CompletionItem, CompletionItemKind, CompletionItemTag, InsertTextFormat, MarkupKind } from 'vscode-languageserver/node';
import {
  CONFIG_FIELD_DOCS,
  type CompletionContext,
  childDocs,
  completionContextAt,
  type FieldDoc,
  fieldDocsOf,
  type LineIndex,
  type ParsedConfig,
  type PromptDocument,
  type PromptFacts,
  type Range,
  settingsRange,
  settingsText,
  templatePlaceAt,
} from '../../prompts-schema/index.ts';
import { keyCompletions } from '../completions/keyCompletions.ts';
import { answerPaths, casePaths } from '../completions/pathCompletions.ts';
import type { Suggestion } from '../completions/suggestion.ts';
import { templateCompletions } from '../completions/templateCompletions.ts';
import { isModelPath, isProviderPath, type ModelChoice, promptfooModels, valueCompletions } from '../completions/valueCompletions.ts';
import { lspRange } from '../positions.ts';

/** What completions are made from beside the document. */
export interface CompletionSources {
  /** Whether the client knows tab stops. */
  readonly snippets: boolean;
  readonly catalog: ModelChoice['catalog'];
  readonly prices: () => Promise<ModelChoice['prices']>;
  /** Names of the partials that a prompt could put in. */
  readonly partials: () => Promise<readonly string[]>;
}

/** What may be written at an offset of a prompt file: what a template's tag takes, a key, or a value. */
export async function completions(
  document: PromptDocument,
  facts: PromptFacts,
  offset: number,
  { snippets, catalog, prices, partials }: CompletionSources,
): Promise<CompletionItem[]> {
  const tag = templatePlaceAt(document, offset);
  if (tag) {
    const names = tag.kind === 'partial' ? await partials() : [];
    return items(templateCompletions(document, facts, tag, names), document.lines, tag.range, snippets);
  }
  const settings = settingsRange(document);
  if (!settings || offset < settings.start || offset > settings.end) return [];
  const text = settingsText(document, settings);
  const docs = fieldDocsOf(document.format);
  const place = completionContextAt({ tree: document.tree, text }, offset, docs);
  if (!place) return [];
  const ofPromptfoo = document.format === 'promptfoo' && isProviderPath(place.path);
  const told = ofPromptfoo || isModelPath(place.path) ? await prices() : undefined;
  const models = { today: facts.today, catalog, providers: facts.providers, prices: told };
  const keys = place.kind === 'key' && place.path.length === 2 ? keyCompletions(place, docs) : [];
  const own = ofPromptfoo
    ? [...promptfooModels(models), ...keys]
    : place.kind === 'value'
      ? ownValues(place.path, document, facts)
      : undefined;
  return fieldItems({ text, lines: document.lines }, docs, place, own, models, snippets);
}

/** The same for evenkeel.yml. */
export async function configCompletions(
  config: ParsedConfig,
  text: string,
  offset: number,
  { snippets, prices, ...models }: Pick<CompletionSources, 'snippets' | 'prices'> & Pick<ModelChoice, 'today' | 'catalog' | 'providers'>,
): Promise<CompletionItem[]> {
  const place = completionContextAt({ tree: config.tree, text }, offset, CONFIG_FIELD_DOCS);
  if (!place) return [];
  const told = isModelPath(place.path) ? await prices() : undefined;
  return fieldItems({ text, lines: config.lines }, CONFIG_FIELD_DOCS, place, undefined, { ...models, prices: told }, snippets);
}

/** Values that come from the prompt itself: places in its answer, and columns of its cases. */
function ownValues(path: readonly (string | number)[], document: PromptDocument, facts: PromptFacts): readonly Suggestion[] | undefined {
  const at = path.map((step) => String(step).replace(/^evenkeel\./, ''));
  const key = at.at(-1);
  const under = (name: string): boolean => at.includes(name);
  if (key === 'case' && under('evaluators')) return casePaths(document, facts);
  if ((key === 'path' && under('evaluators')) || (key === 'confidence' && under('decision')) || at.at(-2) === 'fields')
    return answerPaths(document, facts);
  return undefined;
}

function fieldItems(
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
  docs: ReadonlyMap<string, FieldDoc>,
  place: CompletionContext,
  own: readonly Suggestion[] | undefined,
  models: ModelChoice,
  snippets: boolean,
): CompletionItem[] {
  const context = inNewItem(place, docs);
  const found = own ?? (context.kind === 'key' ? keyCompletions(context, docs) : valueCompletions(context, docs, models));
  const before = leadOf(text, context);
  return items(
    found.map((suggestion) => ({ ...suggestion, insert: before + quoted(suggestion, context, text) })),
    lines,
    context.replaceRange,
    snippets,
  );
}

/** A value in the quotes that are there; new ones around text that YAML would take for something else, such as `$.tags[*]` between braces. */
function quoted({ insert, kind }: Suggestion, context: CompletionContext, text: string): string {
  if (context.kind === 'key') return insert;
  const { start, end } = context.replaceRange;
  const quote = /["']/.exec(text.charAt(start))?.[0];
  if (quote) return quote + insert + (text.charAt(end) === quote ? '' : quote);
  return kind === 'value' && context.flow && /[[\]{},]/.test(insert) ? `"${insert}"` : insert;
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
  return snippet.replace(/\$\{1\|(?:\\.|[^|\\])*\|\}|\$[01]/g, '').replace(/\\([\\$}])/g, '$1');
}

const KINDS: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  model: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  partial: CompletionItemKind.File,
};
