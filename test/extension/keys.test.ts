import { describe, expect, it } from 'vitest';
import { keyOwnerName } from '../../extension/evals/keyOwnerName.ts';
import { type KeyOwner, KeyStore, originOf, type SecretStore } from '../../extension/evals/keys.ts';
import type { KeyNeed } from '../../protocol/index.ts';

const OPENAI = { provider: 'openai', origin: 'https://api.openai.com' };
const need = (owner: KeyOwner, more: Partial<KeyNeed> = {}): KeyNeed => ({
  ...owner,
  isDefaultOrigin: true,
  envName: 'OPENAI_API_KEY',
  required: true,
  ...more,
});

/** Addresses that a hostile evenkeel.yml could name for `openai`, to get the key that belongs to api.openai.com. */
const LOOK_ALIKES = [
  'https://api.openai.com.evil.test',
  'https://api.openai.com@evil.test',
  'https://api.openai.com:444',
  'http://api.openai.com',
  'https://API.0PENAI.com',
  'https://api-openai.com',
  'https://xn--pi-openai-xyz.com',
  'https://арі.openai.com',
  'https://openai.com',
  'https://api.openai.com%2eevil.test',
  'https://evil.test/api.openai.com',
  'https://evil.test#https://api.openai.com',
  'https://evil.test?https://api.openai.com',
  'https://evil.test\\@api.openai.com',
  'ftp://api.openai.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'null',
  '',
  'not an address',
];

