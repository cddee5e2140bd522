import {
  CONFIG_FIELD_DOCS,
  type FieldContext,
  fieldAt,
  fieldDocsOf,
  type ParsedConfig,
  type PromptDocument,
  type PromptFacts,
  type Range,
  variableOccurrences,
} from '../../prompts-schema/index.ts';
import { fieldHover } from '../hovers/fieldHover.ts';
import { type KnownModels, modelHover } from '../hovers/modelHover.ts';
import { outputHover } from '../hovers/outputHover.ts';
import { templateHover } from '../hovers/templateHover.ts';
import { variableHover } from '../hovers/variableHover.ts';
import { touches } from '../positions.ts';

/** A hover: Markdown that holds nothing live, and the span it is about. */
export interface HoverText {
  readonly markdown: string;
  readonly range: Range;
}

/** What a hover on a prompt file looks up when it has to be said. */
export interface HoverSources {
  readonly models: () => Promise<KnownModels>;
  /** What is live of the prompt, or of the one of that name in the file, as Markdown; empty without environments. */
  readonly deployed: (name?: string) => Promise<string>;
}

/** What is known of the variable, the model or the field at an offset of a prompt file; on its name, version and model also what is live. */
export async function hover(
  document: PromptDocument,
  facts: PromptFacts,
  offset: number,
  sources: HoverSources,
): Promise<HoverText | undefined> {
  const inTag = document.body && variableOccurrences(document).find(({ range, kind }) => kind === 'read' && touches(range, offset));
  if (inTag) return { markdown: variableHover(document, facts, inTag.name), range: inTag.range };
  const word = templateHover(document, offset);
  if (word) return word;
  const placeholder = document.messages.flatMap(({ placeholders }) => placeholders).find(({ range }) => touches(range, offset));
  if (placeholder) return { markdown: variableHover(document, facts, placeholder.name), range: placeholder.range };
  const field = fieldAt(document, offset);
  if (!field) return undefined;
  const known = await knownOf(document, facts, offset, field, sources.models);
  const name = versionedName(document, field);
  const live = isIdentity(document, field) || name !== undefined ? await sources.deployed(name) : '';
  return live ? { markdown: [known?.markdown, live].filter(Boolean).join('\n\n'), range: known?.range ?? rangeOf(field) } : known;
}

async function knownOf(
  document: PromptDocument,
  facts: PromptFacts,
  offset: number,
  field: FieldContext,
  models: HoverSources['models'],
): Promise<HoverText | undefined> {
  const named = touches(document.model?.range, offset) && field.where === 'value' ? document.model?.value : undefined;
  const model = named ?? modelAt(field);
  if (model !== undefined) return { markdown: modelHover(model, facts.today, await models()), range: field.node.range };
  const variable = variableOccurrences(document).find(({ range }) => touches(range, offset));
  if (variable) return { markdown: variableHover(document, facts, variable.name), range: variable.range };
  const output = outputHover(document, field);
  return output === undefined ? fieldText(field, fieldDocsOf(document.format)) : { markdown: output, range: rangeOf(field) };
}

/** The same for evenkeel.yml. */
export async function configHover(
  config: ParsedConfig,
  today: string,
  offset: number,
  models: HoverSources['models'],
): Promise<HoverText | undefined> {
  const field = fieldAt(config, offset);
  if (!field) return undefined;
  const model = modelAt(field);
  return model === undefined
    ? fieldText(field, CONFIG_FIELD_DOCS)
    : { markdown: modelHover(model, today, await models()), range: field.node.range };
}

/** The model that a value names: `model`, `defaults.model`, or a judge's `modelId`. */
function modelAt({ path, where, node }: FieldContext): string | undefined {
  const key = path.at(-1);
  if (where !== 'value' || node.kind !== 'scalar' || typeof node.value !== 'string' || node.value.trim() === '') return undefined;
  const isModel = (key === 'model' && (path.length === 1 || path[0] === 'defaults')) || (key === 'modelId' && path[0] === 'evaluators');
  return isModel ? node.value : undefined;
}

function fieldText(field: FieldContext, docs: Parameters<typeof fieldHover>[1]): HoverText | undefined {
  const markdown = fieldHover(field, docs);
  return markdown === undefined ? undefined : { markdown, range: rangeOf(field) };
}

function rangeOf({ where, entry, node }: FieldContext): Range {
  return where === 'key' ? entry.keyRange : node.range;
}

/** Whether the field says which prompt this is: its name, its version or its model. */
function isIdentity({ version }: PromptDocument, { path, node }: FieldContext): boolean {
  return (path.length === 1 && IDENTITY.has(String(path[0]))) || (version !== undefined && node.range.start === version.range.start);
}

/** The prompt of a file of several whose version the field says. */
function versionedName({ format }: PromptDocument, { path: [own, versions, name, ...more] }: FieldContext): string | undefined {
  const is = format === 'promptfoo' && own === 'evenkeel' && versions === 'versions' && more.length === 0;
  return is && typeof name === 'string' ? name : undefined;
}

const IDENTITY: ReadonlySet<string> = new Set(['name', 'version', 'model']);
