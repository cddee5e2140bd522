import { describe, expect, it } from 'vitest';
import { lintPrompt } from '../../lint/index.ts';
import { parsePrompt } from '../../prompts-schema/index.ts';
import { applyFix, checkRules, EMPTY_FACTS, lintText } from './checkRules.ts';

const MESSAGES = `messages:
  - role: user
    content: Say hello.
`;

describe('# evenkeel-disable-next-line', () => {
  it('leaves out what begins on the next line, of the rules it names', () => {
    checkRules(`
# evenkeel-disable-next-line model.deprecated, schema.duplicate-key -- until the migration
                                               ^^^^^^^^^^^^^^^^^^^^ warning lint.unused-suppression
model: openai/gpt-4o-mini
# evenkeel-disable-next-line schema.unknown-key -- ours
owner: us
owner: them
^^^^^ info schema.unknown-key
^^^^^ error schema.duplicate-key
${MESSAGES}`);
  });

  it('reaches over blank lines and other comments, and into a block that the line opens', () => {
    checkRules(`
inputs: { ticket: string }
messages:
  - role: user
    # evenkeel-disable-next-line template.spaced-placeholder -- shows the syntax

    # of templates
    content: |
      Write {{ ticket }} for {{ticket}},
      or {{ ticket }}.
`);
  });

  it('does not reach beyond the block', () => {
    checkRules(`
inputs: { ticket: string }
messages:
  - role: system
    # evenkeel-disable-next-line template.spaced-placeholder -- shows the syntax
    content: |
      Write {{ ticket }}.
  - role: user
    content: "{{ ticket }}: {{ticket}}"
              ^^^^^^^^^^^^ info template.spaced-placeholder
`);
  });

  it('is text where it stands in a text', () => {
    checkRules(`
messages:
  - role: user
    content: |
      # evenkeel-disable-file model.deprecated -- not a comment
      Say hello.
model: openai/gpt-4o-mini
       ^^^^^^^^^^^^^^^^^^ warning model.deprecated
`);
    checkRules(`name: "a # evenkeel-disable-file model.retired"\n${MESSAGES}`);
    checkRules(`name: a#evenkeel-disable-file model.retired\n${MESSAGES}`);
  });

  it('leaves out what makes a file unreadable too', () => {
    const { findings } = lintText(`# evenkeel-disable-file schema.syntax -- generated\nname: "open\n${MESSAGES}`);
    expect(findings.map(({ code }) => code)).not.toContain('schema.syntax');
  });
});

describe('lint.unused-suppression', () => {
  it('is said of what nothing is found of, and removes the line', () => {
    const { fixed } = checkRules(`
# evenkeel-disable-next-line model.retired -- it is back
                             ^^^^^^^^^^^^^ warning lint.unused-suppression Nothing of \`model.retired\` is found here
model: sandbox/extractor-2026-05
${MESSAGES}`);
    expect(fixed('Remove the suppression')).toBe(`model: sandbox/extractor-2026-05\n${MESSAGES}`);
  });

  it('removes only the rule of no use, or the comment behind a value', () => {
    const several = checkRules(`
# evenkeel-disable-next-line model.retired, model.deprecated -- soon
                             ^^^^^^^^^^^^^ warning lint.unused-suppression
model: openai/gpt-4o-mini
${MESSAGES}`);
    expect(several.fixed('Remove `model.retired`')).toContain('# evenkeel-disable-next-line model.deprecated -- soon\n');
    const last = `# evenkeel-disable-next-line model.deprecated model.retired -- soon\nmodel: openai/gpt-4o-mini\n${MESSAGES}`;
    expect(applyFix(last, lintText(last).findings, 'Remove `model.retired`')).toContain('disable-next-line model.deprecated -- soon\n');
    const behind = `name: x # evenkeel-disable-file model.retired -- old\n${MESSAGES}`;
    expect(applyFix(behind, lintText(behind).findings, 'Remove the suppression')).toBe(`name: x\n${MESSAGES}`);
  });

  it('names the rule that a slip meant', () => {
    const { fixed } = checkRules(`
# evenkeel-disable-file model.deprecatd -- until the migration
                        ^^^^^^^^^^^^^^^ warning lint.unused-suppression Is \`model.deprecated\` meant?
model: openai/gpt-4o-mini
       ^^^^^^^^^^^^^^^^^^ warning model.deprecated
${MESSAGES}`);
    expect(fixed('Change to `model.deprecated`')).toContain('disable-file model.deprecated --');
  });

  it('is said of a comment that names no rule', () => {
    checkRules(`
# evenkeel-disable-file -- everything
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning lint.unused-suppression names no rule
${MESSAGES}`);
  });

  it('is not said of rules that are off, and cannot be suppressed', () => {
    checkRules(`# evenkeel-disable-file model.retired -- old\n${MESSAGES}`, { severities: new Map([['model.retired', 'off']]) });
    const { findings } = lintText(`# evenkeel-disable-file lint.unused-suppression model.retired -- x\n${MESSAGES}`);
    expect(findings.map(({ code }) => code)).toEqual(['lint.unused-suppression', 'lint.unused-suppression']);
  });
});

