import type { PriceTable } from '../../catalog/index.ts';
import {
  CONFIG_FIELD_DOCS,
  FIELD_DOCS,
  type FieldContext,
  fieldAt,
  type ParsedConfig,
  type PromptDocument,
  type PromptFacts,
  type Range,
} from '../../prompts-schema/index.ts';
import { fieldHover } from '../hovers/fieldHover.ts';
import { modelHover } from '../hovers/modelHover.ts';
import { variableHover } from '../hovers/variableHover.ts';
import { touches } from '../positions.ts';

/** A hover: Markdown that holds nothing live, and the span it is about. */
export interface HoverText {
  readonly markdown: string;
  readonly range: Range;
}

/** What is known of the variable, the model or the field at an offset of a prompt file. Prices come when `prices` is asked for. */
export async function hover(
  document: PromptDocument,
  facts: PromptFacts,
  offset: number,
  prices: () => Promise<PriceTable | undefined>,
): Promise<HoverText | undefined> {
  const placeholder = document.messages.flatMap(({ placeholders }) => placeholders).find(({ range }) => touches(range, offset));
  if (placeholder) return { markdown: variableHover(document, facts, placeholder.name), range: placeholder.range };
  const field = fieldAt(document, offset);
  if (!field) return undefined;
  const model = modelAt(field);
  if (model !== undefined) return { markdown: modelHover(model, facts.today, await prices()), range: field.node.range };
  const input = document.inputs?.find(({ nameRange }) => touches(nameRange, offset));
  if (input) return { markdown: variableHover(document, facts, input.name), range: input.nameRange };
  return fieldText(field, FIELD_DOCS);
}

/** The same for evenkeel.yml. */
export async function configHover(
  config: ParsedConfig,
  today: string,
  offset: number,
  prices: () => Promise<PriceTable | undefined>,
): Promise<HoverText | undefined> {
  const field = fieldAt(config, offset);
  if (!field) return undefined;
  const model = modelAt(field);
  return model === undefined
    ? fieldText(field, CONFIG_FIELD_DOCS)
    : { markdown: modelHover(model, today, await prices()), range: field.node.range };
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
  return markdown === undefined ? undefined : { markdown, range: field.where === 'key' ? field.entry.keyRange : field.node.range };
}
