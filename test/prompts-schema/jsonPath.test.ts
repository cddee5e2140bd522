import { describe, expect, it } from 'vitest';
import { parseCasePath, parseJsonPath, selectPath } from '../../prompts-schema/index.ts';
import type { Json } from '../../safety/index.ts';

const value: Json = { team: 'it', items: [{ 'the name': 'a', n: 1 }, { 'the name': 'b' }], "it's": 1, größe: 2, a: [[1, 2], [3]] };

describe('selectPath', () => {
  it.each<[string, readonly Json[]]>([
    ['$', [value]],
    ['$.team', ['it']],
    ['$.items[1]["the name"]', ['b']],
    ["$.items[*]['the name']", ['a', 'b']],
    ['$.items[*].n', [1]],
    ["$['it\\'s']", [1]],
    ['$.größe', [2]],
    ['$.a[*][*]', [1, 2, 3]],
    ['$.team.x', []],
    ['$.items[9]', []],
    ['$.items.length', []],
    ['$.constructor', []],
    ['$.__proto__', []],
    ['$[0]', []],
  ])('%s', (text, expected) => {
    const path = parseJsonPath(text);
    if ('error' in path) throw new Error(path.error);
    expect(selectPath(value, path)).toEqual(expected);
  });
});

describe('paths that cannot be read', () => {
  it.each([
    ['', 0],
    ['team', 0],
    ['$team', 1],
    ['$.a..b', 3],
    ['$.a.', 3],
    ['$.a[', 3],
    ['$.a[-1]', 3],
    ['$.a["x]', 3],
    ['$.a[?(@.x)]', 3],
    ['$.a b', 3],
  ])('%j', (text, at) => expect(parseJsonPath(text)).toMatchObject({ error: expect.stringMatching(/\.$/), at }));
});

describe('parseCasePath', () => {
  it.each<[string, object]>([
    ['ticket', { path: ['ticket'] }],
    ['expected.items[0].name', { path: ['expected', 'items', 0, 'name'] }],
    ["['a b'].c", { path: ['a b', 'c'] }],
    ['', { at: 0 }],
    ['$.a', { at: 0 }],
    ['a..b', { at: 1 }],
    ['a[*]', { at: 1 }],
  ])('%j', (text, expected) => expect(parseCasePath(text)).toMatchObject(expected));
});
