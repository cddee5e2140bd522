import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../engine/drift/cases/random.ts';
import { findSecrets } from '../../lint/secrets/findSecrets.ts';
import { madeUpSecret } from './mutations/securityMutations.ts';

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz3456789';
const random = seededRandom('secrets');
const some = (length: number, letters = LETTERS): string =>
  Array.from({ length }, () => letters.charAt(random.below(letters.length))).join('');
const HEX = '3456789abcdef';

const REAL: readonly (readonly [kind: string, secret: string])[] = [
  ['an Anthropic key', `sk-ant-api03-${some(95)}`],
  ['an OpenAI key', `sk-proj-${some(64)}`],
  ['an OpenAI key', `sk-${some(20)}T3BlbkFJ${some(20)}`],
  ['an API key', `sk-${some(48)}`],
  ['an OpenRouter key', `sk-or-v1-${some(64, HEX)}`],
  ['an AWS access key', `AKIA${some(16, 'ABCDEFGHJKLMNPQRSTUVWXYZ234567')}`],
  ['a GitHub token', `ghp_${some(36)}`],
  ['a GitHub token', `github_pat_${some(22)}_${some(59)}`],
  ['a GitLab token', `glpat-${some(20)}`],
  ['a Slack token', `xoxb-${some(12, '3456789')}-${some(12, '3456789')}-${some(24)}`],
  ['a Google API key', `AIza${some(35)}`],
  ['a Groq key', `gsk_${some(52)}`],
  ['a Hugging Face token', `hf_${some(34)}`],
  ['an npm token', `npm_${some(36)}`],
  ['a Stripe key', `sk_live_${some(24)}`],
  ['a SendGrid key', `SG.${some(22)}.${some(43)}`],
  ['a JSON Web Token', `eyJhbGciOiJIUzI1NiJ9${some(4)}.eyJ${some(40)}.${some(43)}`],
];

/** Text that people write in prompts and datasets, and that is none. */
const HARMLESS: readonly string[] = [
  'Use the key sk-EXAMPLE or sk-your-key-here, never a real one.',
  'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  'sk-ant-api03-...',
  'task-management-for-the-whole-organisation-and-its-branches-in-all-countries',
  'risk-assessment-of-the-desk-and-of-everything-that-belongs-to-it',
  'The commit 9fceb02d0ae598e95dc970b74767f19372d61af8 broke it, 4b825dc642cb6eb9a060e54bf8d69288fbee4904 did not.',
  'id: 550e8400-e29b-41d4-a716-446655440000',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4',
  'https://example.com/a/b?token={{token}} and https://user:{{password}}@host',
  'postgres://user:password@localhost:5432/db',
  '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----',
  'Answer with `-----BEGIN PRIVATE KEY-----` when asked how such a file begins.',
  'My order number is LM-403871 and the IBAN is DE89 3704 0044 0532 0130 00.',
  'eyJhbGciOiJIUzI1NiJ9 is how a token begins.',
  'SKU SK1234567890 costs £219.',
  `AWS_SECRET_ACCESS_KEY=\${AWS_SECRET_ACCESS_KEY}`,
  'xoxb-your-token',
];

describe('findSecrets', () => {
  it.each(REAL)('finds %s wherever it stands', (kind, secret) => {
    for (const text of [secret, `key: "${secret}"`, `The key is ${secret}, keep it.`, `{"a":"${secret}"}`, `a\n${secret}\nb`]) {
      const found = findSecrets(text);
      expect(
        found.map((one) => one.kind),
        text,
      ).toEqual([kind]);
      expect(text.slice(found[0]?.start, found[0]?.end)).toBe(secret);
    }
  });

  it('finds a private key by its first line, and a password in an address by itself', () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${some(64)}\n-----END RSA PRIVATE KEY-----`;
    expect(findSecrets(key)).toMatchObject([{ kind: 'a private key', start: 0 }]);
    expect(findSecrets(key.replaceAll('\n', '\\n'))).toHaveLength(1);
    const address = 'postgres://app:Zx9vK2mQ7t@db.internal:5432/main';
    expect(findSecrets(address).map(({ start, end }) => address.slice(start, end))).toEqual(['Zx9vK2mQ7t']);
  });

  it.each(HARMLESS)('leaves %j alone', (text) => expect(findSecrets(text)).toEqual([]));

  it('finds every key that is made up', () => {
    for (let seed = 0; seed < 200; seed++) expect(findSecrets(`x ${madeUpSecret(seededRandom(seed))} y`), String(seed)).toHaveLength(1);
  });

  it('reads a megabyte of anything quickly', () => {
    const started = performance.now();
    for (const text of [
      'sk-'.repeat(300_000),
      'eyJ'.repeat(300_000),
      'a://b:'.repeat(150_000),
      'AKIA'.repeat(200_000),
      'aws_key'.repeat(100_000),
      'eyJ-'.repeat(250_000),
      'sk-ant-'.repeat(150_000),
      'xoxb-'.repeat(200_000),
      '-----BEGIN '.repeat(90_000),
    ])
      findSecrets(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
