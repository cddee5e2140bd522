/** A name for a run that sorts by time: `YYYYMMDD-HHMMSS-` in UTC and six random base-32 characters. `random` gives [0, 1). */
export function newRunId(now: Date, random: () => number = Math.random): string {
  const time = now.toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
  return `${time}-${Array.from({ length: 6 }, () => BASE32.charAt(Math.floor(random() * 32))).join('')}`;
}

/** Whether the text can be a run's folder name: ids arrive from command lines and panels. */
export function isRunId(text: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(text);
}

/** Crockford's alphabet: no letter looks like a digit. */
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
