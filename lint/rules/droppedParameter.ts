import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** A parameter in a spelling that GitHub's own reader drops without a word. */
export const droppedParameter: Rule = {
  code: 'model.dropped-parameter',
  title: 'a parameter in a spelling that other readers drop',
  severity: 'hint',
  explain: explained(
    'GitHub’s web editor wrote `max_tokens` and `top_p`, and the `gh models` command reads only `maxTokens` and `topP`: it drops the others without a word. Evenkeel reads both; where other tools read the file too, the camelCase spelling is the safe one.',
    `modelParameters:
  max_tokens: 400
messages:
  - role: user
    content: Say hello.`,
    `modelParameters:
  maxTokens: 400
messages:
  - role: user
    content: Say hello.`,
  ),
  check: ({ document }) =>
    document.format !== 'native'
      ? []
      : document.parameters.flatMap(({ writtenName, name, keyRange }) => {
          if (SPELLINGS.get(writtenName) !== name) return [];
          const taken = document.parameters.some((other) => other.writtenName === name);
          return [
            {
              range: keyRange,
              message: `\`gh models\` drops \`${writtenName}\` without a word. Write \`${name}\`, which every reader knows.`,
              data: { parameter: name },
              fixes: taken ? [] : [{ title: `Write \`${name}\``, preferred: true, edits: [{ range: keyRange, newText: name }] }],
            },
          ];
        }),
};

/** What GitHub's web editor wrote → what `gh models` reads. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['max_tokens', 'maxTokens'],
  ['top_p', 'topP'],
]);
