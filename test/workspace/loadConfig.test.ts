import { expect, it } from 'vitest';
import { loadConfig } from '../../workspace/index.ts';
import { inMemoryWorkspace } from '../support/inMemoryWorkspace.ts';

it('gives defaults without a file, the file when there is one, and notices a change', async () => {
  const workspace = inMemoryWorkspace({});
  const none = await loadConfig(workspace);
  expect(none).toMatchObject({ issues: [] });
  expect(none.path).toBeUndefined();
  workspace.set('evenkeel.yml', 'defaults: { model: a/b }');
  const first = await loadConfig(workspace);
  expect(first).toMatchObject({ path: 'evenkeel.yml', config: { defaults: { model: 'a/b' } }, issues: [] });
  expect(await loadConfig(workspace)).toBe(first);
  workspace.set('evenkeel.yml', 'defaults: { model: a/c }');
  expect((await loadConfig(workspace)).config.defaults.model).toBe('a/c');
  workspace.set('evenkeel.yml', undefined);
  expect((await loadConfig(workspace)).path).toBeUndefined();
});

it('keeps the defaults and says what is wrong with a file that is broken or unreadable', async () => {
  const broken = await loadConfig(inMemoryWorkspace({ 'evenkeel.yml': 'defaults: [' }));
  expect(broken.config.defaults.concurrency).toBe(8);
  expect(broken.issues.length).toBeGreaterThan(0);
  const binary = await loadConfig(inMemoryWorkspace({ 'evenkeel.yml': '\0' }));
  expect(binary.issues).toMatchObject([{ code: 'schema.syntax', message: expect.stringContaining('UTF-8') }]);
});
