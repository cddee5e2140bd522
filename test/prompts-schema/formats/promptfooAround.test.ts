import { describe, expect, it } from 'vitest';
import { renderPrompt, severalPrompts } from '../../../prompts-schema/index.ts';
import { documents, FILE, issues, only } from './support/promptfoo.ts';

/** What each case of the first prompt sends, or why it is refused. */
function sent(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const document = only(text, files);
  return (document.testData ?? []).map(({ variables, refused }) => {
    const { messages, problem, missing } = renderPrompt(document, variables);
    if (refused !== undefined) return `! ${refused}`;
    return [...messages.map(({ role, content }) => `${role}: ${content}`), ...(problem ? [problem.message] : []), ...missing].join(' | ');
  });
}

describe('prefix and suffix', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'of the default stand around every prompt, with values in them',
      'prompts: ["Say {{a}}."]\ndefaultTest: { options: { prefix: "To {{who}}: ", suffix: " Now." } }\ntests: [{ vars: { a: hi, who: Ann } }]',
      ['user: To Ann: Say hi. Now.'],
    ],
    [
      'of a test go before those of the default, an empty one does not',
      'prompts: ["Say {{a}}."]\ndefaultTest: { options: { prefix: "D " } }\ntests: [{ vars: { a: x }, options: { prefix: "{{a}}! " } }, { vars: { a: y } }, { vars: { a: z }, options: { prefix: "" } }]',
      ['user: x! Say x.', 'user: D Say y.', 'user: D Say z.'],
    ],
    [
      'of a test alone leave the others as they are',
      'prompts: ["Say {{a}}."]\ntests: [{ vars: { a: x }, options: { suffix: " Now." } }, { vars: { a: y } }]',
      ['user: Say x. Now.', 'user: Say y.'],
    ],
    [
      'are templates, the values in them are not',
      'prompts: ["Say {{a}}."]\ntests: [{ vars: { a: "{{b}}", b: no }, options: { prefix: "{{a}} " } }]',
      ['user: {{b}} Say {{b}}.'],
    ],
    [
      'may make a list of messages of a text',
      `prompts: ["Say hi."]\ndefaultTest: { options: { prefix: '[{"role":"system","content":"', suffix: '"},{"role":"user","content":"go"}]' } }\ntests: [{}]`,
      ['system: Say hi. | user: go'],
    ],
    [
      'of white space may stand around a list of messages',
      `prompts: ['[{"role":"system","content":"S"}]']\ndefaultTest: { options: { prefix: "  " } }\ntests: [{}]`,
      ['system: S'],
    ],
  ])('%s', (_, text, expected) => {
    expect(sent(text)).toEqual(expected);
  });

  it('come from columns of a CSV', () => {
    expect(sent('prompts: ["Say {{a}}."]\ntests: file://t.csv', { 't.csv': 'a,__prefix,__suffix\nx,"Well, ",!\ny,,\n' })).toEqual([
      'user: Well, Say x.!',
      'user: Say y.',
    ]);
  });

  it('around a prompt in a file come from the default in a file', () => {
    const files = { 'p.txt': 'Say {{a}}.\n', 'd.yaml': 'options: { prefix: "Now: " }\nvars: { a: hi }\n' };
    expect(sent('prompts: [file://p.txt]\ndefaultTest: file://d.yaml\ntests: [{}]', files)).toEqual(['user: Now: Say hi.']);
  });

  it('are part of what the fingerprint is about, and cases with texts of their own have ids of their own', () => {
    const text = 'prompts: ["{{a}}"]\ntests: [{ vars: { a: x }, options: { prefix: p } }, { vars: { a: x } }]';
    const ids = only(text).testData?.map(({ id }) => id) ?? [];
    expect(new Set(ids.map((id) => id.replace(/-\d+$/, ''))).size).toBe(2);
    expect(only('prompts: [x]\ndefaultTest: { options: { prefix: "P " } }').messages[0]?.content.value).toBe('P x');
  });

  it('have their places in the config, and so has the prompt between them', () => {
    const text =
      'prompts:\n  - "Say {{ a }}."\ndefaultTest:\n  options:\n    prefix: "To {{ who }}: "\n    suffix: " {{ end }}"\ntests: [{ vars: { a: 1 }, options: { suffix: x } }]\n';
    const [message] = only(text).messages;
    expect(message?.placeholders.map(({ name, nameRange }) => [name, text.slice(nameRange.start, nameRange.end)])).toEqual([
      ['who', 'who'],
      ['a', 'a'],
      ['end', 'end'],
    ]);
    expect(message?.placeholders.map(({ nameRange }) => text.slice(0, nameRange.start).split('\n').length)).toEqual([5, 2, 6]);
    expect(text.slice(message?.content.range.start, message?.content.range.end)).toContain('Say {{ a }}.');
  });

  it('with a mistake have it named at their own place', () => {
    const text = 'prompts: [x]\ndefaultTest:\n  options:\n    prefix: "{{ a"\ntests: [{}]\n';
    expect(issues(text)).toMatchObject([expect.stringMatching(/^4 template.unclosed-tag/)]);
  });

  it('of the default are refused around a list of messages, at their place', () => {
    const text = `prompts: ['[{"role":"system","content":"S"}]', plain]\ndefaultTest:\n  options: { suffix: Now }\ntests: [{}]\n`;
    expect(documents(text).map(({ messages }) => messages.length)).toEqual([0, 1]);
    expect(issues(text)).toEqual([
      '3 schema.unsupported-value `suffix` around a list of messages would make one text of the list. Write it into one of the messages.',
    ]);
  });

  it('of a test are refused around a list of messages, for that case alone', () => {
    const text = `prompts: ['[{"role":"system","content":"{{a}}"}]']\ntests:\n  - { vars: { a: x }, options: { prefix: p } }\n  - { vars: { a: y } }\n`;
    expect(sent(text)).toEqual([
      '! Its `prefix` would make one text of the list of messages that the prompt is. Write it into a variable of one of them.',
      'system: y',
    ]);
    const [document] = documents(text);
    expect(document?.issues.map(({ range }) => document.lines.lineNumber(range.start))).toEqual([3]);
  });

  it('that cannot be filled in refuse the case', () => {
    expect(sent('prompts: [x]\ntests: [{ options: { prefix: "{% include \'a\' %}" } }]')).toMatchObject([
      expect.stringMatching(/^! Its `prefix` cannot be filled in: /),
    ]);
  });

  it('are no variables that anybody has to fill in', () => {
    const text = 'prompts: ["{{a}}"]\ntests: [{ vars: { a: x }, options: { prefix: p } }]';
    expect(only(text).messages.flatMap(({ placeholders }) => placeholders.map(({ name }) => name))).toEqual(['a']);
    expect(severalPrompts(FILE, text)?.whole.issues).toEqual([]);
  });
});
