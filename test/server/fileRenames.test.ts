import { describe, expect, it } from 'vitest';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { openServer } from './support/client.ts';

const FILES = {
  'p/a.prompt.yml':
    'messages: []\ndataset: ./cases.csv\njsonSchema: { file: "../schemas/a.json" }\nevaluators:\n  - { path: $.a, oneOf: { file: teams.json } }\n',
  'p/b.prompt': '{{>tail}} {{> shared/style}}\n',
  'p/_tail.prompt': 'x\n',
  'p/shared/_style.prompt': 'y\n',
  'p/cases.csv': 'a\n1\n',
  'p/teams.json': '[]\n',
  'schemas/a.json': '{}\n',
  'p/a.prompt.yml.lock': '{}\n',
  'p/__baselines__/a.prompt.yml@sandbox%2Fx.json': '{}\n',
  'p/__baselines__/a.prompt.yml.reviews.jsonl': '',
  'p/__baselines__/b.prompt@sandbox%2Fx.json': '{}\n',
};

async function renamed(...renames: readonly (readonly [string, string])[]): Promise<Readonly<Record<string, string>>> {
  await using server = await openServer({ files: FILES });
  const files = renames.map(([from, to]) => ({ oldUri: server.uri(from), newUri: server.uri(to) }));
  const edit = await server.connection.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', { files });
  expect(server.failures).toEqual([]);
  return edit ? server.applied(edit) : {};
}

describe('renamed files', () => {
  it('a dataset, a schema and a file of an evaluator are found again, as they were written', async () => {
    expect(await renamed(['p/cases.csv', 'data/c.csv'], ['schemas/a.json', 'schemas/b.json'], ['p/teams.json', 'p/t.json'])).toEqual({
      'p/a.prompt.yml':
        'messages: []\ndataset: ../data/c.csv\njsonSchema: { file: "../schemas/b.json" }\nevaluators:\n  - { path: $.a, oneOf: { file: t.json } }\n',
    });
  });

  it('a partial has its new name where it is put in', async () => {
    expect(await renamed(['p/_tail.prompt', 'p/_foot.prompt'], ['p/shared/_style.prompt', '_style.prompt'])).toEqual({
      'p/b.prompt': '{{>foot}} {{> style}}\n',
    });
  });

  it('a prompt takes its lock file, baselines and reviews along, and its paths lead where they led', async () => {
    expect(await renamed(['p/a.prompt.yml', 'q/deep/triage.prompt.yml'])).toEqual({
      'p/a.prompt.yml':
        'messages: []\ndataset: ../../p/cases.csv\njsonSchema: { file: "../../schemas/a.json" }\nevaluators:\n  - { path: $.a, oneOf: { file: ../../p/teams.json } }\n',
      'p/a.prompt.yml.lock': '→ q/deep/triage.prompt.yml.lock',
      'p/__baselines__/a.prompt.yml@sandbox%2Fx.json': '→ q/deep/__baselines__/triage.prompt.yml@sandbox%2Fx.json',
      'p/__baselines__/a.prompt.yml.reviews.jsonl': '→ q/deep/__baselines__/triage.prompt.yml.reviews.jsonl',
    });
  });

  it('a folder with everything in it: only what leads out of it changes', async () => {
    expect(await renamed(['p', 'prompts/p'])).toEqual({
      'p/a.prompt.yml': FILES['p/a.prompt.yml'].replace('../schemas', '../../schemas'),
    });
  });

  it('a file that no prompt names changes nothing', async () => {
    expect(await renamed(['x.txt', 'y.txt'])).toEqual({});
  });
});
