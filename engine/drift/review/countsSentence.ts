import type { CaseLabel } from '../../../protocol/index.ts';

/**
 * How many cases got which verdict, in one sentence: what asks for a person first and strong, the quiet ones last and together. Says of
 * `changed` cases that they were not tested, unless `note` is false because that is said elsewhere.
 */
export function countsSentence(labels: Readonly<Partial<Record<CaseLabel, number>>>, note = true): string {
  const of = (label: CaseLabel): number => labels[label] ?? 0;
  const total = Object.values(labels).reduce((sum, count) => sum + count, 0);
  if (total === 0) return 'There is no case to compare.';
  const loud: Counted[] = [
    { count: of('broken'), one: 'broke', many: 'broke' },
    { count: of('drifted'), one: 'drifted', many: 'drifted' },
    { count: of('changed'), one: 'changed', many: 'changed', after: note ? ' (not tested for noise)' : '' },
  ].filter(({ count }) => count > 0);
  const plain: Counted[] = [
    { count: of('unsure'), one: 'cannot be told yet', many: 'cannot be told yet' },
    { count: of('new'), one: 'is new', many: 'are new' },
    { count: of('missing'), one: 'is missing', many: 'are missing' },
  ].filter(({ count }) => count > 0);
  const first = loud[0] ?? plain[0];
  const said = ({ count, one, many }: Counted, noun: boolean): string =>
    `${count}${noun ? (count === 1 ? ' case' : ' cases') : ''} ${count === 1 ? one : many}`;
  const parts = [
    loud.map((part) => `**${said(part, part === first)}**${part.after ?? ''}`).join(', '),
    ...plain.map((part) => said(part, part === first)),
    quiet(of('same') + of('equivalent') + of('noise'), of('noise') > 0, total),
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

interface Counted {
  readonly count: number;
  readonly one: string;
  readonly many: string;
  readonly after?: string;
}

function quiet(count: number, noise: boolean, total: number): string {
  if (count === 0) return '';
  const who =
    count === total ? (total === 1 ? 'The one case' : `All ${total} cases`) : count === 1 ? 'the other one' : `the other ${count}`;
  const verb = (one: string, many: string): string => (count === 1 ? one : many);
  if (!noise) return `${who} ${verb('says', 'say')} the same`;
  return `${who} ${verb('differs', 'differ')} no more than the approved samples differ among themselves`;
}
