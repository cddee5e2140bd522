import { describe, expect, it } from 'vitest';
import { type BumpKind, bumpSemver, compareSemver, nextVersion, parseSemver } from '../../prompts-schema/index.ts';
import { watched } from '../../scripts/fuzz/watched.ts';

describe('semantic versions', () => {
  it.each([
    ['1.4.0', { major: 1, minor: 4, patch: 0, prerelease: [] }],
    ['0.0.0', { major: 0, minor: 0, patch: 0, prerelease: [] }],
    ['2.0.0-rc.1', { prerelease: ['rc', '1'] }],
    ['1.0.0-alpha-a.b-c+build.7', { prerelease: ['alpha-a', 'b-c'] }],
    ['1.0.0+build.007', { prerelease: [] }],
    ['1.0.0-0A.is.legal', { prerelease: ['0A', 'is', 'legal'] }],
    ['1.0.0--', { prerelease: ['-'] }],
  ])('%s is one', (text, expected) => {
    expect(parseSemver(text)).toMatchObject(expected);
  });

  it.each([
    ...['', '1', '1.2', 'v1.2.3', '01.2.3', '1.02.3', '1.2.3-', '1.2.3-01', '1.2.3-a..b', '1.2.3+', '1.2.3 ', ' 1.2.3', '1.2.3\n'],
    ...['1.2.3.4', '-1.0.0', '1.2.3-ü', `1.2.3-${'a'.repeat(300)}`, '99999999999999999.0.0'],
  ])('%j is none', (text) => {
    expect(parseSemver(text)).toBeUndefined();
  });

  it('is read in time that grows with the text', () => {
    const read = (): void => {
      for (const tail of ['-'.repeat(200), '0'.repeat(200), `${'0a.'.repeat(70)}!`]) parseSemver(`1.0.0-${tail}!`);
    };
    expect(() => watched(read, 100)).not.toThrow();
  });

  it('are in the order of semver.org 11', () => {
    const order = [
      ...['no version', '0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11'],
      ...[
        '1.0.0-rc.1',
        '1.0.0',
        '1.0.1',
        '1.2.0',
        '1.10.0',
        '2.0.0-1',
        '2.0.0-100000000000000000000',
        '2.0.0-200000000000000000000',
        '2.0.0',
      ],
    ];
    for (const [at, a] of order.entries())
      for (const [other, b] of order.entries()) expect(Math.sign(compareSemver(a, b)), `${a} and ${b}`).toBe(Math.sign(at - other));
    expect(compareSemver('1.0.0+a', '1.0.0+b')).toBe(0);
  });

  it.each<[string, string, string, string]>([
    ['1.2.3', '1.2.4', '1.3.0', '2.0.0'],
    ['0.0.0', '0.0.1', '0.1.0', '1.0.0'],
    ['1.2.3-rc.1', '1.2.3', '1.3.0', '2.0.0'],
    ['1.3.0-rc.1', '1.3.0', '1.3.0', '2.0.0'],
    ['2.0.0-rc.1', '2.0.0', '2.0.0', '2.0.0'],
    ['1.2.3+build', '1.2.4', '1.3.0', '2.0.0'],
  ])('%s goes to %s, %s and %s', (version, patch, minor, major) => {
    expect((['patch', 'minor', 'major'] as const).map((kind) => bumpSemver(version, kind))).toEqual([patch, minor, major]);
    expect(bumpSemver(`v${version}`, 'patch')).toBeUndefined();
  });
});

describe('the next version', () => {
  it.each<[string | undefined, readonly string[], BumpKind, string, string]>([
    [undefined, [], 'patch', '0.1.0', 'a first release'],
    [undefined, [], 'minor', '0.1.0', 'a first release'],
    [undefined, [], 'major', '1.0.0', 'a first release that is meant to last'],
    ['1.4.0', [], 'patch', '1.4.0', 'nothing was released under the version of the file yet'],
    ['draft', [], 'minor', '0.1.0', 'a version that is none says nothing'],
    ['1.4.0', ['1.3.0', '1.4.0'], 'patch', '1.4.1', 'counted from the newest release'],
    ['1.3.0', ['1.3.0', '1.4.0'], 'minor', '1.5.0', 'also where the file is behind'],
    ['1.5.0', ['1.4.0'], 'minor', '1.5.0', 'the step was taken by hand already'],
    ['2.0.0', ['1.4.0'], 'minor', '2.0.0', 'and a larger one'],
    ['1.4.1', ['1.4.0'], 'minor', '1.5.0', 'a smaller one is not enough'],
    ['2.0.0-rc.1', ['1.4.0'], 'major', '2.0.0', 'a prerelease comes before it'],
    ['2.0.0-rc.2', ['2.0.0-rc.1'], 'major', '2.0.0', 'what a prerelease prepares'],
  ])('of %s after %j by %s is %s: %s', (written, released, kind, expected) => {
    expect(
      nextVersion(
        written,
        released.map((version) => ({ version })),
        kind,
      ),
    ).toBe(expected);
  });
});
