import { describe, expect, it } from 'vitest';
import { openServer, type TestServer } from './support/client.ts';

/** Line, title, prompt and cases of the lenses that run cases. */
async function caseLenses(server: TestServer, file: string): Promise<readonly (readonly unknown[])[]> {
  return (await server.codeLenses(file)).flatMap(({ range, command }) => {
    if (command?.command !== 'evenkeel.runCase') return [];
    const { uri, caseId, caseIds } = command.arguments?.[0] ?? {};
    const prompt = String(uri).slice(server.uri(file).length);
    return [[range.start.line, command.title, prompt, caseIds?.length ?? (typeof caseId === 'string' ? 1 : 0)]];
  });
}

describe('lenses above cases that stand in the file', () => {
  it.each<[string, string, string, readonly (readonly unknown[])[]]>([
    [
      'the sample of a Prompty file',
      'a.prompty',
      '---\nname: a\nsample:\n  topic: cats\n---\nsystem:\nAbout {{topic}}.\n',
      [[3, '▶ Run case', '', 1]],
    ],
    [
      'the default values of a Dotprompt file',
      'a.prompt',
      '---\ninput:\n  default:\n    topic: cats\n---\nAbout {{topic}}.\n',
      [[3, '▶ Run case', '', 1]],
    ],
    [
      'cases of ours in a Dotprompt file',
      'a.prompt',
      '---\nevenkeel:\n  testData:\n    - topic: cats\n    - topic: dogs\n---\nAbout {{topic}}.\n',
      [
        [3, '▶ Run case', '', 1],
        [4, '▶ Run case', '', 1],
      ],
    ],
    [
      'tests of promptfoo: of one prompt without its name',
      'promptfooconfig.yaml',
      'prompts: ["About {{topic}}."]\ntests:\n  - vars: { topic: cats }\n  - vars:\n      topic: [dogs, owls]\n',
      [
        [2, '▶ Run case', '#prompt-1', 1],
        [3, '▶ Run 2 cases', '#prompt-1', 2],
      ],
    ],
    [
      'tests of promptfoo: of several prompts those that they are for',
      'promptfooconfig.yaml',
      'prompts: [{ label: a b, raw: "{{x}}" }, { label: c, raw: "{{x}}." }]\ntests:\n  - vars: { x: 1 }\n  - vars: { x: 2 }\n    prompts: [c]\n',
      [
        [2, '▶ Run case · a b', '#a%20b', 1],
        [2, '▶ Run case · c', '#c', 1],
        [3, '▶ Run case · c', '#c', 1],
      ],
    ],
    [
      'tests of promptfoo in a file of their own, beside others',
      'promptfooconfig.yaml',
      'prompts: ["{{x}}"]\ntests:\n  - file://more.csv\n  - vars: { x: 1 }\n',
      [
        [2, '▶ Run 3 cases', '#prompt-1', 3],
        [3, '▶ Run case', '#prompt-1', 1],
      ],
    ],
    [
      'nothing where it would be all of them, which the lens of the prompt runs',
      'promptfooconfig.yaml',
      'prompts: ["{{x}}"]\ntests: file://more.csv\n',
      [],
    ],
    [
      'nothing for the default alone, which stands for the whole file',
      'promptfooconfig.yaml',
      'prompts: ["{{x}}"]\ndefaultTest: { vars: { x: 1 } }\n',
      [],
    ],
    [
      'nothing in a file of many prompts',
      'promptfooconfig.yaml',
      'prompts: ["1{{x}}", "2{{x}}", "3{{x}}", "4{{x}}", "5{{x}}"]\ntests: [{ vars: { x: 1 } }, { vars: { x: 2 } }]\n',
      [],
    ],
  ])('%s', async (_, file, text, expected) => {
    await using server = await openServer({ files: { 'more.csv': 'x\na\nb\nc\n' } });
    await server.open(file, text);
    expect(await caseLenses(server, file)).toEqual(expected);
    expect(server.failures).toEqual([]);
  });
});
