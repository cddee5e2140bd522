import { describe, expect, it } from 'vitest';
import { parseSide } from '../../cli/sides.ts';

describe('a side of a comparison', () => {
  it.each([
    ['baseline', { kind: 'baseline' }],
    ['baseline:anthropic/claude-haiku-4-5', { kind: 'baseline', model: 'anthropic/claude-haiku-4-5' }],
    ['working', { kind: 'workingCopy' }],
    ['model:ollama/llama3:8b', { kind: 'workingCopy', model: 'ollama/llama3:8b' }],
    ['git:main~3', { kind: 'git', ref: 'main~3' }],
    ['git:HEAD:x', { kind: 'git', ref: 'HEAD:x' }],
    ['env:production', { kind: 'environment', environment: 'production' }],
    ['env:eu west:1', { kind: 'environment', environment: 'eu west:1' }],
    ['release:1.3.0', { kind: 'release', version: '1.3.0' }],
    ['run:latest', { kind: 'run', run: 'latest' }],
    ['run:2026-11-21', { kind: 'run', run: '2026-11-21' }],
  ])('%s', (text, side) => {
    expect(parseSide(text)).toEqual(side);
  });

  it.each([
    '',
    'main',
    'git',
    'git:',
    'git: ',
    'model',
    'model:',
    'run',
    'run:',
    'env',
    'env: ',
    'release',
    'release:',
    'baseline:',
    'working:',
    'working:x',
    ':x',
    'constructor',
    '__proto__',
  ])('“%s” is none, and the message lists what is', (text) => {
    expect(() => parseSide(text)).toThrow(/is no side\. Write baseline, .*git:<revision>.*run:<id>\./);
  });
});
