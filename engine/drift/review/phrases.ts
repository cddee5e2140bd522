import type { Phrases } from '../../../protocol/index.ts';

/** Our own words with `**strong**` parts as phrases. Never for text of models or repositories. */
export function phrases(text: string): Phrases {
  return text
    .split('**')
    .map((part, at) => (at % 2 === 1 ? { text: part, strong: true } : { text: part }))
    .filter(({ text: part }) => part !== '');
}
