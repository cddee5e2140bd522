import { pick } from './cleanDraft.ts';
import { evaluatorsOf, inputOf, type Mutation, rowsOf } from './mutation.ts';

const isFormat = (file: string | undefined, ...endings: readonly string[]): boolean => endings.some((ending) => file?.endsWith(ending));

/** What is wrong with the cases, and with files that are named. */
export const datasetMutations: Readonly<Record<string, Mutation>> = {
  'dataset.missing-file': (draft, random) => {
    if (!draft.datasetPath) return false;
    draft.prompt['dataset'] = pick(random, ['./elsewhere.jsonl', './cases/all.csv']);
    return true;
  },
  'dataset.outside-root': (draft, random) => {
    if (!draft.datasetPath) return false;
    draft.prompt['dataset'] = pick(random, ['../../cases.jsonl', '/etc/cases.csv']);
    return true;
  },
  'dataset.unreadable': (draft, random) => {
    if (!draft.datasetPath) return false;
    const file = pick(random, ['cases.xlsx', 'cases.parquet']);
    draft.files[`prompts/${file}`] = 'x';
    draft.prompt['dataset'] = `./${file}`;
    return true;
  },
  'dataset.empty': (draft) => {
    draft.datasetText = () => '';
    return draft.datasetPath !== undefined;
  },
  'dataset.missing-column': (draft, random) => {
    const column = pick(random, ['expected.nothing', 'expectd.team', 'due']);
    evaluatorsOf(draft.prompt).push({ name: 'compares', contains: { case: column } });
    return true;
  },
  'dataset.invalid-row': (draft, random) => {
    if (!isFormat(draft.datasetPath, '.jsonl')) return false;
    draft.datasetText = (text) => `${text}${pick(random, ['"only a text"', '42', '[1, 2]'])}\n`;
    return true;
  },
  'dataset.ragged-row': (draft, random) => {
    if (!isFormat(draft.datasetPath, '.csv')) return false;
    draft.datasetText = (text) => `${text}${pick(random, ['x-1,one,two,three,four,five,six,seven,eight,nine,ten', 'x-1'])}\n`;
    return true;
  },
  'dataset.duplicate-id': (draft, random) => {
    const rows = rowsOf(draft);
    const from = pick(random, rows.slice(0, -1));
    const last = rows.at(-1);
    if (!last) return false;
    last['id'] = from['id'];
    return true;
  },
  'dataset.duplicate-column': (draft) => {
    if (!isFormat(draft.datasetPath, '.csv')) return false;
    draft.datasetText = (text) => text.replace(/^id,/, 'id,id,').replaceAll(/^(c-\d+),/gm, '$1,$1,');
    return true;
  },
  'dataset.too-small': (draft, random) => {
    if (!draft.prompt['drift'] || !draft.datasetPath) return false;
    draft.rows = draft.rows.slice(0, 1 + random.below(4));
    return true;
  },
  'dataset.duplicate-case': (draft, random) => {
    const rows = rowsOf(draft);
    const copy = structuredClone(pick(random, rows));
    rows.push({ ...copy, id: 'copied' });
    return true;
  },
  'dataset.few-shot-leak': (draft, random) => {
    const input = inputOf(draft.prompt);
    const template = draft.prompt.messages.at(-1);
    const text = input ? pick(random, rowsOf(draft))[input] : undefined;
    if (!input || !template || typeof text !== 'string' || text.length < 15) return false;
    const others = template.content.match(/\{\{/g)?.length;
    if (others !== 1) return false;
    const example = template.content.replace(`{{${input}}}`, () => text.trim());
    draft.prompt.messages.splice(-1, 0, { role: 'user', content: example }, { role: 'assistant', content: 'an answer' });
    return true;
  },
  'reference.missing-file': (draft, random) => {
    evaluatorsOf(draft.prompt).push({ name: 'in the list', oneOf: { file: pick(random, ['./nowhere.json', './lists/none.yaml']) } });
    return true;
  },
  'reference.outside-root': (draft, random) => {
    evaluatorsOf(draft.prompt).push({ name: 'in the list', oneOf: { file: pick(random, ['../../list.json', '/etc/list.json']) } });
    return true;
  },
  'reference.invalid-file': (draft, random) => {
    draft.files['prompts/list.json'] = pick(random, ['{ not json', '[1, 2']);
    evaluatorsOf(draft.prompt).push({ name: 'in the list', oneOf: { file: './list.json' } });
    return true;
  },
};
