import {
  acceptGroup,
  askAcceptRest,
  askReason,
  move,
  moveToEnd,
  openDiffEditor,
  otherSample,
  review,
  skip,
  takeMore,
  toggleGroup,
  undo,
} from './driftReview.ts';
import type { DriftStore } from './driftStore.ts';

interface KeyLine {
  readonly words: string;
  readonly keys: Readonly<Record<string, (store: DriftStore) => void>>;
  /** May go on while the key is held down. */
  readonly repeats?: boolean;
}

/** The keys of the drift panel in the order of the help sheet, which is made of this table. */
export const DRIFT_KEYS: readonly KeyLine[] = [
  {
    words: 'Next and previous case (also the arrows)',
    keys: { j: (store) => move(store, 1), k: (store) => move(store, -1) },
    repeats: true,
  },
  {
    words: 'First and last case',
    keys: { g: (store) => moveToEnd(store, 'first'), G: (store) => moveToEnd(store, 'last') },
  },
  { words: 'Open or close the group', keys: { o: toggleGroup } },
  { words: 'Show or hide what changed between the sides', keys: { w: (store) => store.toggleChanges() } },
  { words: 'Accept: the new samples become the baseline', keys: { a: (store) => review(store, 'accept') } },
  { words: 'Reject, with a reason', keys: { r: askReason } },
  { words: 'Known noise: neither approved nor wrong', keys: { n: (store) => review(store, 'knownNoise') } },
  { words: 'Skip: decide later', keys: { s: skip } },
  { words: 'Accept all of the group', keys: { A: acceptGroup } },
  { words: 'Accept the rest, after a question', keys: { R: askAcceptRest } },
  { words: 'Undo the last review', keys: { u: undo } },
  { words: 'Take 5 more samples of what cannot be told yet', keys: { t: takeMore } },
  {
    words: 'Other samples of the candidate',
    keys: { '[': (store) => otherSample(store, 'fresh', -1), ']': (store) => otherSample(store, 'fresh', 1) },
    repeats: true,
  },
  {
    words: 'Other samples of the baseline',
    keys: { '{': (store) => otherSample(store, 'approved', -1), '}': (store) => otherSample(store, 'approved', 1) },
    repeats: true,
  },
  { words: 'Diff editor, one case', keys: { d: openDiffEditor } },
  { words: 'Diff editor, all cases to review', keys: { D: (store) => store.send({ type: 'multiDiff' }) } },
  { words: 'This sheet', keys: { '?': (store) => (store.sheet.value = { kind: 'help' }) } },
];

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

/** What a key does; undefined where it does nothing here. `altGraph`: the key that types brackets on many keyboards is held. */
export function commandOf(pressed: Pressed, altGraph: boolean): ((store: DriftStore) => void) | undefined {
  const { ctrlKey, metaKey, altKey, shiftKey, repeat } = pressed;
  const isLetter = /^[a-z]$/i.test(pressed.key);
  const typed = !altGraph && (ctrlKey || metaKey || (altKey && isLetter));
  if (typed) return undefined;
  const key = isLetter ? (shiftKey ? pressed.key.toUpperCase() : pressed.key.toLowerCase()) : pressed.key; // Caps Lock accepts no group
  const line = DRIFT_KEYS.find(({ keys }) => Object.hasOwn(keys, key));
  return line && (!repeat || line.repeats) ? line.keys[key] : undefined;
}
