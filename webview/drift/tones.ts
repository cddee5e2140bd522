import type { CaseLabel, ChangeGroup, DriftSummary, SuiteWord } from '../../protocol/index.ts';

type Tone = 'good' | 'bad' | 'warn' | 'info' | 'plain';

/** The colour of the suite's verdict; the word stands beside it. */
const WORD_TONES: Readonly<Record<SuiteWord, Tone>> = {
  worse: 'bad',
  better: 'good',
  changed: 'warn',
  insufficientData: 'warn',
  steady: 'good',
  untested: 'plain',
};

/** The tone of a comparison's word: of a daily report the monitor's colour, else the suite's verdict. */
export function summaryTone({ kind, monitor, word }: Pick<DriftSummary, 'kind' | 'monitor' | 'word'>): Tone {
  return kind === 'daily' && monitor ? COLOUR_TONES[monitor.colour] : WORD_TONES[word];
}

const COLOUR_TONES = { green: 'good', amber: 'warn', red: 'bad' } as const;

/** The colour of a case's verdict. */
export const LABEL_TONES: Readonly<Record<CaseLabel, Tone>> = {
  broken: 'bad',
  drifted: 'bad',
  new: 'info',
  missing: 'warn',
  changed: 'warn',
  unsure: 'info',
  same: 'plain',
  equivalent: 'plain',
  noise: 'plain',
};

/** What the dot before a group's title says by its colour and form. */
export const SEVERITY_WORDS: Readonly<Record<ChangeGroup['severity'], string>> = {
  worst: 'worst: ',
  bad: 'bad: ',
  unsure: 'unsure: ',
  info: '',
  quiet: '',
};
