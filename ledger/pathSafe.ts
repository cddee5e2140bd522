import { sha256Hex } from '../prompts-schema/index.ts';

/**
 * Percent-encodes the UTF-8 bytes of everything but `a-z`, `0-9`, `.`, `_` and `-`: capitals too, because `GPT-4` and `gpt-4` are one file
 * on many disks. What stands around the result keeps it from being a reserved name or ending in a dot. What would be too long for a file
 * name ends in `~` and a hash instead.
 */
export function pathSafe(text: string): string {
  const safe = [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-z0-9._-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST - 17)}~${sha256Hex(text).slice(0, 16)}`;
}

/** File names may have 255 bytes: this leaves room for a prompt's own name. */
const LONGEST = 80;
