/** A made-up support ticket with the category that its case expects: one in twenty expects what no model gives. */
export interface Ticket {
  readonly id: string;
  readonly ticket: string;
  readonly expected: string;
}

export const INSTRUCTIONS = `You are a support triage assistant. Choose one category:
- billing: invoice, charge, card
- account: login, subscription
- shipping: parcel, order, tracking
- technical: app, export, error
Reply with a JSON object such as {"category":"billing","confidence":0.5} and nothing else.`;

/** The sandbox's model that both sides ask. */
export const MODEL = 'extractor-2026-05';

export function tickets(count: number): readonly Ticket[] {
  return Array.from({ length: count }, (_, at) => {
    const pick = <T>(list: readonly T[], salt: string): T => list[hash(`${salt}${at}`) % list.length]!;
    const [subject, category] = pick(SUBJECTS, 's');
    const ticket = `${subject} ${pick(VERBS, 'v')} ${pick(TAILS, 't')} (#${100_000 + at}).`;
    return { id: `t${at}`, ticket, expected: hash(`w${at}`) % 20 === 0 ? 'other' : category };
  });
}

const SUBJECTS: readonly (readonly [subject: string, category: string])[] = [
  ['My invoice', 'billing'],
  ['The parcel', 'shipping'],
  ['Our login page', 'account'],
  ['The mobile app', 'technical'],
  ['My subscription', 'account'],
  ['The export job', 'technical'],
  ['A charge on my card', 'billing'],
  ['Order tracking', 'shipping'],
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
