import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../engine/drift/index.ts';
import { updateHistories, updateHistory } from '../../ledger/index.ts';
import { isPromptFile } from '../../prompts-schema/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { importCommits, type TestRepository, type TreeCommit, testRepository } from '../support/gitHistories.ts';
import { oracleHistory } from '../support/historyOracle.ts';
import { inOracleWords } from '../support/oracleOf.ts';

const SEEDS = [0, 1, 2, 3, 4, 5, 6, 24, 28];
const READ_ONLY = { ...TRUSTED, write: false };

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

describe('histories drawn at random', () => {
  it.each(SEEDS)(
    'of seed %i are as the oracle reads them, alone, together and step by step',
    async (seed) => {
      const commits = drawCommits(seed);
      importCommits(repository, commits);
      const { top, git } = repository;
      const prompts = [...(commits.at(-1)?.files.keys() ?? [])].filter(isPromptFile);
      expect(prompts.length).toBeGreaterThan(0);
      const expected = new Map(prompts.map((prompt) => [prompt, oracleHistory(top, prompt)]));

      const fresh = openWorkspace({ root: top, capabilities: READ_ONLY });
      for (const prompt of prompts) expect(inOracleWords(await updateHistory(fresh, prompt)), prompt).toEqual(expected.get(prompt));
      const together = await updateHistories(fresh, prompts);
      for (const prompt of prompts) expect(inOracleWords(together.get(prompt)!), `${prompt}, together`).toEqual(expected.get(prompt));

      const growing = openWorkspace({ root: top, capabilities: TRUSTED });
      const line = git('rev-list', '--first-parent', '--reverse', 'main').split('\n');
      for (const [at, commit] of line.entries()) {
        if (at % 5 !== seed % 5 && at !== line.length - 1) continue;
        git('reset', '-q', '--hard', commit);
        const there = await growing.promptFiles();
        const histories = await updateHistories(growing, there);
        for (const prompt of there) expect(inOracleWords(histories.get(prompt)!), `${prompt} at ${at}`).toEqual(oracleHistory(top, prompt));
      }
    },
    60_000,
  );
});

