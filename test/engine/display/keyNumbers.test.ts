import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf } from '../../../engine/drift/display/codedText.ts';
import { type KeyOf, keyNumbers } from '../../../engine/drift/display/keyNumbers.ts';

describe.each([
  ['', () => keyNumbers()],
  [', also where all have one hash', () => keyNumbers(() => 7)],
  [', also where many have one hash', () => keyNumbers((_codes, from, to) => (to - from) % 3)],
])('a number for each text%s', (_name, numbers: () => KeyOf) => {
  it('equal for equal texts alone, from 0 in the order in which they come', () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('a', 'b', 'a,b', '\ud83d')), { maxLength: 150 }),
        (texts) => {
          const keyOf = numbers();
          const order = [...new Set(texts)];
          expect(texts.map((text) => keyOf(codesOf(text)))).toEqual(texts.map((text) => order.indexOf(text)));
        },
      ),
    ));

  it('a part of a text is as good as that text alone', () => {
    const keyOf = numbers();
    const codes = codesOf('to be or not to be');
    expect([keyOf(codes, 0, 5), keyOf(codes, 13), keyOf(codesOf('to be')), keyOf(codes, 6, 8)]).toEqual([0, 0, 0, 1]);
  });

  it('for thousands of texts', () => {
    const keyOf = numbers();
    const texts = Array.from({ length: 3000 }, (_, at) => codesOf(`line ${at}`));
    expect(texts.map((codes) => keyOf(codes))).toEqual(texts.map((_, at) => at));
    expect(texts.map((codes) => keyOf(codes))).toEqual(texts.map((_, at) => at));
  });
});
