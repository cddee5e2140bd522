import fc from 'fast-check';

/** One change to a text; places are parts of a million of its length, so that they fit any text and shrink to its beginning. */
interface Change {
  readonly kind: 'delete' | 'repeat' | 'insert' | 'move' | 'splice' | 'indent' | 'cut' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly count: number;
  readonly piece: string;
}

/** What mutated texts are made from. */
export interface Seeds {
  /** Whole files of the kind. */
  readonly files: readonly string[];
  /** What means something in them. */
  readonly pieces: readonly string[];
}

/** No mutated text is longer; how long it takes to read a megabyte is looked at by tests of its own. */
const LONGEST = 60_000;

/** Files of the seeds with one to eight changes each, all of them shrinking to the file itself. */
export function mutated({ files, pieces }: Seeds): fc.Arbitrary<string> {
  const place = fc.nat(1_000_000);
  const change: fc.Arbitrary<Change> = fc.record({
    kind: fc.constantFrom<Change['kind']>('delete', 'repeat', 'insert', 'insert', 'insert', 'move', 'splice', 'indent', 'cut', 'swap'),
    at: place,
    length: fc.oneof({ weight: 6, arbitrary: fc.nat(40) }, fc.nat(2000)),
    count: fc.oneof({ weight: 24, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(3000) }),
    piece: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces, ...ANYWHERE) }, fc.string({ unit: 'binary', maxLength: 8 })),
  });
  return fc
    .tuple(fc.constantFrom(...files), fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 8 }))
    .map(([file, other, changes]) => changes.reduce((text, one) => applied(text, other, one).slice(0, LONGEST), file));
}

function applied(text: string, other: string, { kind, at, length, count, piece }: Change): string {
  const start = Math.floor((text.length * at) / 1_000_000);
  const end = Math.min(text.length, start + length);
  const put = (middle: string): string => text.slice(0, start) + middle + text.slice(end);
  switch (kind) {
    case 'delete':
      return put('');
    case 'repeat':
      return put(text.slice(start, end).repeat(Math.min(count + 1, Math.ceil(LONGEST / Math.max(1, end - start)))));
    case 'insert':
      return text.slice(0, start) + piece.repeat(count + 1) + text.slice(start);
    case 'move':
      return text.slice(0, start) + text.slice(end) + text.slice(start, end);
    case 'splice': {
      const from = Math.floor((other.length * at) / 1_000_000);
      return put(other.slice(from, from + length));
    }
    case 'indent': {
      const line = text.lastIndexOf('\n', start) + 1;
      return count % 2
        ? text.slice(0, line) + text.slice(line).replace(/^[ \t]+/, '')
        : text.slice(0, line) + ' '.repeat(count) + text.slice(line);
    }
    case 'cut':
      return count % 2 ? text.slice(0, start) : text.slice(start);
    case 'swap':
      return text.slice(0, start) + piece + text.slice(Math.min(text.length, start + piece.length));
  }
}

/** What is awkward in any text. */
const ANYWHERE: readonly string[] = [
  ...['\n', '\r\n', '\r', '\t', ' ', '\u0000', '\uFEFF', '\uD800', '\uDC00', '\u2028', '\u0085', '😀', '\u202E', '\u001B[2J'],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\\\',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ':',
    ': ',
    ',',
    '-',
    '- ',
    '#',
    ' #',
    '?',
    '? ',
    '|',
    '>',
    '&',
    '*',
    '!',
    '%',
    '@',
    '~',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'null',
    'true',
    '1e999',
    '-0',
    '.nan',
    '0x7fffffff',
    'undefined',
  ],
];
