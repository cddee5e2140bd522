import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';
import { readerRule } from './readerRule.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"`;

/** What the reader refuses in rows, in a dataset's own file or in `testData`. */
export const datasetRowRules: readonly Rule[] = [
  readerRule({
    code: 'dataset.invalid-row',
    title: 'a row that is not a case',
    explain: explained(
      'A case is a map of variables. A row that is anything else is left out of every run.',
      `${PROMPT}
testData:
  - The printer is on fire.`,
      `${PROMPT}
testData:
  - ticket: The printer is on fire.`,
    ),
  }),
  readerRule({
    code: 'dataset.ragged-row',
    title: 'a CSV row with too many or too few cells',
    explain:
      'The row does not fit its header: a comma in a value without quotes moves every later cell into the wrong column. Put values with commas, quotes or line ends in double quotes, and write a quote in them twice.',
  }),
  readerRule({
    code: 'dataset.duplicate-id',
    title: 'two cases with one id',
    explain: explained(
      'Results, baselines and reviews are kept by id, so two cases with one id would overwrite each other.',
      `${PROMPT}
testData:
  - { id: fire, ticket: The printer is on fire. }
  - { id: fire, ticket: The scanner is on fire. }`,
      `${PROMPT}
testData:
  - { id: printer-fire, ticket: The printer is on fire. }
  - { id: scanner-fire, ticket: The scanner is on fire. }`,
    ),
  }),
  readerRule({
    code: 'dataset.duplicate-column',
    title: 'two CSV columns with one name',
    explain: 'Only one of the two columns can be the variable of that name. Rename or remove one of them.',
  }),
];
