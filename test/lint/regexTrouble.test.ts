import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { regexTrouble } from '../../lint/regex/regexTrouble.ts';
import { watched } from '../../scripts/fuzz/watched.ts';

/** What the engine that evaluators run on says. */
function refused(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return false;
  } catch {
    return true;
  }
}

const PATTERNS = `
a  abc  ^a$  a*  a+?  a??  a{2}  a{2,}  a{2,3}  a{,5}  a{  {  }  ]  a|b  (a)  (?:a)  (?<x>a)  (?P<x>a)  (?i)a  (?i-s:a)  (?-i)a  (?s).*
[a-z]  [^a-z]  []a]  [^]a]  [a-]  [-a]  [\\d]  [\\w-]  [[:alpha:]]  [[:^digit:]]  \\d+  \\pL  \\p{L}  \\p{Greek}  \\P{L}  \\x41  \\x{1F600}  \\011  \\Qa*b\\E  \\Q\\E  ^*  $+  \\b+  \\.  \\-  \\/
a{1000}  ((a{10}){10}){10}  (a|b{3}){4}  ^(\\d{4}-\\d{2}-\\d{2})?$
(?=a)  (?!a)  (?<=a)  (?<!a)  (?>a)  (?#c)  (?P=x)  (?x)a  (?u)a  (?y)  (?  (a  a)  [a  [  (?<x>a)(?<x>b)  (?<a-b>x)  (?<x
*a  +  ?  a|*  (*a)  a**  a++  a*+  a?+  a{2}+  a{2}{3}  a{1001}  a{2,1}  a{1,2000}  (a{100}){100}  ((a{10}){10}){11}
(a)\\1  \\1  \\k<x>  \\u0041  \\u{41}  \\cA  \\Z  \\G  \\K  \\R  \\h  \\N  \\e  \\x4  [z-a]  [a-\\d]  [\\b]  [[:foo:]]  \\
`;

describe('regexTrouble', () => {
  it.each(PATTERNS.trim().split(/\s+/))('says of %s what the engine says', (pattern) => {
    const trouble = regexTrouble(pattern);
    expect(trouble !== undefined, trouble?.message).toBe(refused(pattern));
    if (trouble) {
      expect(trouble.message).toMatch(/^[A-Z`].*\.$/s);
      expect(trouble.at + trouble.length).toBeLessThanOrEqual(pattern.length);
      expect(trouble.length).toBeGreaterThan(0);
    }
  });

  it('agrees with the engine on patterns made of its own parts', () => {
    const parts = [
      'a',
      'b',
      '.',
      '*',
      '+',
      '?',
      '{2}',
      '{3,}',
      '{40}',
      '{1001}',
      '(',
      '(?:',
      '\\Q',
      '\\E',
      '\\Qx\\E',
      '(?i)',
      '(?=',
      '(?<n>',
      ')',
      '|',
      '[',
      ']',
      '[^',
      '^',
      '$',
      '-',
      '\\d',
      '\\b',
      '\\1',
      '\\.',
      '\\',
      'é',
      '😀',
      '\\x{e9}',
      '\\n',
      '\\101',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 10 }), (chosen) => {
        const pattern = chosen.join('');
        expect(regexTrouble(pattern) !== undefined, pattern).toBe(refused(pattern));
      }),
      { numRuns: 20_000 },
    );
  });

  it('reads any text in linear time', () => {
    for (const text of ['('.repeat(100_000), '['.repeat(100_000), 'a{1'.repeat(50_000), '\\Q'.repeat(50_000), '(?<'.repeat(40_000)])
      expect(() => watched(() => void regexTrouble(text))).not.toThrow();
  });
});
