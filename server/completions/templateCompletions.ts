import {
  boundNamesAt,
  fieldAt,
  type PromptDocument,
  type PromptFacts,
  type TemplatePlace,
  type TemplateWordKind,
  templateWords,
  valueText,
} from '../../prompts-schema/index.ts';
import { fenceMarkdown } from '../../safety/index.ts';
import { caseRows } from '../documents/caseRows.ts';
import type { Suggestion } from './suggestion.ts';

/** What may be written in a tag of a template: variables, names of loops around it, words of the language, partials. `partials` are their names. */
export function templateCompletions(
  document: PromptDocument,
  facts: PromptFacts,
  place: TemplatePlace,
  partials: readonly string[],
): readonly Suggestion[] {
  const { dialect } = document;
  switch (place.kind) {
    case 'variable': {
      const bound = boundNames(document, place);
      const names = variableNames(document, facts, place);
      return [...bound, ...names, ...(place.first ? words(document, 'helper', place) : [])];
    }
    case 'partial':
      return partials.map((name) => ({ label: name, kind: 'partial', insert: name + place.closing, snippet: false }));
    case 'block':
      return templateWords(dialect, 'block').map(({ name, doc }) => ({
        label: name,
        kind: 'function',
        insert: place.closing ? `${name} $1}}$0{{/${name}\\}\\}` : name,
        snippet: place.closing !== '',
        documentation: doc,
      }));
    default:
      return words(document, place.kind, place);
  }
}

function words({ dialect }: PromptDocument, kind: TemplateWordKind, { closing, kind: at }: TemplatePlace): readonly Suggestion[] {
  return templateWords(dialect, kind).map(({ name, doc }) => ({
    label: name,
    kind: kind === 'tag' || kind === 'role' ? 'value' : 'function',
    insert: at === 'role' ? name + closing : name,
    snippet: false,
    ...(doc ? { documentation: doc } : {}),
  }));
}

/** Names that loops, `with` and assignments around the place give. */
function boundNames({ body, dialect }: PromptDocument, { range, closing }: TemplatePlace): readonly Suggestion[] {
  if (!body) return [];
  const bound = boundNamesAt(body.nodes, range.start);
  const own = bound.map(({ name, kind }) => ({
    name,
    detail: kind === 'loop' ? 'item of the loop' : kind === 'with' ? 'the value at hand' : 'set above',
  }));
  const inLoop =
    bound.some(({ kind }) => kind === 'loop') && dialect !== 'handlebars' ? [{ name: 'loop', detail: 'the loop itself: loop.index' }] : [];
  return [...new Map([...own, ...inLoop].map((one) => [one.name, one])).values()].map(({ name, detail }) => ({
    label: name,
    kind: 'variable',
    insert: name + closing,
    snippet: false,
    detail,
  }));
}

/** The variables that a message, or the operand of an evaluator, may name. */
function variableNames(document: PromptDocument, facts: PromptFacts, { range, closing }: TemplatePlace): readonly Suggestion[] {
  const inEvaluator = fieldAt(document, range.start)?.path.includes('evaluators') ?? false;
  const rows = caseRows(document, facts).slice(0, ROWS_LOOKED_AT);
  const columns = facts.dataset?.status === 'read' ? facts.dataset.value.columns.map(({ name }) => name) : [];
  const inline = (document.testData ?? []).slice(0, ROWS_LOOKED_AT).flatMap(({ variables }) => Object.keys(variables));
  const inputs = document.inputs ?? [];
  const defaults = Object.keys(document.defaults ?? {});
  const names = [
    ...new Set([...inputs.map(({ name }) => name), ...columns, ...inline, ...defaults, ...(inEvaluator ? ['expected', 'id'] : [])]),
  ];
  return names
    .filter((name) => !/[\s{}]/.test(name))
    .map((name) => {
      const sample = rows.find(({ variables }) => Object.hasOwn(variables, name))?.variables[name];
      const type = inputs.find((input) => input.name === name)?.type;
      return {
        label: name,
        kind: 'variable',
        insert: name + closing,
        snippet: false,
        ...(type === undefined ? {} : { detail: type }),
        ...(sample === undefined ? {} : { documentation: fenceMarkdown(valueText(sample).slice(0, SAMPLE_LENGTH), 'text') }),
      };
    });
}

const ROWS_LOOKED_AT = 20;
const SAMPLE_LENGTH = 120;
