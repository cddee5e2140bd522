/**
 * The draw number of a request: header `x-evenkeel-draw`, an unsigned integer or hex digits with or without `0x`. Digits are compared
 * as written, without leading zeros: '7' and '007' are one draw, '10' and '0xa' are two. Absent or empty = '0'; anything else is undefined.
 */
export function readDraw(header: string | undefined): string | undefined {
  const written = (header ?? '').trim().toLowerCase();
  if (written === '') return '0';
  const digits = /^(?:0x)?([0-9a-f]{1,64})$/.exec(written)?.[1];
  return digits === undefined ? undefined : digits.replace(/^0+(?=.)/, '');
}
