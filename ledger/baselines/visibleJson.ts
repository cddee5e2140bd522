/**
 * JSON whose text hides nothing from who reads it in a pull request: characters that are invisible or turn the direction of writing
 * stand as escapes. Reads back as the same value. Keys keep their order; `indent` is JSON.stringify's.
 */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** C1 controls, soft hyphen, bidirectional marks and overrides, zero-width space, line and paragraph separators, tags. Joiners stay: scripts and emoji need them. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
