import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTextAt, updateHistory } from '../../ledger/index.ts';
import { parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type TestRepository, testRepository } from '../support/gitHistories.ts';
import { oracleHistory } from '../support/historyOracle.ts';
import { inOracleWords } from '../support/oracleOf.ts';

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/history');

/** Real prompts, each a folder of its versions in their order: `<repository>/<path of the file>/<number>-<day>-<commit><ending>`. */
const histories = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isDirectory() && promptEnding(entry.name))
      .map((entry) => path.relative(corpus, path.join(entry.parentPath, entry.name)))
      .sort()
  : [];

function promptEnding(name: string): boolean {
  return /\.(?:prompt\.ya?ml|prompty|prompt)$/.test(name);
}

let repository: TestRepository;
beforeEach(() => {
  repository = testRepository();
});
afterEach(() => repository.remove());

describe.skipIf(!histories.length)(`real histories${histories.length ? '' : ' (skipped: no corpus beside the repository)'}`, () => {
  it.for(histories)('%s', async (folder, { skip }) => {
    const [, ...names] = folder.split(path.sep);
    const promptId = names.join('/');
    const format = promptFormatOf(promptId);
    if (!format) return skip(`${promptId} is of a format that is not read yet`);
    const versions = readdirSync(path.join(corpus, folder)).sort();
    const texts: string[] = [];
    for (const version of versions) {
      texts.push(readFileSync(path.join(corpus, folder, version), 'utf8'));
      repository.write(promptId, texts.at(-1) ?? '');
      repository.commit(version);
    }
    const workspace = openWorkspace({ root: repository.top, capabilities: TRUSTED });
    const history = await updateHistory(workspace, promptId);
    expect(inOracleWords(history)).toEqual(oracleHistory(repository.top, promptId));
    // Every entry's text is the version that its commit was made from, byte for byte.
    for (const { commit, subject, path: of } of history.entries)
      expect(await readTextAt(workspace, commit, of)).toBe(texts[versions.indexOf(subject)]);
    expect(history.entries.at(-1)?.subject).toBe(versions[0]);
    for (const { commit, subject, broken } of history.entries) {
      const { issues, messages } = parsePrompt(texts[versions.indexOf(subject)] ?? '', format);
      expect(broken === true, commit).toBe(!messages.length || issues.some(({ code }) => code === 'schema.syntax'));
    }
  });
});
