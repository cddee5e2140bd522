import { describe, expect, it } from 'vitest';
import { changesOf } from '../../../engine/compare/changes/changesOf.ts';
import type { PromptSource, SourceCase } from '../../../engine/compare/changes/promptSource.ts';
import { changesView } from '../../../engine/compare/view/changesView.ts';
import { parsePrompt } from '../../../prompts-schema/index.ts';
import type { Comparison } from '../../../protocol/index.ts';

const PROMPT = `name: Triage
model: anthropic/claude-haiku-4-5
modelParameters: { temperature: 0, maxTokens: 200 }
messages:
  - role: user
    content: "Answer in one sentence. {{ticket}}"
jsonSchema: { file: ./triage.schema.json }
evaluators:
  - { name: short, maxLength: 100 }
  - { name: known, oneOf: { file: ./teams.json } }
`;
const FILES = { './triage.schema.json': '{ "type": "object" }\n', './teams.json': '["billing"]\n' };

interface Given {
  readonly text?: string;
  readonly path?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly cases?: Readonly<Record<string, readonly [inputs: string, expected?: string | undefined, input?: string]>>;
  readonly live?: boolean;
}

const source = ({ text = PROMPT, path = 'prompts/triage.prompt.yml', files = FILES, cases, live = false }: Given = {}): PromptSource => ({
  prompt: { path, document: parsePrompt(text, 'native'), files },
  cases: new Map(
    Object.entries(cases ?? {}).map(([id, [inputs, expected, input]]): [string, SourceCase] => [id, { inputs, expected, input }]),
  ),
  live,
});
const same = { from: 'anthropic/claude-haiku-4-5', to: 'anthropic/claude-haiku-4-5' };
const attribution: Comparison['attribution'] = { differs: [], same: [], unknown: [] };

const told = (old: PromptSource, fresh: PromptSource, models = same, more = attribution): readonly string[] => {
  const view = changesView({ changes: changesOf(old, fresh, models), attribution: more });
  if (!view) throw new Error('no view');
  return [
    view.summary,
    ...view.facts.flatMap(({ what, lines }) => lines.map((line) => `${what}: ${line}`)),
    ...view.files.map(({ title }) => title),
    ...view.notes,
  ];
};

describe('what changed between two sides', () => {
  it.each<readonly [what: string, old: Given, fresh: Given, lines: readonly string[]]>([
    ['nothing', {}, {}, ['nothing that is known']],
    [
      'the text of the prompt',
      {},
      { text: PROMPT.replace('one sentence', 'two sentences') },
      ['text +1 −1 lines', 'prompts/triage.prompt.yml +1 −1 lines'],
    ],
    [
      'a file that it names, by where it is',
      {},
      { files: { ...FILES, './triage.schema.json': '{ "type": "string" }\n' } },
      ['text +1 −1 lines', 'prompts/triage.schema.json +1 −1 lines'],
    ],
    [
      'its path',
      { path: 'old/triage.prompt.yml' },
      { text: `${PROMPT}# end\n` },
      ['text +1 line', 'old/triage.prompt.yml → prompts/triage.prompt.yml +1 line'],
    ],
    [
      'parameters, by their canonical names',
      { text: PROMPT.replace('maxTokens: 200', 'max_tokens: 100') },
      { text: PROMPT.replace('temperature: 0, ', '') },
      [
        'text +1 −1 lines · parameters',
        'Parameters: temperature: 0 → not set',
        'Parameters: maxTokens: 100 → 200',
        'prompts/triage.prompt.yml +1 −1 lines',
      ],
    ],
    [
      'evaluators, also by the file that one names',
      {},
      {
        text: PROMPT.replace('  - { name: short, maxLength: 100 }\n', '  - { name: long, minLength: 1 }\n'),
        files: { ...FILES, './teams.json': '["billing", "shipping"]\n' },
      },
      [
        '2 files +2 −2 lines · evaluators',
        'Evaluators: added: long',
        'Evaluators: removed: short',
        'Evaluators: changed: known',
        'prompts/triage.prompt.yml +1 −1 lines',
        'prompts/teams.json +1 −1 lines',
        'Both sides were scored with the evaluators as they are now.',
      ],
    ],
    [
      'cases by id, with their first input; a new id for the same inputs is no change',
      { cases: { a: ['1'], b: ['2', 'x'], c: ['3', 'x'], old: ['4'], gone: ['9', undefined, 'Late parcel'] } },
      { cases: { a: ['1'], b: ['20', 'x', 'Charged twice'], c: ['3', 'y'], new: ['4'], d: ['5', undefined, 'Where is it?'] } },
      [
        'dataset',
        'Dataset: 1 case added: d (Where is it?)',
        'Dataset: 1 case removed: gone (Late parcel)',
        'Dataset: 1 case with other inputs: b (Charged twice)',
        'Dataset: 1 case with another expected value: c',
      ],
    ],
    [
      'a dataset that both sides answered as it is now',
      { cases: {}, live: true },
      { cases: { a: ['1'] }, live: true },
      ['dataset', 'Dataset: 1 case added: a', 'Both sides answered the dataset as it is now.'],
    ],
  ])('%s', (_what, old, fresh, lines) => expect(told(source(old), source(fresh))).toEqual(lines));

  it('the model asked for; the one that answered, where only that is another', () => {
    expect(told(source(), source(), { from: 'openai/gpt-5', to: 'openai/gpt-6' })).toEqual(['model', 'Model: openai/gpt-5 → openai/gpt-6']);
    const answering = { ...attribution, differs: [{ cause: 'answeringModel' as const, from: 'x-05', to: 'x-09' }] };
    expect(told(source(), source(), same, answering)).toEqual(['model', 'Model: the same was asked; answered by x-05 → x-09']);
  });

  it('says what cannot be told', () => {
    const unknown: PromptSource = { prompt: undefined, cases: undefined, live: false };
    expect(told(unknown, source())).toEqual([
      'cannot be told',
      'The text of one side is not known: no stored run and no commit has its fingerprint.',
      'The dataset of one side is not known as a whole.',
    ]);
  });

  it('names ten cases and counts the others', () => {
    const many = Object.fromEntries(Array.from({ length: 1_234 }, (_, at) => [`t-${at}`, [`${at}`] as const]));
    const [, line] = told(source(), source({ cases: many }));
    expect(line).toMatch(/^Dataset: 1,234 cases added: t-0, .*t-9 and 1,224 more$/);
    const { dataset } = changesOf(source(), source({ cases: many }), same);
    expect(dataset?.added).toMatchObject({ total: 1_234, cases: { length: 50 } });
  });

  it('a comparison made before there were changes shows none', () => expect(changesView({ attribution })).toBeUndefined());
});
