/** A made-up support ticket with the category that its case expects: one in twenty expects another than the mock gives. */
export interface Ticket {
  readonly id: string;
  readonly ticket: string;
  readonly expected: string;
}

export const INSTRUCTIONS =
  'You are a support triage assistant. Reply with one JSON object with the keys category, priority and confidence, and nothing else.';

export function tickets(count: number): readonly Ticket[] {
  return Array.from({ length: count }, (_, at) => {
    const pick = (list: readonly string[], salt: string): string => list[hash(`${salt}${at}`) % list.length]!;
    const ticket = `${pick(SUBJECTS, 's')} ${pick(VERBS, 'v')} ${pick(TAILS, 't')} (#${100_000 + at}).`;
    const { category } = classify(ticket);
    const wrong = hash(`w${at}`) % 20 === 0;
    return { id: `t${at}`, ticket, expected: wrong ? CATEGORIES[(CATEGORIES.indexOf(category) + 1) % CATEGORIES.length]! : category };
  });
}

/** What the mock model thinks of a ticket. */
export function classify(ticket: string): { readonly category: string; readonly priority: string; readonly confidence: number } {
  const value = hash(ticket);
  return {
    category: CATEGORIES[value % CATEGORIES.length]!,
    priority: PRIORITIES[(value >>> 8) % PRIORITIES.length]!,
    confidence: 0.5 + (value % 50) / 100,
  };
}

/** The ticket of a message. */
export function ticketOf(message: string): string {
  return message.slice(message.lastIndexOf('TICKET:') + 7).trim();
}

const CATEGORIES = ['billing', 'account', 'shipping', 'technical', 'refund', 'other'];
const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const SUBJECTS = [
  'My invoice',
  'The parcel',
  'Our login page',
  'The mobile app',
  'My subscription',
  'The export job',
  'A charge on my card',
  'Order tracking',
];
const VERBS = ['fails', 'is missing', 'was charged twice', 'never arrived', 'shows an error', 'is stuck', 'keeps looping', 'looks wrong'];
const TAILS = [
  'since yesterday',
  'after the update',
  'for our whole team',
  'when I pay by card',
  'and support has not replied',
  'in the EU region',
  'please help',
];

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
