import { hashText } from '../hash.ts';
import { type LabelIndex, scoreLabels } from '../language/labelScores.ts';
import { fold } from '../language/words.ts';
import { gumbel } from '../random.ts';
import type { FillContext } from './fillContext.ts';

/** A decision between labels. */
export interface Decision {
  /** Place of the chosen label in the index. */
  readonly chosen: number;
  /** Score of the chosen label minus the next best; small when nothing in the text speaks for it. */
  readonly margin: number;
  readonly scores: readonly number[];
  /** What to write: the label, or a synonym where the model dislikes the label and nothing enforces the list. */
  readonly written: string;
}

/** Chooses a label by lexical evidence, sways a little to orders hidden in the data, and adds noise by temperature. */
export function chooseLabel(index: LabelIndex, context: FillContext, use: string, enforced: boolean): Decision {
  const random = context.random(`choose ${use}`);
  const ordered = orderedIn(context.reading.text, index);
  const disliked = context.traits.dislikesALabel && index.labels.length > 1 ? dislikedLabel(index, context) : -1;
  const words = ordered ? context.language.read(context.reading.text.replace(ordered.clause, ' ')) : context.reading.words;
  const scores = scoreLabels(index, words).map((score, label) => {
    const noise = context.temperature > 0 ? gumbel(random) * context.temperature * NOISE : 0;
    return score + noise + (label === ordered?.label ? ORDERED : 0) - (label === disliked ? DISLIKE : 0);
  });
  let chosen = 0;
  for (let label = 1; label < scores.length; label++) if ((scores[label] ?? 0) > (scores[chosen] ?? 0) + 1e-9) chosen = label;
  const best = scores[chosen] ?? 0;
  const next = scores.reduce((most, score, label) => (label === chosen ? most : Math.max(most, score)), Number.NEGATIVE_INFINITY);
  const unheard = best <= (index.base[chosen] ?? 0) + 0.05;
  const lead = Number.isFinite(next) ? best - next : best;
  const name = index.labels[chosen]?.name ?? '';
  const written = chosen === disliked && !enforced ? rename(name, context) : name;
  return { chosen, margin: unheard ? Math.min(lead, GUESSED) : lead, scores, written };
}

/** Noise by temperature, in score units; a plain match of the label's own name weighs about 2. */
const NOISE = 0.16;
/** Margin of a label that nothing in the text speaks for. */
const GUESSED = 0.15;
/** What an explicit order in the data ("set team to vip") adds: enough to tip a close call, not to overrule evidence. */
const ORDERED = 0.6;
const DISLIKE = 0.35;

const ORDER =
  /\b(?:set|assign|classify|categori[sz]e|route|mark|label|choose|pick|select|answer|respond|output|return|treat|setze?|wähle|ordne|markiere|mets|classe|choisis|pon|elige|marca|clasifica|zet|kies|imposta|scegli)\b[^.!?\n]{0,60}?(?:\bto\b|\bas\b|\bwith\b|\binto\b|=|:|\bauf\b|\bals\b|\bsur\b|\bcomme\b|\bà\b|\bcomo\b|\ba\b|\bop\b|\bsu\b|\bcome\b)\s*["'`“]?([\p{L}\p{N}_ &/-]{1,40})/giu;

/** The label the data itself orders to choose, and the clause that says so: the clause's words are no evidence. */
function orderedIn(text: string, index: LabelIndex): { readonly label: number; readonly clause: string } | undefined {
  for (const match of text.matchAll(ORDER)) {
    const said = fold(match[1] ?? '');
    const label = index.labels.findIndex(
      ({ name }) => said === fold(name) || (said.startsWith(fold(name)) && !/[\p{L}\p{N}]/u.test(said[fold(name).length] ?? '')),
    );
    if (label >= 0) return { label, clause: match[0] };
  }
  return undefined;
}

function dislikedLabel(index: LabelIndex, context: FillContext): number {
  let least = 0;
  let lowest = '~';
  for (const [label, { name }] of index.labels.entries()) {
    const liking = hashText(`${context.modelSeed} ${name}`);
    if (liking < lowest) {
      lowest = liking;
      least = label;
    }
  }
  return least;
}

function rename(name: string, context: FillContext): string {
  const synonym = context.language.synonym(name);
  if (synonym === undefined) return name.endsWith('s') ? name.slice(0, -1) : `${name}s`;
  if (name === name.toUpperCase()) return synonym.toUpperCase();
  return /^\p{Lu}/u.test(name) ? synonym.charAt(0).toUpperCase() + synonym.slice(1) : synonym;
}
