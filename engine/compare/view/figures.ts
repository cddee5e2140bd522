import { pValue } from '../../drift/index.ts';

/** A number with its thousands separated: `1,482`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 case`, `50 cases`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `7 of 8`. */
export function share(part: number, whole: number): string {
  return `${count(part)} of ${count(whole)}`;
}

/** Dollars; more digits where two would hide that there was a cost: `$0.41`, `$0.0009`. */
export function money(usd: number): string {
  if (usd <= 0) return '$0.00';
  if (usd < 0.0001) return 'below $0.0001';
  return `$${usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;
}

/** `85 ms`, `0.8 s`, `12 s`; milliseconds in. */
export function seconds(ms: number): string {
  if (ms < 95) return `${Math.round(ms)} ms`;
  return ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${count(Math.round(ms / 1000))} s`;
}

/** How long something took: `0.8 s`, `2 min 05 s`, `1 h 12 min`; milliseconds in. */
export function duration(ms: number): string {
  const whole = Math.round(ms / 1000);
  if (whole < 60) return seconds(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** `p 0.0002`, `p < 0.0001`: as it stands beside a path. */
export function shortP(p: number): string {
  return pValue(p).replace(' = ', ' ');
}

/** The middle value; of an even number the mean of the two middle ones. Undefined where there is none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined) return undefined;
  const lower = sorted.length % 2 === 0 ? (sorted[(sorted.length >> 1) - 1] ?? upper) : upper;
  return lower + (upper - lower) / 2;
}

/** The largest of 1, 2 or 5 times a power of ten that is not larger than a positive number: like amounts get the same one. */
export function step(amount: number): number {
  const unit = 10 ** Math.floor(Math.log10(amount) + ROUNDING);
  const factor = [5, 2, 1].find((times) => times * unit <= amount * (1 + ROUNDING)) ?? 1;
  return Number((factor * unit).toPrecision(1));
}

/** Forgives that 0.3 - 0.1 is a little less than 0.2. */
const ROUNDING = 1e-9;

/** `12 Nov`, with the year where it is not the year of `now`; both are ISO days or times. Text that is neither comes back as it is. */
export function day(at: string, now: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(at) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (year === undefined || name === undefined) return oneLine(at, 40);
  return `${Number(date)} ${name}${now.startsWith(year) ? '' : ` ${year}`}`;
}

/** `25 Nov 09:14 UTC`; of a day without a time only the day. Said in UTC, so that it is the same wherever it is read. */
export function moment(at: string, now: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2})[\d:.]*Z$/.exec(at)?.[1];
  return time === undefined ? day(at, now) : `${day(at, now)} ${time} UTC`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Text of others as a part of a line: at most `most` characters, without line ends, and without what turns the direction of the rest. */
export function oneLine(text: string, most: number): string {
  const flat = text
    .slice(0, 4 * most)
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .trim();
  if (flat.length <= most && text.length <= 4 * most) return flat;
  const characters = [...flat.slice(0, 2 * most)];
  return `${characters
    .slice(0, most - 1)
    .join('')
    .trimEnd()}…`;
}
