import { type BoundedMap, createBoundedMap } from '../boundedMap.ts';
import { LEXICON } from './lexicon.ts';
import { isStopWord } from './stopWords.ts';
import { createTypoIndex } from './typos.ts';
import { fold, stem, wordsOf } from './words.ts';

/** What a word can be matched by: its stem, the concepts it belongs to, and the concepts beside those. */
export interface WordSense {
  readonly stem: string;
  readonly concepts: readonly string[];
  readonly near: readonly string[];
}

/** A text read for matching: every distinct stem with its senses. */
export interface ReadText {
  readonly words: readonly ReadWord[];
  readonly wordCount: number;
}

/** One distinct stem of a text. */
export interface ReadWord extends WordSense {
  readonly count: number;
  /** Place of its first occurrence among the words, from 0. */
  readonly position: number;
  /** Whether its first occurrence stands after a negation. */
  readonly negated: boolean;
}

/** General knowledge about words; holds no text of any request but a bounded memo of words. */
export interface Language {
  sense(word: string): WordSense;
  read(text: string): ReadText;
  /** Another English word for the same thing, when the lexicon has one. */
  synonym(word: string): string | undefined;
}

/** Builds the look-ups over the lexicon (a few milliseconds). */
export function createLanguage(): Language {
  const groups = parseLexicon();
  const byWord = new Map<string, string[]>();
  const byStem = new Map<string, string[]>();
  const phrases = new Map<string, string>();
  for (const group of groups.values()) {
    for (const word of group.words) {
      const parts = word.split('_');
      if (parts.length > 1) phrases.set(parts.join(' '), group.id);
      else {
        push(byWord, word, group.id);
        push(byStem, stem(word), group.id);
      }
    }
  }
  const typos = createTypoIndex(byWord.keys());
  const memo: BoundedMap<WordSense> = createBoundedMap(20_000);

  const lookUp = (word: string): WordSense => {
    const root = stem(word);
    let concepts = byWord.get(word) ?? byStem.get(root);
    if (!concepts && word.length >= 9) concepts = partsOfCompound(word, byWord);
    if (!concepts) {
      const meant = typos.nearest(word);
      if (meant !== undefined) return { ...senseOf(stem(meant), byWord.get(meant) ?? []) };
    }
    return senseOf(root, concepts ?? []);
  };
  const senseOf = (root: string, concepts: readonly string[]): WordSense => ({
    stem: root,
    concepts,
    near: [...new Set(concepts.flatMap((id) => groups.get(id)?.near ?? []))].filter((id) => !concepts.includes(id)),
  });
  const sense = (word: string): WordSense => memo.getOrMake(word, () => lookUp(word));

  return {
    sense,
    read(text) {
      const words = wordsOf(text);
      const found = new Map<string, ReadWord & { count: number }>();
      const add = (sensed: WordSense, position: number) => {
        const known = found.get(sensed.stem);
        if (known) known.count++;
        else found.set(sensed.stem, { ...sensed, count: 1, position, negated: isNegatedAt(words, position) });
      };
      for (const [position, word] of words.entries()) {
        for (let length = 2; length <= 4; length++) {
          if (position + length > words.length) break;
          const id = phrases.get(words.slice(position, position + length).join(' '));
          if (id !== undefined) add(senseOf(`${id} phrase`, [id]), position);
        }
        if (!isStopWord(word) && (word.length > 1 || /\d/.test(word))) add(sense(word), position);
      }
      return { words: [...found.values()], wordCount: words.length };
    },
    synonym(word) {
      const folded = fold(word);
      const id = byWord.get(folded)?.[0];
      const english = id === undefined ? undefined : groups.get(id)?.english;
      return english?.find((candidate) => !candidate.includes('_') && stem(candidate) !== stem(folded));
    },
  };
}

interface Group {
  readonly id: string;
  readonly near: readonly string[];
  readonly words: readonly string[];
  readonly english: readonly string[];
}

function parseLexicon(): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const line of LEXICON.split('\n')) {
    const [head, body] = line.split(' : ');
    if (!head || !body) continue;
    const [id = '', near = ''] = head.split('>').map((part) => part.trim());
    const english = (body.split('|')[0] ?? '').trim().split(/\s+/);
    const words = body
      .split(/[\s|]+/)
      .filter(Boolean)
      .map((word) => fold(word).replaceAll('-', '_'));
    groups.set(id, { id, near: near.split(/\s+/).filter(Boolean), words: [...new Set(words)], english });
  }
  return groups;
}

function partsOfCompound(word: string, byWord: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const found = new Set<string>();
  for (let length = word.length - 4; length >= 5; length--) {
    const start = byWord.get(word.slice(0, length));
    if (start) {
      for (const id of start) found.add(id);
      break;
    }
  }
  for (let from = 4; from <= word.length - 5; from++) {
    const end = byWord.get(word.slice(from));
    if (end) {
      for (const id of end) found.add(id);
      break;
    }
  }
  return found.size > 0 ? [...found] : undefined;
}

const NEGATIONS = new Set(
  "not no never without nor don't doesn't didn't isn't wasn't aren't won't can't cannot nicht kein keine keinen nie ohne pas jamais sans ni no nunca sin niet geen nooit zonder non mai senza".split(
    ' ',
  ),
);

function isNegatedAt(words: readonly string[], position: number): boolean {
  for (let back = 1; back <= 2; back++) {
    const before = words[position - back];
    if (before !== undefined && NEGATIONS.has(before)) return true;
  }
  return false;
}

function push(map: Map<string, string[]>, key: string, id: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [id]);
  else if (!list.includes(id)) list.push(id);
}
