import { type BoundedMap, createBoundedMap } from '../boundedMap.ts';
import { hashText } from '../hash.ts';
import { indexLabels, scoreLabels } from '../language/labelScores.ts';
import { createLanguage } from '../language/language.ts';
import { createRandom } from '../random.ts';
import { findLabels } from '../reading/labelList.ts';
import { asksForEachItem, findItems } from '../reading/itemised.ts';
import { splitInput, tellsTask } from '../reading/splitInput.ts';
import { countTokens, truncateToTokens } from '../tokenCount.ts';
import type { Answer, Ask, AskTool } from './ask.ts';
import { chooseLabel } from './chooseLabel.ts';
import { fill } from './fill.ts';
import type { FillContext } from './fillContext.ts';
import { listItems } from './listItems.ts';
import { makePlan, type Plan } from './plan.ts';
import { createReading } from './reading.ts';
import { summarise } from './summarise.ts';

/** An answer and the hash of the data it was computed from. */
export interface Answered {
  readonly answer: Answer;
  readonly inputHash: string;
}

/** Computes answers; keeps nothing but bounded memos of words and of plans by prompt. */
export interface Answerer {
  answer(ask: Ask, draw: string): Answered;
}

/** Characters of data the stand-in reads; the rest is counted as tokens but not looked at. */
const MAX_READ = 100_000;

/** Creates an answerer; every answer is a function of ask and draw alone. */
export function createAnswerer(): Answerer {
  const language = createLanguage();
  const plans: BoundedMap<Plan> = createBoundedMap(200);

  return {
    answer(ask, draw) {
      const { instructions, data, labelled } = takeApart(ask);
      const inputSeed = hashText(data);
      const modelSeed = ask.model.answersAs;
      const form = JSON.stringify([ask.output, ask.tools, ask.toolChoice]);
      const drawSeed = hashText(`${modelSeed} ${draw} ${ask.temperature} ${inputSeed} ${form} ${instructions}`);
      const context: FillContext = {
        reading: createReading(data, language, labelled),
        language,
        traits: ask.model.traits,
        temperature: ask.temperature,
        random: (use) => createRandom(`${drawSeed} ${use}`),
        modelSeed,
        inputSeed,
        margins: new Map(),
        fill,
      };
      const tool = chooseTool(ask, context);
      const output = tool ? { kind: 'schema' as const, schema: tool.schema, strict: true } : ask.output;
      const plan = plans.getOrMake(`${tool?.name ?? ''}\n${form}\n${instructions}`, () => makePlan(instructions, output, language));
      const strict = output.kind === 'schema' && output.strict;
      const text = write(plan, context, strict);
      return { answer: finish(ask, text, tool?.name ?? ''), inputHash: inputSeed };
    },
  };
}

function takeApart(ask: Ask): { readonly instructions: string; readonly data: string; readonly labelled: string } {
  const system = ask.messages.filter((message) => message.role === 'system').map((message) => calm(message.text));
  const last = ask.messages.findLast((message) => message.role === 'user')?.text ?? '';
  const message = calm(last.slice(0, MAX_READ));
  const split = splitInput(message, system.some((text) => text.trim() !== '') && !taskInMessage(ask, system, message));
  const data = split.data.map((piece) => piece.text).join('\n\n');
  const labelled =
    split.data.length > 1 || split.data[0]?.name
      ? split.data.map((piece) => (piece.name ? `${piece.name}: ${piece.text}` : piece.text)).join('\n\n')
      : data;
  return { instructions: [...system, split.instructions].filter((text) => text !== '').join('\n\n'), data, labelled };
}

/** Whether the task stands at the start of the user's message, the system message only saying who answers. */
function taskInMessage(ask: Ask, system: readonly string[], message: string): boolean {
  if (ask.output.kind !== 'text' || ask.tools.length > 0 || system.some(tellsTask)) return false;
  const start = message.slice(0, 600);
  return asksForEachItem(start) || (tellsTask(start) && findLabels(start) !== undefined);
}

/** Long runs of blanks and empty lines shortened: they say nothing, and they are what makes searching slow. */
function calm(text: string): string {
  return text.replace(/[^\S\n]{20,}/g, ' ').replace(/(?:\n[^\S\n]*){3,}/g, '\n\n');
}

/** The tool to call: the named one, the first or best fitting when one is required, a clearly fitting one when it is free to choose. */
function chooseTool(ask: Ask, context: FillContext): AskTool | undefined {
  const { toolChoice, tools } = ask;
  if (toolChoice.kind === 'named') return tools.find((tool) => tool.name === toolChoice.name);
  if (toolChoice.kind === 'none' || tools.length === 0 || ask.messages.at(-1)?.role === 'tool') return undefined;
  const index = indexLabels(tools, context.language);
  const scores = scoreLabels(index, context.reading.words);
  const best = scores.indexOf(Math.max(...scores));
  return toolChoice.kind === 'required' || (scores[best] ?? 0) > CALLS_A_TOOL ? tools[best] : undefined;
}

const CALLS_A_TOOL = 1.5;

function write(plan: Plan, context: FillContext, strict: boolean): string {
  switch (plan.kind) {
    case 'json': {
      const value = fill(plan.slot, context) ?? null;
      return !strict && context.traits.fences ? `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\`` : JSON.stringify(value);
    }
    case 'label':
      return chooseLabel(plan.labels, context, 'label', false).written;
    case 'prose': {
      const items = plan.itemised ? findItems(context.reading.text) : [];
      if (items.length > 1) return listItems(items, plan.limits, plan.bullets, context);
      return summarise(context.reading.text, {
        limits: plan.limits,
        traits: context.traits,
        temperature: context.temperature,
        random: context.random('prose'),
        defaultSentences: Math.min(plan.limits.sentences, 2),
      });
    }
  }
}

function finish(ask: Ask, whole: string, toolName: string): Answer {
  let text = whole;
  let stopSequence: string | null = null;
  for (const stop of toolName ? [] : ask.stop) {
    const at = stop === '' ? -1 : text.indexOf(stop);
    if (at >= 0) {
      text = text.slice(0, at);
      stopSequence = stop;
    }
  }
  const cut = countTokens(text) > ask.maxTokens;
  if (cut) text = truncateToTokens(text, ask.maxTokens);
  const schemas = ask.tools.length > 0 || ask.output.kind === 'schema' ? countTokens(JSON.stringify([ask.tools, ask.output])) : 0;
  const inputTokens = ask.messages.reduce((sum, message) => sum + countTokens(message.text) + TOKENS_A_MESSAGE, schemas);
  return {
    kind: toolName ? 'tool' : 'text',
    text,
    toolName,
    finish: cut ? 'length' : 'stop',
    stopSequence: cut ? null : stopSequence,
    inputTokens,
    outputTokens: countTokens(text),
  };
}

/** Overhead counted for each message's role and separators. */
const TOKENS_A_MESSAGE = 3;
