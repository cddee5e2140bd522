import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OTHER_FORMATS } from '../../scripts/example/otherFormats.ts';
import { useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

/** In each file the slip, what it should be called, and what stands where once it is mended and then renamed. */
const FILES = [
  {
    format: 'Prompty',
    file: 'greet.prompty',
    slip: 'customr',
    wanted: 'customer',
    fixed: '{{customer}} asks: {{question}}',
    renamed: ['  client:\n    type: string', '  client: Marit', '{{client}} asks: {{question}}'],
  },
  {
    format: 'Dotprompt',
    file: 'answer.prompt',
    slip: 'langage',
    wanted: 'language',
    fixed: 'Answer in {{language}}.',
    renamed: ['    client?: string, of the answer', 'Answer in {{client}}.'],
  },
  {
    format: 'promptfoo',
    file: 'promptfooconfig.yaml',
    slip: 'langauge',
    wanted: 'language',
    fixed: "raw: 'Say hello to {{name}} in {{language}}.'",
    renamed: [
      "raw: 'Say hello to {{name}} in {{client}}.'",
      "raw: 'Say goodbye to {{name}} in {{client}}.'",
      'vars: { name: Marit, client: Dutch }',
    ],
  },
] as const;

/** Line and column, from 1, inside the slip. */
function caretIn(file: (typeof FILES)[number]['file'], slip: string): readonly [line: number, column: number] {
  const before = OTHER_FORMATS[file].slice(0, OTHER_FORMATS[file].indexOf(slip) + 2).split('\n');
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}

const lab = useLab({ workspace: workspaceOf({ 'evenkeel.yml': 'formatVersion: 1\n', ...OTHER_FORMATS }) });

describe.each(FILES)('A $format file as people have it, in a real VS Code', ({ file, slip, wanted, fixed, renamed }) => {
  const [line, column] = caretIn(file, slip);

  it('is squiggled where a variable is not defined, and says which there are', async () => {
    const { workbench } = lab();
    await workbench.openFile(file);
    await workbench.squiggles('warning').first().waitFor();
    await workbench.problem(new RegExp(`No input and no column is called .*\`${wanted}\``));
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
