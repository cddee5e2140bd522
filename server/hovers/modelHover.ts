import { describeModel, type PriceTable } from '../../catalog/index.ts';
import { escapeMarkdown } from '../../safety/index.ts';

/** What is known of a model: its lifecycle in bold, then replacement, source and day, limits and price. */
export function modelHover(name: string, today: string, prices: PriceTable | undefined): string {
  const { headline, sentences } = describeModel(name, today, prices ? { prices } : {});
  return `**${escapeMarkdown(headline)}** ${sentences.map(escapeMarkdown).join(' ')}`.trim();
}
