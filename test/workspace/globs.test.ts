import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../../prompts-schema/index.ts';
import { watched } from '../../scripts/fuzz/watched.ts';
import { fitsGlob } from '../../workspace/globs.ts';
import { wantedPrompts } from '../../workspace/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';

describe('a glob', () => {
  it.each<[string, string, boolean]>([
    ['a.prompt.yml', '*.prompt.yml', true],
    ['b.prompt.yml', '[a-c].prompt.yml', true],
    ['d.prompt.yml', '[a-c].prompt.yml', false],
    ['d.prompt.yml', '[!a-c].prompt.yml', true],
    ['p/a.prompt.yml', '*.prompt.yml', true],
    ['p/a.prompt.yml', 'p/*.prompt.yml', true],
    ['p/q/a.prompt.yml', 'p/*.prompt.yml', false],
    ['p/q/a.prompt.yml', 'p/**/*.prompt.yml', true],
    ['p/a.prompt.yml', 'p/**/*.prompt.yml', true],
    ['p/q/a.prompt.yml', 'p', true],
    ['p/q/a.prompt.yml', 'p/', true],
    ['p/q/a.prompt.yml', './p/**', true],
    ['pq/a.prompt.yml', 'p/**', false],
    ['p/a.prompt.yml', '**/a.*', true],
    ['p/a.prompt.yml', '{p,q}/?.prompt.{yml,yaml}', true],
    ['r/a.prompt.yml', '{p,q}/?.prompt.{yml,yaml}', false],
    ['p/ab.prompt.yml', 'p/?.prompt.yml', false],
    ['[a].prompt.yml', '[[]a].prompt.yml', true],
  ])('%s fits %s: %s', (path, glob, expected) => {
    expect(fitsGlob(path, glob)).toBe(expected);
  });

  it.each(['*'.repeat(5_000), '**/'.repeat(500), '{a,b}'.repeat(200), `${'*a'.repeat(2_000)}b`])(
    'of any shape is soon answered',
    (glob) => {
      expect(() => watched(() => void fitsGlob(`${'a/'.repeat(50)}${'a'.repeat(200)}`, glob))).not.toThrow();
    },
  );
});

it('prompts.include and prompts.exclude say which files of a root are prompts', async () => {
  const workspace = inMemoryWorkspace({ 'a.prompt.yml': '', 'p/b.prompt': '', 'p/old/c.prompty': '', 'p/_d.prompt': '' });
  const wanted = (prompts: { readonly include?: readonly string[]; readonly exclude?: readonly string[] }) =>
    wantedPrompts(workspace, { prompts: { ...DEFAULT_CONFIG.prompts, ...prompts } });
  expect(await wanted({})).toEqual(['a.prompt.yml', 'p/b.prompt', 'p/old/c.prompty']);
  expect(await wanted({ include: ['p/**'] })).toEqual(['p/b.prompt', 'p/old/c.prompty']);
  expect(await wanted({ include: ['p/**'], exclude: ['old'] })).toEqual(['p/b.prompt']);
  expect(await wanted({ exclude: ['**/old/**'] })).toEqual(['a.prompt.yml', 'p/b.prompt']);
});
