import { fold } from '../language/words.ts';

/** A calendar date found in a text. */
export interface FoundDate {
  /** YYYY-MM-DD. */
  readonly iso: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Absolute dates of a text, months in seven languages: 2026-11-03, 03.11.2026, 3/11/2026 (day first, unless only month first can be), 3 Nov 2026,
 * November 3rd, 2026, 3. November 2026, 3 de noviembre de 2026. Relative ones ("in 14 days") and dates without a year are left.
 */
export function findDates(text: string): readonly FoundDate[] {
  const found: FoundDate[] = [];
  const add = (match: RegExpExecArray, year: string | undefined, month: number | undefined, day: string | undefined) => {
    const iso = isoDate(Number(year), month ?? 0, Number(day));
    if (iso && !found.some((other) => match.index < other.end && other.start < match.index + match[0].length))
      found.push({ iso, start: match.index, end: match.index + match[0].length });
  };
  for (const match of text.matchAll(ISO)) add(match, match[1], Number(match[2]), match[3]);
  for (const match of text.matchAll(NUMERIC)) {
    const [first, second] = [Number(match[1]), Number(match[2])];
    const monthFirst = second > 12 && first <= 12;
    add(match, fullYear(match[3] ?? ''), monthFirst ? first : second, String(monthFirst ? second : first));
  }
  for (const match of text.matchAll(DAY_MONTH)) add(match, match[3], monthOf(match[2]), match[1]);
  for (const match of text.matchAll(MONTH_DAY)) add(match, match[3], monthOf(match[1]), match[2]);
  return found.sort((a, b) => a.start - b.start);
}

const ISO = /(?<!\d|[\p{L}\d][/-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/gu;
const NUMERIC = /(?<![\d.]|[\p{L}\d][/-])(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/gu;
const DAY_MONTH =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|e|\.|º|ª)?(?:\s+|-)(?:de\s+|of\s+)?(\p{L}{3,12})\.?,?(?:\s+|-)(?:de\s+|del\s+)?(\d{4})(?!\d)/giu;
const MONTH_DAY = /(?<!\p{L})(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/giu;
const MONTHS: readonly (readonly string[])[] = [
  'jan january januar janvier janv enero ene januari gennaio gen janner stycznia styczen sty',
  'feb february februar fevrier fevr febrero februari febbraio fev lutego luty lut',
  'mar march marz mars marzo maart mrt marca marzec',
  'apr april avril avr abril abr aprile kwietnia kwiecien kwi',
  'may mai mayo mei maggio mag maja maj',
  'jun june juni juin junio giugno giu czerwca czerwiec cze',
  'jul july juli juillet juil julio luglio lug lipca lipiec lip',
  'aug august aout agosto ago augustus sierpnia sierpien sie',
  'sep sept september septembre septiembre settembre set wrzesnia wrzesien wrz',
  'oct october oktober okt octobre octubre ottobre ott pazdziernika pazdziernik paz',
  'nov november novembre noviembre listopada listopad lis',
  'dec december dezember dez decembre diciembre dic dicembre grudnia grudzien gru',
].map((names) => names.split(' '));

function monthOf(name: string | undefined): number | undefined {
  const folded = fold(name ?? '');
  const month = MONTHS.findIndex((names) => names.includes(folded));
  return month < 0 ? undefined : month + 1;
}

function fullYear(year: string): string {
  return year.length === 2 ? String(2000 + Number(year)) : year;
}

function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}
