import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

/** What people have, with a slip in each: a variable that nobody defines. `caret` is where it stands, `wanted` what it should be called. */
const FILES = [
  {
    format: 'Prompty',
    file: 'greet.prompty',
    text: `---
name: Greeting
model:
  api: chat
  configuration:
    type: openai
    name: gpt-4o-mini
inputs:
  customer:
    type: string
  question:
    type: string
sample:
  customer: Marit
  question: Where is my parcel?
---
system:
You answer customers of a garden shop.

user:
{{customr}} asks: {{question}}
`,
    caret: [21, 4],
    wanted: 'customer',
    fixed: '{{customer}} asks: {{question}}',
    renamed: ['  client:\n    type: string', '  client: Marit', '{{client}} asks: {{question}}'],
  },
  {
    format: 'Dotprompt',
    file: 'triage.prompt',
    text: `---
model: openai/gpt-4o-mini
input:
  schema:
    ticket: string
    language: string
---
{{role "system"}}
Route the ticket. Answer in {{langage}}.
{{role "user"}}
{{ticket}}
`,
    caret: [9, 32],
    wanted: 'language',
    fixed: 'Answer in {{language}}.',
    renamed: ['    client: string', 'Answer in {{client}}.'],
  },
  {
    format: 'promptfoo',
    file: 'promptfooconfig.yaml',
    text: `description: Greetings
prompts:
  - id: greeting
    label: greeting
    raw: 'Say hello to {{name}} in {{langauge}}.'
providers:
  - openai:chat:gpt-4o-mini
tests:
  - vars: { name: Marit, language: Dutch }
    assert:
      - type: contains
        value: Marit
`,
    caret: [5, 38],
    wanted: 'language',
    fixed: "raw: 'Say hello to {{name}} in {{language}}.'",
    renamed: ["raw: 'Say hello to {{name}} in {{client}}.'", 'vars: { name: Marit, client: Dutch }'],
  },
] as const;

const lab = useLab({
  workspace: workspaceOf({ 'evenkeel.yml': 'formatVersion: 1\n', ...Object.fromEntries(FILES.map(({ file, text }) => [file, text])) }),
});

describe.each(FILES)('A $format file as people have it, in a real VS Code', ({ file, caret: [line, column], wanted, fixed, renamed }) => {
  it('is squiggled where a variable is not defined, and says which there are', async () => {
    const { workbench } = lab();
    await workbench.openFile(file);
    await workbench.squiggles('warning').first().waitFor({ timeout: 20_000 });
    const problems = await workbench.problems();
    expect(problems.join('\n')).toMatch(new RegExp(`No input and no column is called .*\`${wanted}\``));
    await workbench.runCommand('View: Hide Panel');
    await workbench.screenshot(`format-${file}`);
  });

  it('is mended by its quick fix', async () => {
    const { workbench } = lab();
    await workbench.goTo(line, column);
    expect(await workbench.quickFixes()).toContain(`Change to \`${wanted}\``);
    await workbench.pickQuickFix(`Change to \`${wanted}\``);
    await workbench.save();
    expect(readFileSync(lab().file(file), 'utf8')).toContain(fixed);
  });

  it('has the variable renamed wherever it stands', async () => {
    const { workbench } = lab();
    await workbench.goTo(line, column);
    await workbench.rename('client');
    await workbench.save();
    const text = readFileSync(lab().file(file), 'utf8');
    for (const part of renamed) expect(text).toContain(part);
    expect(text).not.toContain(`{{${wanted}}}`);
  });
});
