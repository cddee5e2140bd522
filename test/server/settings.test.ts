import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/index.ts';
import { parseSettings } from '../../server/settingsStore.ts';

describe('settings from the client', () => {
  it.each<[string, unknown, object]>([
    ['nothing', null, {}],
    ['not an object', 'x', {}],
    ['a good part', { codeLens: { enabled: false } }, { codeLens: { enabled: false } }],
    ['a bad part beside a good one', { codeLens: { enabled: false }, sandbox: 7 }, { codeLens: { enabled: false } }],
    [
      'a rule with options beside one that is wrong',
      { rules: { a: { severity: 'hint', options: { points: 5 } }, b: { severity: 'loud' } } },
      { rules: { a: { severity: 'hint', options: { points: 5 } } } },
    ],
    ['a bad rule beside a good one', { rules: { a: 'off', b: 'loud' } }, { rules: { a: 'off' } }],
    ['rules that are no object', { rules: 'all' }, {}],
    ['keys that are not ours', { unknown: { deep: 1 } }, {}],
  ])('%s', (_, raw, expected) => {
    expect(parseSettings(raw)).toEqual({ ...DEFAULT_SETTINGS, ...expected });
  });
});
