import { type Catalog, describeModel, type PriceTable } from '../../catalog/index.ts';
import { escapeMarkdown } from '../../safety/index.ts';

/** What a hover on a model looks up. */
export interface KnownModels {
  readonly catalog: Catalog;
  /** Undefined where prices are not told. */
  readonly prices: PriceTable | undefined;
}

/** What is known of a model: its lifecycle in bold, then replacement, source and day, limits and price. */
export function modelHover(name: string, today: string, { catalog, prices }: KnownModels): string {
  const { headline, sentences } = describeModel(name, today, { catalog, ...(prices ? { prices } : {}) });
  return `**${escapeMarkdown(headline)}** ${sentences.map(escapeMarkdown).join(' ')}`.trim();
}
