import { DATE_KINDS } from '../extract/dateKinds.ts';
import type { FoundDate } from '../extract/dates.ts';
import { kindAsked, kindBefore, type ToldKind } from '../extract/kinds.ts';
import type { DateKind } from '../extract/dateKinds.ts';
import { nearness } from '../extract/nearness.ts';
import { addTerm, findTerms } from '../extract/relativeDates.ts';
import { surroundings } from '../extract/surroundings.ts';
import { saidDateForm } from '../reading/formatWords.ts';
import { nameWords } from '../language/words.ts';
import type { FillContext } from './fillContext.ts';
import type { Slot } from './slots.ts';

/**
 * The date a field asks for, as its form wants it (ISO unless said otherwise): the one whose label is of the field's kind, a term of
 * payment counted from the document's date, else the one whose surroundings speak most of the field. Undefined when the dates there
 * are plainly something else and the field may stay empty.
 */
export function chooseDate(slot: Slot, context: FillContext, withTime: boolean): string | undefined {
  const { shape } = slot;
  if (shape.kind !== 'string') return undefined;
  const { text } = context.reading;
  const dates = tell(context);
  const asked = kindAsked(nameWords(slot.name).join(' '), shape.description, DATE_KINDS);
  const own = asked && dates.filter(({ told }) => told?.name === asked.name && (told.strong || asked.name !== 'end'));
  const mayBeEmpty = shape.nullable || !slot.required || slot.whenAbsent !== undefined;
  let chosen: FoundDate | undefined;
  if (asked?.strong && (own ?? []).every(({ told }) => !told?.strong)) {
    const term = asked.name === 'due' ? dueByTerm(context, dates) : undefined;
    if (term !== undefined) return written(term, withTime, shape.description);
  }
  if (asked?.strong && own?.length === 0) {
    const free = dates.filter(({ told }) => !told?.strong);
    const open = asked.name === 'due' ? free.filter(({ told }) => told?.name !== 'issue') : free;
    if (mayBeEmpty || (open.length === 0 && shape.format === ''))
      chosen = best(
        open.filter(({ date }) => speaks(date, slot, context)),
        slot,
        context,
      );
    else chosen = best(open.length > 0 ? open : dates, slot, context);
  } else chosen = best(own && own.length > 0 ? own : dates, slot, context);
  if (!chosen) return undefined;
  const verbatim =
    shape.format === '' &&
    /as written|verbatim|as it (?:stands|appears)|wie geschrieben|tel quel/i.test(shape.description) &&
    saidDateForm(shape.description) === '';
  return verbatim ? text.slice(chosen.start, chosen.end) : written(chosen.iso, withTime, shape.description);
}

interface ToldDate {
  readonly date: FoundDate;
  readonly told: ToldKind<DateKind> | undefined;
}

function tell(context: FillContext): readonly ToldDate[] {
  const { dates, text } = context.reading;
  return dates.map((date) => {
    const { before, after } = surroundings(text, date, dates);
    const alone = LETTERHEAD.test(before) && !/\p{L}/u.test(after) && isLineStart(text, date.start - before.length);
    const told = kindBefore(before, DATE_KINDS);
    if (alone && !told?.strong) return { date, told: { name: 'issue', strong: true } };
    return { date, told: told?.strong ? told : (strongOf(kindBefore(after, DATE_KINDS)) ?? told) };
  });
}

/** "Leipzig, den": the place in front of a letter's date. */
const LETTERHEAD = /^\s*(?:\p{Lu}[\p{L} .-]{1,30},?\s+(?:den|le|the|am|,)?\s*)?$/u;

function isLineStart(text: string, at: number): boolean {
  return at <= 0 || text[at - 1] === '\n';
}

function strongOf(told: ToldKind<DateKind> | undefined): ToldKind<DateKind> | undefined {
  return told?.strong ? told : undefined;
}

/** The day a term of payment ends, when the document says plainly of which day it is. */
function dueByTerm(context: FillContext, dates: readonly ToldDate[]): string | undefined {
  const terms = findTerms(context.reading.text);
  const term = terms[terms.length - 1];
  const issued = dates.find(({ told }) => told?.name === 'issue' && told.strong) ?? dates.find(({ told }) => told?.name === 'issue');
  return term && issued ? addTerm(issued.date.iso, term) : undefined;
}

function speaks(date: FoundDate, slot: Slot, context: FillContext): boolean {
  return nearness(context.reading.text, date.start, date.end, specific(slot), context.language) > 0;
}

function best(dates: readonly ToldDate[], slot: Slot, context: FillContext): FoundDate | undefined {
  const field = specific(slot);
  let chosen: FoundDate | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const { date, told } of dates) {
    const score = nearness(context.reading.text, date.start, date.end, field, context.language) + (told?.strong ? 0.5 : 0);
    if (score > most) {
      most = score;
      chosen = date;
    }
  }
  return chosen;
}

/** The field's name without the words for "date", unless it has no others. */
function specific(slot: Slot): Slot['nameOnly'] {
  const words = slot.nameOnly.words.filter((word) => !/^(?:dat|datum|fech|dag|day)/.test(word.stem));
  return words.length > 0 ? { words, wordCount: words.length } : slot.nameOnly;
}

function written(iso: string, withTime: boolean, description: string): string {
  if (withTime) return `${iso}T00:00:00Z`;
  const form = saidDateForm(description) || 'YYYY-MM-DD';
  const [year = '', month = '', day = ''] = iso.split('-');
  return form.replace('YYYY', year).replace('MM', month).replace('DD', day);
}