/** Edits, reverts, renames, removals, branches and merges of every kind. */
function drawCommits(seed: number): readonly TreeCommit[] {
  const random = seededRandom(`history ${seed}`);
  const pick = <T>(of: readonly T[]): T => of[random.below(of.length)]!;
  const first = new Map([
    ['p/one.prompt.yml', promptText({ schema: './one.schema.json' })],
    ['p/two.prompt.yml', promptText({})],
    ['p/one.schema.json', schemaText(0)],
    ['p/ask.prompt', '---\nmodel: openai/m0\n---\n{{>style}}\nAnswer: {{text}}\n'],
    ['p/_style.prompt', 'Be short. {{>tone}}\n'],
    ['notes.txt', 'notes\n'],
  ]);
  const commits: TreeCommit[] = [{ files: first, parents: [] }];
  let heads = [0];
  const add = (files: ReadonlyMap<string, string>, parents: readonly number[]): number => commits.push({ files, parents }) - 1;
  const merge = (ours: number, theirs: number): number => {
    const [a, b] = [commits[ours]!.files, commits[theirs]!.files];
    const way = random.below(5);
    if (way === 0) return add(a, [ours, theirs]);
    if (way === 1) return add(b, [ours, theirs]);
    const mixed = new Map<string, string>();
    for (const file of new Set([...a.keys(), ...b.keys()])) {
      const text = pick([a.get(file), b.get(file)]);
      if (text !== undefined) mixed.set(file, text);
    }
    for (const [file, text] of a) if (![...mixed.keys()].some((each) => each.endsWith('.prompt.yml'))) mixed.set(file, text);
    return add(way === 2 ? step(mixed) : mixed, [ours, theirs]);
  };
  const step = (before: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
    const files = new Map(before);
    const prompts = [...files.keys()].filter((file) => file.endsWith('.prompt.yml'));
    const prompt = pick(prompts);
    const text = files.get(prompt)!;
    const move = (file: string, to: string): void => {
      const moved = files.get(file)!;
      files.delete(file);
      files.set(to, moved);
    };
    switch (random.below(16)) {
      case 0:
        files.set('notes.txt', `notes ${random.below(1000)}\n`);
        break;
      case 1:
        files.set(prompt, text.replace(/^version: .*$/m, `version: 1.${random.below(4)}.0`));
        break;
      case 2:
        files.set(prompt, text.replace(/^model: .*$/m, `model: openai/m${random.below(3)}`));
        break;
      case 3:
        files.set(prompt, text.replace(/temperature: .*$/m, `temperature: 0.${random.below(4)}`));
        break;
      case 4:
        files.set(prompt, `${text}# seen ${random.below(9)}\n`);
        break;
      case 5:
        for (const file of files.keys()) if (file.endsWith('.schema.json')) files.set(file, schemaText(random.below(4)));
        break;
      case 6: {
        const to = `p/${pick(['one', 'two', 'three', 'One'])}.prompt.yml`;
        if (!files.has(to)) move(prompt, to);
        break;
      }
      case 7: {
        const from = prompt.slice(0, prompt.indexOf('/'));
        const to = pick(['p', 'q', 'q r']);
        if (from !== to)
          for (const file of [...files.keys()]) if (file.startsWith(`${from}/`)) move(file, `${to}${file.slice(from.length)}`);
        break;
      }
      case 8:
        if (prompts.length > 1) files.delete(prompt);
        break;
      case 9:
        files.set(`p/${pick(['one', 'two', 'four'])}.prompt.yml`, promptText({ say: `say ${random.below(3)}` }));
        break;
      case 10:
        files.set(prompt, text.replaceAll('\r\n', '\n').replaceAll('\n', pick(['\n', '\r\n'])));
        break;
      case 11: {
        const old = pick(commits).files.get(prompt);
        if (old !== undefined) files.set(prompt, old);
        break;
      }
      case 12:
      case 13:
      case 14: {
        const partial = `${pick(['', 'p/', 'q/'])}_${pick(['style', 'tone'])}.prompt`;
        if (files.has(partial) && random.below(3) === 0) files.delete(partial);
        else files.set(partial, `Be ${pick(['short', 'long', 'kind'])}.${pick(['', ' {{>tone}}'])}\n`);
        break;
      }
      default:
        files.set(prompt, text.replace(/say \d+/, `say ${random.below(5)}`));
    }
    return files;
  };
  for (let at = 0; at < 30; at++) {
    const head = pick(heads);
    const kind = random.below(10);
    if (kind === 0 && heads.length < 3) heads.push(add(step(commits[head]!.files), [head]));
    else if (kind <= 2 && heads.length > 1) {
      const other = pick(heads.filter((each) => each !== head));
      heads = [...heads.filter((each) => each !== head && each !== other), merge(head, other)];
      if (random.below(2)) heads.push(other);
    } else heads = [...heads.filter((each) => each !== head), add(step(commits[head]!.files), [head])];
  }
  while (heads.length > 1) {
    const [one = 0, other = 0, ...rest] = heads;
    heads = [merge(one, other), ...rest];
  }
  // `main` is the last commit.
  add(step(commits[heads[0]!]!.files), [heads[0]!]);
  return commits;
}

function promptText({ schema, say = 'say 0' }: { readonly schema?: string; readonly say?: string }): string {
  return `name: drawn
version: 1.0.0
model: openai/m0
modelParameters:
  temperature: 0.1
messages:
  - role: system
    content: Answer shortly, and ${say} in your answer.
  - role: user
    content: |
      Here is the text that somebody wrote.
      {{text}}
${schema === undefined ? '' : `jsonSchema: { file: ${schema} }\n`}`;
}

function schemaText(seed: number): string {
  return `${JSON.stringify({ type: 'object', properties: { [`field_${seed}`]: { type: 'string' } } }, undefined, 2)}\n`;
}
