import { describe, expect, it } from 'vitest';
import { CancellationToken, CancellationTokenSource, LSPErrorCodes, type ResponseError } from 'vscode-languageserver/node';
import { UserError } from '../../safety/index.ts';
import { createGuard, type Guard } from '../../server/guard.ts';

function recorded(): { readonly guard: Guard; readonly logged: string[]; readonly shown: string[] } {
  const logged: string[] = [];
  const shown: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const connection = {
    console: { warn: log, error: log },
    sendNotification: async (_: unknown, { message }: { readonly message: string }) => void shown.push(message),
  };
  return { guard: createGuard(connection as unknown as Parameters<typeof createGuard>[0]), logged, shown };
}

const PARAMS = { textDocument: { uri: 'file:///a.prompt.yml' } };

describe('the guard', () => {
  it('answers a bug with the empty answer and logs method, address and stack', async () => {
    const { guard, logged, shown } = recorded();
    const handle = guard.request('textDocument/hover', 'empty', () => {
      throw new Error('boom');
    });
    expect(await handle(PARAMS, CancellationToken.None)).toBe('empty');
    expect(logged).toEqual([
      expect.stringMatching(/^textDocument\/hover file:\/\/\/a\.prompt\.yml failed \(please report this\): Error: boom\n\s+at /),
    ]);
    expect(shown).toEqual([]);
  });

  it.each([
    [true, ['a.yml:3: Mend it.']],
    [false, []],
  ])('a UserError is shown only to those who asked: %s', async (asked, expected) => {
    const { guard, logged, shown } = recorded();
    const handle = guard.request<unknown, null>(
      'x',
      null,
      () => Promise.reject(new UserError('usage', 'Mend it.', { file: 'a.yml', line: 3 })),
      { shown: asked },
    );
    expect(await handle({}, CancellationToken.None)).toBeNull();
    expect(logged).toEqual(['x: a.yml:3: Mend it.']);
    expect(shown).toEqual(expected);
  });

  it('a withdrawn request is answered as cancelled, before the work and in the middle of it', async () => {
    const { guard, logged } = recorded();
    const source = new CancellationTokenSource();
    const worked: string[] = [];
    const handle = guard.request('x', null, async (_: unknown, { check }) => {
      worked.push('begun');
      await Promise.resolve();
      check();
      worked.push('done');
      return null;
    });
    const running = handle(PARAMS, source.token);
    source.cancel();
    expect(((await running) as ResponseError).code).toBe(LSPErrorCodes.RequestCancelled);
    expect(((await handle(PARAMS, source.token)) as ResponseError).code).toBe(LSPErrorCodes.RequestCancelled);
    expect(worked).toEqual(['begun']);
    expect(logged).toEqual([]);
  });

  it('a failing notification ends nothing', async () => {
    const { guard, logged } = recorded();
    await guard.notification('y', () => Promise.reject(new Error('boom')))({});
    expect(logged).toHaveLength(1);
  });
});
