import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { MapEntry } from '../../parse/positioned.ts';
import { judgeCheckShape } from '../../schemas/evaluators.ts';
import { Fields, foundWords } from './fields.ts';
import type { ReadKind } from './readKind.ts';

/** `llm: { modelId, prompt, systemPrompt?, choices }`: a language model that judges. */
export function readJudge(fields: Fields, kind: MapEntry): ReadKind | undefined {
  const { value } = kind;
  if (value.kind !== 'map') {
    fields.wrongType(kind, 'a map with `modelId`, `prompt` and `choices`');
    return undefined;
  }
  const place = `${fields.place}.llm`;
  const own = new Fields(fields.file, value, fields.issues, place);
  for (const { key, keyRange } of value.entries) if (!KEYS.includes(key)) fields.issues.push(unknownKeyIssue(key, keyRange, KEYS, [place]));
  for (const key of ['modelId', 'prompt', 'choices'])
    if (!own.entry(key))
      fields.issues.push({ code: 'schema.missing-key', message: `${own.nameOf(key)} is missing.`, range: kind.keyRange, data: { key } });
  const modelId = own.lenientText('modelId');
  const prompt = own.text('prompt');
  const systemPrompt = own.text('systemPrompt');
  const choices = readChoices(own, place);
  if (!modelId || !prompt || !choices.length) return undefined;
  return {
    spec: { kind: 'judge', modelId: modelId.value, prompt: prompt.value, systemPrompt: systemPrompt?.value, choices },
    label: `judged by ${modelId.value}`,
  };
}

const KEYS: readonly string[] = Object.keys(judgeCheckShape);

function readChoices(own: Fields, place: string): readonly { readonly choice: string; readonly score: number }[] {
  const items = own.list('choices') ?? [];
  const entry = own.entry('choices');
  if (entry?.value.kind === 'list' && !items.length)
    own.issues.push({
      code: 'schema.wrong-value',
      message: `${own.nameOf('choices')} is empty: the judge could never pass an answer.`,
      range: entry.keyRange,
    });
  const choices: { readonly choice: string; readonly score: number }[] = [];
  items.forEach((item, index) => {
    const name = `${place}.choices[${index}]`;
    if (item.kind !== 'map') {
      own.issues.push({
        code: 'schema.wrong-type',
        message: `\`${name}\` is a map with \`choice\` and \`score\`${foundWords(item)}.`,
        range: own.visible(item.range, entry),
      });
      return;
    }
    const fields = new Fields(own.file, item, own.issues, name);
    const choice = fields.lenientText('choice');
    const scoreEntry = fields.entry('score');
    const score = scoreEntry?.value.kind === 'scalar' ? scoreEntry.value.value : undefined;
    if (!fields.entry('choice') || !scoreEntry)
      own.issues.push({
        code: 'schema.missing-key',
        message: `\`${name}\` needs \`choice\` and \`score\`.`,
        range: item.entries[0]?.keyRange ?? item.range,
      });
    else if (typeof score !== 'number') fields.wrongType(scoreEntry, 'a number');
    else if (choice) choices.push({ choice: choice.value, score });
  });
  return choices;
}
