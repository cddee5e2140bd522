/**
 * 128-bit hash of a text as 32 hex digits, the same on every machine. Four lanes of multiply and xor-shift (the MurmurHash3
 * finaliser's constants): good spread, no cryptographic strength; it names requests and seeds noise, it protects nothing.
 */
export function hashText(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0x6a09e667 ^ text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 0x85ebca6b);
    b = c ^ Math.imul(b ^ unit, 0xc2b2ae35);
    c = d ^ Math.imul(c ^ unit, 0x27d4eb2f);
    d = a ^ Math.imul(d ^ unit, 0x165667b1);
  }
  a = finish(a ^ (c >>> 5));
  b = finish(b ^ (d >>> 7) ^ a);
  c = finish(c ^ (a >>> 3) ^ b);
  d = finish(d ^ (b >>> 11) ^ c);
  return hex(finish(a ^ d)) + hex(b) + hex(c) + hex(d);
}

function finish(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
