import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  encodeLock,
  mergeReleases,
  mergeTested,
  type ParsedLock,
  parseLock,
  type Release,
  salvageReleases,
  sealOf,
} from '../../prompts-schema/index.ts';
import { releaseOf, testedWith } from '../support/releases.ts';

const FIRST = releaseOf('1.0.0', { tested: [testedWith('openai/gpt-6-luna')] });
const SECOND = releaseOf('1.1.0', { released: '2026-11-22' });
const THIRD = releaseOf('1.2.0', { released: '2026-11-23' });

const read = (text: string): Extract<ParsedLock, { readonly status: 'read' }> => {
  const parsed = parseLock(text);
  if (parsed.status !== 'read') throw new Error(`${parsed.status}: ${parsed.message}`);
  return parsed;
};

describe('the text of a lock file', () => {
  it('is one block a release, one field a line, the newest last', () => {
    const text = encodeLock({
      releases: [
        SECOND,
        {
          ...FIRST,
          parts: { messages: 'm', tools: 't', output: 'o', parameters: 'p' },
          files: { 'b.json': 'b'.repeat(64), 'a.prompt.yml': 'a'.repeat(64) },
        },
      ],
    });
    const [head = '', first = '', second = ''] = text.split(/^(?= {2}- )/m);
    expect(head).toMatch(/^# .*`evenkeel release`.*\n# .*\nformatVersion: 1\nreleases:\n$/);
    expect(first.replace(/seal: .{16}/, 'seal: …').replaceAll(/[0-9a-f]{64}/g, (hash) => `${hash.slice(0, 4)}…`)).toBe(`  - version: 1.0.0
    fingerprint: ek1:9252…
    parts:
      messages: m
      tools: t
      output: o
      parameters: p
    files:
      a.prompt.yml: aaaa…
      b.json: bbbb…
    released: 2026-11-20
    tested:
      - model: openai/gpt-6-luna
        dataset: b277…
        cases: 50
        passed: 41
        scored: 50
        interval: { low: 0.692, high: 0.9024 }
        run: 20261120-100000-abcdef
        how: eval
        date: 2026-11-20
    seal: …
`);
    expect(second).toContain('  - version: 1.1.0\n');
    expect(second).toContain('    tested: []\n');
  });

  it('grows by lines at its end when something is released', () => {
    const before = encodeLock({ releases: [FIRST, SECOND] });
    expect(encodeLock({ releases: [FIRST, SECOND, THIRD] }).startsWith(before)).toBe(true);
  });

  it('reads back as it was, and is written the same again', () => {
    const releases = [FIRST, SECOND, { ...THIRD, prompt: 'Ticket triage' }];
    const text = encodeLock({ releases });
    expect(read(text)).toEqual({ status: 'read', lock: { releases }, unsealed: [] });
    expect(encodeLock(read(text).lock)).toBe(text);
    expect(encodeLock({ releases: [...releases].reverse() })).toBe(text);
    expect(read(encodeLock({ releases: [] })).lock.releases).toEqual([]);
  });

  it('reads back in this and in other readers of YAML, whatever texts it holds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('true', 'No', '~', '1e5', '0x1f', '12:30', '1.0', '.5', '- a', '# b', '', ' ', '__proto__', '\u2028', '\ufeff', 'é'),
      fc.stringMatching(/^[0-9e]{16}$/),
    );
    fc.assert(
      fc.property(text, text, text, (prompt, model, path) => {
        const release = releaseOf('1.0.0', {
          prompt,
          files: Object.fromEntries([[path, 'a'.repeat(64)]]),
          tested: [testedWith(`m${model}`)],
        });
        const written = encodeLock({ releases: [release] });
        const sound = (value: string): string => value.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
        const { lock, unsealed } = read(written);
        expect(unsealed).toEqual([]);
        expect(lock.releases).toEqual([release]);
        for (const version of ['1.1', '1.2'] as const) {
          const other = (parse(written, { version }) as { releases: [{ prompt: string; files: object; tested: [{ model: string }] }] })
            .releases[0];
          expect([sound(other.prompt), sound(other.tested[0].model), Object.keys(other.files).map(sound)]).toEqual([
            sound(prompt),
            sound(`m${model}`),
            [sound(path)],
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the seal', () => {
  const text = encodeLock({ releases: [FIRST, SECOND] });

  it.each<[string, string, string, readonly string[]]>([
    ['another number', 'passed: 41', 'passed: 50', ['1.0.0']],
    ['another fingerprint', SECOND.fingerprint, FIRST.fingerprint, ['1.1.0']],
    ['a field of somebody', '    released: 2026-11-22', '    note: mine\n    released: 2026-11-22', ['1.1.0']],
    ['no seal', /seal: .{16}\n$/.exec(text)?.[0] ?? '', '\n', ['1.1.0']],
    ['a comment, a blank line or other quotes, which say nothing', 'how: eval', 'how: "eval" # by CI\n', []],
  ])('tells of %s', (_, from, to, expected) => {
    expect(text).toContain(from);
    const { unsealed, lock } = read(text.replace(from, to));
    expect(unsealed.map(({ version }) => version)).toEqual(expected);
    expect(lock.releases).toHaveLength(2);
  });

  it('has the place of the release', () => {
    const edited = text.replace('passed: 41', 'passed: 50');
    const [{ range } = { range: { start: 0, end: 0 } }] = read(edited).unsealed;
    expect(edited.slice(range.start, range.end)).toMatch(/^version: 1\.0\.0[\s\S]*seal: .{16}\s*$/);
  });

  it('is another one for every other release', () => {
    const seals = [FIRST, SECOND, { ...FIRST, tested: [] }, { ...FIRST, prompt: 'x' }, { ...FIRST, released: '2026-11-21' }].map(sealOf);
    expect(new Set(seals).size).toBe(seals.length);
    expect(seals.every((seal) => /^[0-9a-f]{16}$/.test(seal))).toBe(true);
  });
});

describe('a lock file that is none', () => {
  const text = encodeLock({ releases: [FIRST, SECOND] });
  it.each<[string, string, RegExp]>([
    ['nothing', '', /empty/],
    ['a comment', '# x\n', /empty/],
    ['a list', '- 1\n', /map with/],
    ['no format', 'releases: []\n', /`formatVersion` is missing/],
    ['no releases', 'formatVersion: 1\n', /`releases` is missing/],
    ['broken YAML', text.replace('  - version', '  - [version'), /cannot be read/],
    ['a release without a fingerprint', text.replace(/ {4}fingerprint.*\n/, ''), /`releases\[0\]\.fingerprint` is missing/],
    ['a version that is none', text.replace('version: 1.1.0', 'version: latest'), /`releases\[1\]\.version` is no semantic version/],
    ['a release that is none', 'formatVersion: 1\nreleases:\n  - 3\n', /A release cannot be read/],
    [
      'one version twice, differently',
      text.replace('version: 1.1.0', 'version: 1.0.0'),
      /Two different prompts were released as 1\.0\.0: ek1:.{12}… and ek1:.{12}…/,
    ],
    ['a hash that is none', text.replace(/prompt\.prompt\.yml: .*/, 'prompt.prompt.yml: abc'), /files\.prompt\.prompt\.yml/],
    ['too deep', `formatVersion: 1\nreleases: ${'['.repeat(300)}`, /cannot be read/],
  ])('%s', (_, source, message) => {
    const parsed = parseLock(source);
    expect(parsed).toMatchObject({ status: 'invalid', message: expect.stringMatching(message) });
  });

  it('of a newer format is not looked into, whatever else it is', () => {
    for (const source of [
      'formatVersion: 2\nreleases: []\n',
      'formatVersion: 2\n{ not: [yaml\n',
      '{ "formatVersion": 17 }',
      `<<<<<<< ours\nformatVersion: 1\n=======\nformatVersion: 3\n>>>>>>> theirs\n`,
    ])
      expect(parseLock(source)).toMatchObject({ status: 'newer', message: expect.stringContaining('Update Evenkeel') });
    const parsed = parseLock('# x\nformatVersion: 2\n');
    expect(parsed.status === 'newer' && parsed.range).toEqual({ start: 4, end: 20 });
  });

  it('as a merge by union leaves it is one: a release that stands there twice counts once', () => {
    const twice = `${text}${text.slice(text.indexOf('  - version: 1.1.0'))}`;
    expect(read(twice).lock.releases).toEqual([FIRST, SECOND]);
  });
});

describe('a lock file in conflict', () => {
  const blocks = (...releases: readonly Release[]): string => encodeLock({ releases }).replace(/^[\s\S]*?releases:\n/, '');
  const head = encodeLock({ releases: [FIRST] });
  const conflicted = (ours: string, theirs: string, base?: string): string =>
    `${head}<<<<<<< HEAD\n${ours}${base === undefined ? '' : `||||||| 4f1c2ab\n${base}`}=======\n${theirs}>>>>>>> feature\n`;

  it('is merged where both sides added a release', () => {
    for (const source of [conflicted(blocks(SECOND), blocks(THIRD)), conflicted(blocks(SECOND), blocks(THIRD), '')]) {
      const parsed = parseLock(source);
      expect(parsed).toMatchObject({
        status: 'conflict',
        merged: { releases: [FIRST, SECOND, THIRD] },
        message: expect.stringContaining('can be merged'),
      });
      expect(parsed.status === 'conflict' && source.slice(parsed.range.start, parsed.range.end)).toMatch(/^<{7} HEAD[\s\S]*>{7} feature$/);
    }
  });

  it('is merged with Windows line ends, too', () => {
    expect(parseLock(conflicted(blocks(SECOND), blocks(THIRD)).replaceAll('\n', '\r\n'))).toMatchObject({
      merged: { releases: [FIRST, SECOND, THIRD] },
    });
  });

  it('is merged where both sides tested one release', () => {
    const [ours, theirs] = [testedWith('a/x'), testedWith('b/y', { run: '20261121-100000-abcdef', on: '2026-11-21' })];
    const tested = (test: typeof ours): string => blocks({ ...SECOND, tested: [test] });
    expect(parseLock(conflicted(tested(ours), tested(theirs), blocks(SECOND)))).toMatchObject({
      merged: { releases: [FIRST, { ...SECOND, tested: [ours, theirs] }] },
    });
  });

  it.each<[string, string, RegExp]>([
    [
      'one version was given to two prompts',
      conflicted(blocks(SECOND), blocks({ ...THIRD, version: '1.1.0' })),
      new RegExp(
        `released as 1\\.1\\.0: (${SECOND.fingerprint.slice(0, 16)}… and ${THIRD.fingerprint.slice(0, 16)}…|${THIRD.fingerprint.slice(0, 16)}… and ${SECOND.fingerprint.slice(0, 16)}…)`,
      ),
    ],
    ['a side was edited by hand', conflicted(blocks(SECOND).replace('2026-11-22', '2026-11-21'), blocks(THIRD)), /edited by hand/],
    ['a side is no lock file', conflicted('  - x: [\n', blocks(THIRD)), /cannot be read/],
    ['markers are missing', `${head}<<<<<<< HEAD\n${blocks(SECOND)}`, /do not fit together/],
    ['markers are in the wrong order', `${head}=======\n<<<<<<< HEAD\n>>>>>>> x\n`, /do not fit together/],
  ])('is for a person where %s', (_, source, message) => {
    expect(parseLock(source)).toMatchObject({ status: 'conflict', merged: undefined, message: expect.stringMatching(message) });
  });
});

describe('merging', () => {
  const release = fc
    .record({
      version: fc.constantFrom('1.0.0', '1.0.1', '1.1.0', '2.0.0-rc.1'),
      prompt: fc.constantFrom(undefined, 'a'),
      released: fc.constantFrom('2026-11-20', '2026-11-21'),
      tested: fc.array(
        fc.record({
          model: fc.constantFrom('a/x', 'b/y'),
          on: fc.constantFrom('2026-11-20', '2026-11-21'),
          run: fc.constantFrom('r1', 'r2'),
          how: fc.constantFrom('eval', 'review'),
          passed: fc.nat(2),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ version, prompt, released, tested }) =>
      releaseOf(version, {
        prompt,
        released,
        tested: mergeTested(
          tested.map(({ model, ...test }) => testedWith(model, test)),
          [],
        ),
      }),
    );
  const side = fc.array(release, { maxLength: 4 }).map((releases) => merged(releases, []));
  const merged = (a: readonly Release[], b: readonly Release[]): readonly Release[] => {
    const result = mergeReleases(a, b);
    if (!result.ok) throw new Error(result.message);
    return result.releases;
  };

  it('does not care which side is which, how often, and in which order', () => {
    fc.assert(
      fc.property(side, side, side, (a, b, c) => {
        expect(merged(a, b)).toEqual(merged(b, a));
        expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
        expect(merged(a, a)).toEqual(a);
        expect(merged(merged(a, b), b)).toEqual(merged(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the newer test of a model, and on one day what a person accepted', () => {
    const old = testedWith('a/x', { on: '2026-11-20', run: 'r9' });
    const accepted = testedWith('a/x', { on: '2026-11-21', run: 'r1', how: 'review' });
    const later = testedWith('a/x', { on: '2026-11-21', run: 'r2' });
    expect(mergeTested([old], [accepted])).toEqual([accepted]);
    expect(mergeTested([later], [accepted])).toEqual([accepted]);
    expect(mergeTested([testedWith('b/y')], [old])).toEqual([old, testedWith('b/y')]);
  });

  it('says which version and which fingerprints do not go together', () => {
    const result = mergeReleases([releaseOf('1.0.0')], [releaseOf('1.0.0', { of: 'another' })]);
    expect(result).toMatchObject({
      ok: false,
      version: '1.0.0',
      message: expect.stringMatching(/released as 1\.0\.0: ek1:.*… and ek1:.*…\. One of them/),
    });
  });
});

describe('what is left of a damaged lock file', () => {
  it('is every release whose seal fits, whatever stands around it', () => {
    const text = encodeLock({ releases: [FIRST, SECOND, THIRD] });
    const damaged = text.replace('formatVersion: 1', 'formatVersion: [').replace('version: 1.1.0', 'version: "1.1.0');
    expect(parseLock(damaged).status).toBe('invalid');
    expect(salvageReleases(damaged)).toEqual({ sealed: [FIRST, THIRD], unsealed: [] });
    expect(salvageReleases(text.replace('passed: 41', 'passed: 50'))).toMatchObject({
      sealed: [SECOND, THIRD],
      unsealed: [{ version: '1.0.0', tested: [{ passed: 50 }] }],
    });
  });

  it('is both sides of a conflict', () => {
    const [ours, theirs] = [releaseOf('1.1.0'), releaseOf('1.1.0', { of: 'another' })];
    const [head = '', block = ''] = encodeLock({ releases: [ours] }).split(/^(?= {2}- )/m);
    const other = encodeLock({ releases: [theirs] }).split(/^(?= {2}- )/m)[1] ?? '';
    expect(salvageReleases(`${head}<<<<<<< a\n${block}=======\n${other}>>>>>>> b\n`).sealed).toEqual([ours, theirs]);
  });
});
