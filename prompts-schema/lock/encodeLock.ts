import { isJsonObject, type Json, type JsonObject } from '../../safety/index.ts';
import { canonicalOrder } from './canonicalOrder.ts';
import { LOCK_FORMAT, type LockFile, type Release } from './lockFile.ts';
import { releaseJson, sealOf } from './seal.ts';

/**
 * The text of a lock file: always the same for the same releases. Made for pull requests: a release is one block, one field a line, and a new
 * one comes last, so that a release is added lines and nothing else.
 */
export function encodeLock({ releases }: LockFile): string {
  const blocks = canonicalOrder(releases).map(encodeRelease);
  return `${HEAD}formatVersion: ${LOCK_FORMAT}\n${blocks.length ? `releases:\n${blocks.join('')}` : 'releases: []\n'}`;
}

const HEAD = `# Releases of the prompt beside this file, written by \`evenkeel release\` and by accepted drift reviews.
# Not to be edited by hand: each release is sealed. \`evenkeel release --repair\` mends a merge conflict or an edit.
`;

function encodeRelease(release: Release): string {
  const fields = { ...releaseJson(release), seal: sealOf(release) };
  return lines(fields, '    ').replace(/^ {4}/, '  - ');
}

/** The fields of a map, one a line or a block each. */
function lines(map: JsonObject, margin: string): string {
  return Object.entries(map)
    .map(([key, value]) => `${margin}${scalar(key)}:${field(value, margin)}`)
    .join('');
}

function field(value: Json, margin: string): string {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (!items.length) return ' []\n';
    return `\n${items.map((item) => (isJsonObject(item) ? lines(item, `${margin}    `).replace(/^ +/, `${margin}  - `) : '')).join('')}`;
  }
  if (!isJsonObject(value)) return ` ${typeof value === 'string' ? scalar(value) : String(value)}\n`;
  const entries = Object.entries(value);
  if (!entries.length) return ' {}\n';
  if (entries.every(([, each]) => typeof each === 'number'))
    return ` { ${entries.map(([key, each]) => `${scalar(key)}: ${String(each)}`).join(', ')} }\n`;
  return `\n${lines(value, `${margin}  `)}`;
}

/** Plain where every reader of YAML, old ones too, takes it for a text; else in double quotes. */
function scalar(text: string): string {
  return PLAIN.test(text) && !NOT_TEXT.test(text) ? text : visible(JSON.stringify(text));
}

const PLAIN = /^[A-Za-z0-9./][\w./@%+-]*(?::[\w./@%+-]+)*$/;
/** Numbers of any kind, booleans, null. */
const NOT_TEXT =
  /^(?:\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.\d[\d_]*(?:e[-+]?\d+)?|\d+(?::\d+)+|0[xob][\da-f_]+|\.(?:inf|nan)|true|false|yes|no|on|off|y|n|null)$/i;

/** What a diff would not show, or YAML not take, as an escape. */
function visible(json: string): string {
  return json.replace(/[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]/g, (character) =>
    /[\ud800-\udfff]/.test(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