describe('keys', () => {
  it('a stored key goes to its own provider and origin without a question', async () => {
    const { store, asked, questions } = world();
    await store.set(OPENAI, 'sk-1');
    expect(await store.collect([need(OPENAI)], questions)).toEqual({ ok: true, keys: [{ ...OPENAI, key: 'sk-1' }] });
    expect(asked).toEqual([]);
  });

  it.each(LOOK_ALIKES)('never to %j', async (origin) => {
    const { store, asked, questions } = world({ allow: false });
    await store.set(OPENAI, 'sk-secret');
    const result = await store.collect([need({ provider: 'openai', origin }, { isDefaultOrigin: false })], questions);
    expect(JSON.stringify(result)).not.toContain('sk-secret');
    expect(result.ok).toBe(false);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('evenkeel.yml of this folder sends the key for openai to');
  });

  it('an origin that the folder names is asked about before a key is, even if the provider has one', async () => {
    const { store, asked, questions } = world({ entered: 'sk-2' });
    await store.set(OPENAI, 'sk-1');
    const gateway = { provider: 'openai', origin: 'https://gateway.example' };
    const result = await store.collect([need(gateway, { isDefaultOrigin: false })], questions);
    expect(result).toEqual({ ok: true, keys: [{ ...gateway, key: 'sk-2' }] });
    expect(asked).toEqual([
      'evenkeel.yml of this folder sends the key for openai to https://gateway.example. Allow?',
      'key for openai at https://gateway.example',
    ]);
    expect(await store.get(OPENAI)).toBe('sk-1');
    asked.length = 0;
    await store.collect([need(gateway, { isDefaultOrigin: false })], questions);
    expect(asked).toEqual([]);
  });

  it('a connection without encryption is said', async () => {
    const { store, asked, questions } = world({ allow: false });
    await store.collect([need({ provider: 'shop', origin: 'http://10.0.0.5:8000' }, { isDefaultOrigin: false })], questions);
    expect(asked[0]).toContain('not encrypted');
  });

  it('each missing key is asked for once; without it the run does not start', async () => {
    const { store, asked, questions } = world({ entered: undefined });
    expect(await store.collect([need(OPENAI), need(OPENAI)], questions)).toEqual({ ok: false, missing: OPENAI });
    expect(asked).toEqual(['key for openai at https://api.openai.com']);
  });

  it('a server that may do without a key is not asked about, and gets one that is stored', async () => {
    const { store, asked, questions } = world();
    const local = { provider: 'workshop', origin: 'http://localhost:11434' };
    const wanted = [need(local, { required: false, isDefaultOrigin: false })];
    expect(await store.collect(wanted, questions)).toEqual({ ok: true, keys: [] });
    await store.set(local, 'token');
    expect(await store.collect(wanted, questions)).toEqual({ ok: true, keys: [{ ...local, key: 'token' }] });
    expect(asked).toEqual([]);
  });

  it('lists owners without keys, and forgets a key that is removed', async () => {
    const { store, secrets } = world();
    await store.set(OPENAI, 'sk-1');
    await store.set({ provider: 'openai', origin: 'https://API.openai.com:443/v1' }, 'sk-2');
    expect(await store.owners()).toEqual([OPENAI]);
    expect(await store.get(OPENAI)).toBe('sk-2');
    await store.remove(OPENAI);
    expect(await store.owners()).toEqual([]);
    expect(JSON.stringify([...secrets])).not.toContain('sk-');
  });

  it('a provider name cannot be made to mean another owner', async () => {
    const { store } = world();
    await store.set(OPENAI, 'sk-1');
    for (const provider of ['openai"', 'openai","https://api.openai.com', '__proto__'])
      expect(await store.get({ provider, origin: 'https://api.openai.com' })).toBeUndefined();
  });

  describe('of deployments', () => {
    const canary = { provider: 'environment:canary', origin: 'https://api.openai.com' };

    it('are taken in the background where they are there, and nothing is asked', async () => {
      const { store, asked } = world();
      await store.set(canary, 'token');
      const eu = { provider: 'environment:eu', origin: canary.origin };
      expect(await store.stored([need(canary), need(eu), need(canary)])).toEqual([{ ...canary, key: 'token' }]);
      expect(asked).toEqual([]);
    });

    it.each(LOOK_ALIKES)('never for %j', async (origin) => {
      const { store } = world();
      await store.set(canary, 'token');
      expect(await store.stored([need({ provider: canary.provider, origin }, { isDefaultOrigin: false })])).toEqual([]);
    });

    it('are asked for after the address, which the folder named, once for the two keys of a source', async () => {
      const { store, asked, questions } = world();
      const parts = ['publicKey', 'secretKey'].map((part) => ({ provider: `environment:e%20u#${part}`, origin: 'https://lf.example' }));
      expect(
        await store.ask(
          parts.map((owner) => need(owner, { isDefaultOrigin: false })),
          questions,
        ),
      ).toBe(true);
      expect(asked).toEqual([
        'evenkeel.yml of this folder sends the key for environment e u (public key) to https://lf.example. Allow?',
        'key for environment:e%20u#publicKey at https://lf.example',
        'key for environment:e%20u#secretKey at https://lf.example',
      ]);
      expect(await store.owners()).toEqual(parts);
    });

    it('are not kept where the address is refused or the person leaves', async () => {
      for (const given of [{ allow: false }, { entered: undefined }, { entered: '  ' }]) {
        const { store, questions } = world(given);
        expect(await store.ask([need(canary, { isDefaultOrigin: false })], questions)).toBe(false);
        expect(await store.owners()).toEqual([]);
      }
    });

    it.each([
      ['openai', 'openai'],
      ['environment:canary', 'environment canary'],
      ['environment:a%23b#secretKey', 'environment a#b (secret key)'],
      ['environment:%', 'environment %'],
    ])('%s reads %s', (provider, name) => expect(keyOwnerName(provider)).toBe(name));
  });

  it.each([
    ['https://api.openai.com/v1/', 'https://api.openai.com'],
    ['HTTPS://Models.Example.com:8443', 'https://models.example.com:8443'],
    ['http://localhost:11434/v1', 'http://localhost:11434'],
    ['https://user:pass@example.com', undefined],
    ['ftp://example.com', undefined],
    ['example.com', undefined],
  ])('the origin of %s', (address, origin) => expect(originOf(address)).toBe(origin));
});

function world(options: { allow?: boolean; entered?: string | undefined } = {}) {
  const { allow = true } = options;
  const entered = 'entered' in options ? options.entered : 'typed';
  const secrets = new Map<string, string>();
  const asked: string[] = [];
  const storage: SecretStore = {
    get: async (name) => secrets.get(name),
    store: async (name, value) => void secrets.set(name, value),
    delete: async (name) => void secrets.delete(name),
  };
  const questions = {
    allowOrigin: async (question: string) => {
      asked.push(question);
      return allow;
    },
    enterKey: async ({ provider, origin }: KeyOwner) => {
      asked.push(`key for ${provider} at ${origin}`);
      return entered;
    },
  };
  return { store: new KeyStore(storage), secrets, asked, questions };
}
