import { describe, expect, it } from 'vitest';
import { createRedactor, REDACTED } from '../../safety/index.ts';

const SECRETS = ['k€y-with-ünicode/and+slash=', 'plain-key-123456', 'with "quotes" and \n line', 'p%41ss', 'abcd'];

describe('the redactor', () => {
  it.each(SECRETS)('keeps %j out in every form', (secret) => {
    const redactor = createRedactor([secret]);
    const bytes = Buffer.from(secret, 'utf8');
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      bytes.toString('hex'),
    ];
    for (const form of forms) {
      const clean = redactor.redact(`before ${form} after`);
      expect(clean).not.toContain(form);
      expect(clean).toContain('before ');
      expect(clean).toContain(' after');
    }
  });

  it('knows the shapes of provider keys, and leaves ordinary text alone', () => {
    const redactor = createRedactor();
    for (const key of [`sk-${'a1B2'.repeat(10)}`, `sk-ant-${'x'.repeat(40)}`, `AIza${'b'.repeat(35)}`, `ghp_${'c'.repeat(36)}`])
      expect(redactor.redact(`key ${key}!`)).toBe(`key ${REDACTED}!`);
    const text = 'task-list, risk-averse, sk-short, Bearer of news, https://example.org/a?b=c';
    expect(redactor.redact(text)).toBe(text);
  });

  it('goes through plain data, keys included, and does not change what it was given', () => {
    const redactor = createRedactor(['s3cret-value']);
    const given = { a: ['x s3cret-value y', 1, null, true], 's3cret-value': { b: 's3cret-value' } };
    expect(redactor.redactDeep(given)).toEqual({ a: [`x ${REDACTED} y`, 1, null, true], [REDACTED]: { b: REDACTED } });
    expect(given.a[0]).toBe('x s3cret-value y');
  });

  it('the longest secret goes first, so that no rest of it stays', () => {
    expect(createRedactor(['abcd', 'abcdefgh']).redact('abcdefgh')).toBe(REDACTED);
  });
});
