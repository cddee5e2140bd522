import type { Found } from '../extract/contacts.ts';
import { ID_KINDS } from '../extract/idKinds.ts';
import { kindAsked, kindBefore } from '../extract/kinds.ts';
import { nearness } from '../extract/nearness.ts';
import { surroundings } from '../extract/surroundings.ts';
import { nameWords } from '../language/words.ts';
import type { FillContext } from './fillContext.ts';
import type { Slot } from './slots.ts';

/** The identifier a field asks for, in its written form: the one whose label is of the field's kind, or whose letters or surroundings speak of it. */
export function chooseId(slot: Slot, context: FillContext): string | undefined {
  const { reading, language } = context;
  const asked = kindAsked(nameWords(slot.name).join(' '), slot.shape.description, ID_KINDS);
  const named = slot.nameOnly.words.filter((word) => !GENERIC.test(word.stem));
  let best: Found | undefined;
  let most = -1;
  for (const id of reading.ids) {
    const prefix = id.text.replace(/[^\p{L}].*$/u, '').toLowerCase();
    const alike =
      prefix.length >= 2 && named.some(({ stem }) => stem.startsWith(prefix.slice(0, 3)) || prefix.startsWith(stem.slice(0, 3)));
    const { before } = surroundings(reading.text, id, reading.ids);
    const told = kindBefore(before, ID_KINDS);
    const same = asked !== undefined && told?.name === asked.name;
    const near = nearness(reading.text, id.start, id.end, { words: named, wordCount: named.length }, language);
    if (asked !== undefined && told !== undefined && !same && !alike) continue;
    const score = (alike ? 1 : 0) + (same ? 2 : 0) + near;
    const referred = reading.ids.length === 1 && REFERRED.test(before);
    const foreign = !referred && named.length > 0 && score === 0 && (prefix.length >= 2 || reading.ids.length > 1);
    if (!foreign && score > most) {
      most = score;
      best = id;
    }
  }
  return best?.text.replace(/^#/, '');
}

/** A bare "ref." or "quoting" in front of a document's only number. */
const REFERRED = /(?:ref\p{L}*|réf\p{L}*|quot\p{L}*|number|nummer|no|nr|n°)[.:]?\s*$/iu;
const GENERIC = /^(?:id|number|nummer|numero|num|ref|referen|code|nr|no)$/;
