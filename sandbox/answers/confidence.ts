import type { FillContext } from './fillContext.ts';
import type { Slot } from './slots.ts';

/** Sureness in [0.05, 0.99] from a margin: 0.5 at a coin toss, rising with the margin, shifted by the model's habit. */
export function certainty(margin: number, context: FillContext): number {
  const clear = Math.max(0, margin);
  const jitter = context.temperature > 0 ? (context.random('confidence')() - 0.5) * 0.04 * context.temperature : 0;
  return Math.min(0.99, Math.max(0.05, 0.5 + 0.48 * (clear / (clear + 0.4)) + jitter + context.traits.confidenceShift));
}

/** The margin a confidence field speaks of: that of the choice it is named after (`team_confidence`), else the least clear so far; 0.4 when nothing was chosen. */
export function marginNear(slot: Slot, context: FillContext): number {
  const parent = slot.path.slice(0, Math.max(0, slot.path.lastIndexOf('.')));
  const inside = [...context.margins].filter(([path]) => path.startsWith(parent));
  const candidates = inside.length > 0 ? inside : [...context.margins];
  const own = candidates.find(
    ([path]) => slot.name.length > 0 && slot.name.toLowerCase().startsWith((path.split('.').at(-1) ?? '\u0000').toLowerCase()),
  );
  if (own) return own[1];
  return candidates.length > 0 ? Math.min(...candidates.map(([, margin]) => margin)) : 0.4;
}
