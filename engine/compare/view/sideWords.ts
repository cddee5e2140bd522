import type { Attribution, Cause, Comparison, Phrases, SideInfo } from '../../../protocol/index.ts';
import { day, moment, oneLine } from './figures.ts';

/** A side in a line: `baseline **1.4.0** · claude-haiku-4-5-20251001 · approved 12 Nov`. */
export function sideWords(role: 'baseline' | 'candidate', { [role]: side, createdAt }: Comparison): Phrases {
  const named = side.kind === 'baseline' ? side.version : side.label;
  const version = side.kind === 'git' || side.kind === 'run' ? side.version : undefined;
  const rest = [
    version,
    modelWords(side),
    side.at && (side.kind === 'baseline' ? `approved ${day(side.at, createdAt)}` : moment(side.at, createdAt)),
  ];
  const shown = rest.filter((part) => part !== undefined && part !== '').map((part) => ` · ${oneLine(part ?? '', LONGEST_PART)}`);
  const first: Phrases =
    named === undefined ? [{ text: role, strong: true }] : [{ text: `${role} ` }, { text: oneLine(named, LONGEST_PART), strong: true }];
  return shown.length ? [...first, { text: shown.join('') }] : first;
}

const LONGEST_PART = 120;

/** As the answers name it, else as requested, without the provider. */
function modelWords({ answeredBy, model }: SideInfo): string {
  return answeredBy.length > 0 ? answeredBy.join(', ') : model.slice(model.indexOf('/') + 1);
}

/** What differs between the sides and what does not, each thing once. What a side does not tell is in neither. */
export interface DifferenceWords {
  readonly differs: readonly string[];
  readonly same: readonly string[];
  readonly unknown: readonly string[];
}

/**
 * The attribution in words. The parts of a prompt are one thing while they agree, and so are the model that was asked for and the one that
 * answered; a thing that differs is not called the same for its other part.
 */
export function differenceWords({ differs, same, unknown }: Attribution): DifferenceWords {
  const causes = new Set(differs.map(({ cause }) => cause));
  const changed = distinct(
    differs.map(({ cause }) => (cause === 'answeringModel' && !causes.has('requestedModel') ? 'answering model' : WORDS[cause])),
  );
  const things = new Set([...causes].map((cause) => THINGS[cause]));
  const kept = distinct(same.filter((cause) => !things.has(THINGS[cause])).map((cause) => THINGS[cause]));
  const open = distinct(unknown.map((cause) => THINGS[cause])).filter((thing) => !things.has(thing) && !kept.includes(thing));
  return { differs: changed, same: kept, unknown: open };
}

const WORDS: Readonly<Record<Cause, string>> = {
  messages: 'prompt',
  tools: 'tools',
  output: 'output format',
  parameters: 'parameters',
  requestedModel: 'model',
  answeringModel: 'model',
  dataset: 'dataset',
  evaluators: 'evaluators',
  judges: 'judges',
};

/** What the causes belong to. */
const THINGS: Readonly<Record<Cause, string>> = { ...WORDS, tools: 'prompt', output: 'prompt' };

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
