import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, fingerprintPrompt, parsePrompt, sha256Hex } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';

interface Vectors {
  readonly groups: readonly {
    readonly name: string;
    readonly fingerprint: string;
    readonly parts: { readonly [part: string]: string };
    readonly texts: readonly string[];
  }[];
  readonly canonicalJson: readonly { readonly json: string; readonly canonical: string; readonly sha256: string }[];
}

const file = path.resolve(import.meta.dirname, '../fixtures/fingerprints.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

describe('frozen fingerprints: every text of a group has the same one', () => {
  for (const { name, fingerprint, parts, texts } of vectors.groups)
    it.each(texts)(`${name}: %j`, (text) => {
      const document = parsePrompt(text);
      expect(document.issues.filter(({ code }) => code !== 'schema.unknown-key')).toEqual([]);
      expect(fingerprintPrompt(document)).toEqual({ fingerprint, parts });
    });

  it('differ from group to group', () => {
    expect(new Set(vectors.groups.map(({ fingerprint }) => fingerprint)).size).toBe(vectors.groups.length);
  });

  it('follow a reference to what it holds', () => {
    const head = 'messages:\n  - { role: user, content: a }\n';
    const inline = fingerprintPrompt(parsePrompt(`${head}jsonSchema: { type: object }\ntools: [{ name: f }]\n`));
    const files = parsePrompt(`${head}jsonSchema: { file: ./s.json }\ntools: { file: ./t.json }\n`);
    const resolved = { outputSchema: { name: 'x', strict: undefined, schema: { type: 'object' } }, tools: [{ name: 'f' }] };
    expect(fingerprintPrompt(files, resolved)).toEqual(inline);
    expect(fingerprintPrompt(files)).not.toEqual(inline);
  });
});

describe('canonicalJson', () => {
  it.each(vectors.canonicalJson)('$json', ({ json, canonical, sha256 }) => {
    expect(canonicalJson(JSON.parse(json) as Json)).toBe(canonical);
    expect(sha256Hex(canonical)).toBe(sha256);
  });

  it('says the same value, the same way in any order of keys', () => {
    const reversed = (value: Json): Json => {
      if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(JSON.parse(canonicalJson(json))).toEqual(json);
        expect(canonicalJson(reversed(json))).toBe(canonicalJson(json));
      }),
    );
  });
});
