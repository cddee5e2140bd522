import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runCase } from '../../extension/commands/runCase.ts';
import { caseDetailView } from '../../extension/evals/caseDetailView.ts';
import type { Services } from '../../extension/services.ts';
import type { Sample } from '../../protocol/index.ts';
import * as fake from './fakeVscode.ts';

vi.mock('vscode', () => import('./fakeVscode.ts'));
beforeEach(fake.reset);

/** What is run for the argument of a lens, and of which prompt. */
async function ran(argument: unknown): Promise<readonly unknown[]> {
  const asked: unknown[] = [];
  const session = { run: async (selection: unknown) => asked.push(selection) };
  const sessions = {
    of: async (uri: string) => {
      asked.push(uri);
      return session;
    },
  };
  const services = { sessions, panels: { show: () => undefined } } as unknown as Services;
  await runCase(services).execute(argument);
  return asked;
}

describe('the lens above a case', () => {
  const uri = 'file:///w/a.prompty';
  it.each([
    ['runs the one that it names', { uri, caseId: 'a' }, ['a']],
    ['or all that stand there', { uri, caseIds: ['a', 'b'] }, ['a', 'b']],
  ])('%s', async (_, argument, ids) => {
    expect(await ran(argument)).toEqual([uri, { kind: 'ids', ids }]);
  });

  it('says where it is where no case is named', async () => {
    await expect(ran({ uri })).rejects.toThrow('Use “Run case” above a case in the prompt file.');
  });
});

it('the checks of a set reach the panel with their reasons', () => {
  const parts = [{ evaluator: 'javascript', status: 'unscored' as const, reason: 'It is code.', weight: 0 }];
  const scores = [
    { evaluator: 'all of it', index: 0, status: 'passed' as const, parts },
    { evaluator: 'alone', index: 1, status: 'passed' as const },
  ];
  const sample: Sample = { key: { caseId: 'a', model: 'm', repeat: 0 }, requestHash: '', attempts: 1 };
  const { samples } = caseDetailView({ caseId: 'a', variables: {}, samples: [{ sample, scores, messages: [], curl: '' }] }, undefined);
  expect(samples[0]?.scores).toEqual(scores);
});