describe('lint.suppression-without-reason', () => {
  it('asks for the reason, and can be made a rule of the house', () => {
    const text = `# evenkeel-disable-file model.deprecated\nmodel: openai/gpt-4o-mini\n${MESSAGES}`;
    expect(lintText(text).findings.map(({ code, severity }) => [code, severity])).toEqual([['lint.suppression-without-reason', 'hint']]);
    const strict = lintText(text, { severities: new Map([['lint.suppression-without-reason', 'error']]) });
    expect(strict.findings.map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('suppressions in files of other formats', () => {
  const FRONT = '---\nmodel: openai/gpt-6-luna\ninput:\n  schema:\n    name: string\n';
  const codes = (text: string, format: 'dotprompt' | 'prompty'): readonly string[] =>
    lintPrompt(parsePrompt(text, format), EMPTY_FACTS).map(({ code }) => code);

  it('stand in comments of the front matter', () => {
    const text = `${FRONT}extra: 1\n---\nHello {{name}}.\n`;
    expect(codes(text, 'dotprompt')).toEqual(['schema.unknown-key']);
    expect(codes(text.replace('extra:', '# evenkeel-disable-next-line schema.unknown-key -- ours\nextra:'), 'dotprompt')).toEqual([]);
  });

  it('stand in comments of the template, and are text elsewhere in it', () => {
    const shout = 'Hello {{shout name}}, {{name}}.\n';
    expect(codes(`${FRONT}---\n${shout}`, 'dotprompt')).toEqual(['template.unknown-helper']);
    for (const comment of [
      '{{! evenkeel-disable-next-line template.unknown-helper -- the app has it }}',
      '{{!-- evenkeel-disable-next-line template.unknown-helper -- the app has it --}}',
      '{{! evenkeel-disable-file template.unknown-helper -- the app has it }}',
    ])
      expect(codes(`${FRONT}---\n${comment}\n${shout}`, 'dotprompt'), comment).toEqual([]);
    expect(codes(`${FRONT}---\n# evenkeel-disable-file template.unknown-helper -- text\n${shout}`, 'dotprompt')).toEqual([
      'template.unknown-helper',
    ]);
  });

  it('stand in comments of Jinja', () => {
    const prompty = (body: string): string =>
      `---\nname: A\nmodel:\n  api: chat\n  configuration: { type: openai, name: gpt-6-luna }\ninputs:\n  name: { type: string }\n---\nuser:\n${body}`;
    expect(codes(prompty('Hello {{ name | shout }}.\n'), 'prompty')).toEqual(['template.unknown-helper']);
    expect(
      codes(prompty('{# evenkeel-disable-next-line template.unknown-helper -- the app has it #}\nHello {{ name | shout }}.\n'), 'prompty'),
    ).toEqual([]);
  });
});
