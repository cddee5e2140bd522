import { Dotprompt } from 'dotprompt';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parsePrompt, renderPrompt } from '../../../prompts-schema/index.ts';
import type { JsonObject } from '../../../safety/index.ts';
import { corpusFiles, skippedNote } from '../../support/corpus.ts';

/** A suite of Dotprompt's own conformance cases. */
interface Suite {
  readonly name: string;
  readonly template: string;
  readonly partials?: Readonly<Record<string, string>>;
  readonly resolverPartials?: Readonly<Record<string, string>>;
  readonly schemas?: JsonObject;
  readonly data?: { readonly input?: JsonObject; readonly messages?: readonly unknown[] };
  readonly tests: readonly SpecCase[];
}

interface SpecCase {
  readonly desc?: string;
  readonly data?: { readonly input?: JsonObject; readonly messages?: readonly unknown[]; readonly context?: JsonObject };
  readonly options?: { readonly input?: { readonly default?: JsonObject } };
  readonly expect: {
    readonly messages?: readonly SpecMessage[];
    readonly input?: { readonly schema?: unknown };
    readonly output?: { readonly schema?: unknown };
  };
}

interface SpecMessage {
  readonly role: string;
  readonly content: readonly { readonly text?: string; readonly media?: unknown }[];
}

/** Cases that a prompt of ours cannot meet, and why. */
const NOT_OURS: readonly { readonly suite: string; readonly why: string }[] = [
  { suite: 'basic_history', why: 'earlier turns are no part of a case' },
  { suite: 'system_only_prompt', why: 'earlier turns are no part of a case' },
  { suite: 'media.yaml basic', why: 'messages carry text alone; `media` is a finding' },
  { suite: 'url_only', why: 'messages carry text alone; `media` is a finding' },
  { suite: 'content_types', why: 'messages carry text alone; `media` is a finding' },
  { suite: 'named_schema_override_description', why: 'schemas that the application registers are a finding' },
  { suite: 'nested_named_schema', why: 'schemas that the application registers are a finding' },
];

const files = corpusFiles('dotprompt/google+dotprompt/spec', /\.yaml$/);
const cases = files.flatMap(({ file, text }) =>
  (parse(text) as readonly Suite[]).flatMap((suite) =>
    suite.tests.map((test, index) => ({ file, suite, test, name: `${file} ${suite.name} ${test.desc ?? index}` })),
  ),
);

function reasonOf(file: string, suite: string): string | undefined {
  return NOT_OURS.find((entry) => entry.suite === suite || entry.suite === `${file.split('/').at(-1)} ${suite}`)?.why;
}

const ours = cases.filter(({ file, suite }) => !reasonOf(file, suite.name));

function read(suite: Suite, test: SpecCase) {
  const document = parsePrompt(suite.template, 'dotprompt');
  const partials = new Map(
    Object.entries({ ...suite.partials, ...suite.resolverPartials }).map(([name, value]) => [
      name,
      { status: 'read', path: name, value } as const,
    ]),
  );
  const variables = { ...test.options?.input?.default, ...suite.data?.input, ...test.data?.input };
  return { document, rendered: renderPrompt(document, variables, partials) };
}

/** The reference's messages as ours: roles by our names, texts joined. */
function asOurs(messages: readonly SpecMessage[]) {
  return messages.map(({ role, content }) => ({
    role: role === 'model' ? 'assistant' : role,
    content: content.map(({ text }) => text ?? '').join(''),
  }));
}

describe.skipIf(!files.length)(`conformance cases of Dotprompt${skippedNote(files)}`, () => {
  it.each(ours)('$name', ({ suite, test }) => {
    const { document, rendered } = read(suite, test);
    if (test.expect.messages) expect(rendered).toMatchObject({ messages: asOurs(test.expect.messages), tooLarge: false });
    expect(rendered.problem).toBeUndefined();
    const output = test.expect.output?.schema as JsonObject | undefined;
    if (output?.type === 'object') expect(document.outputSchema).toMatchObject({ kind: 'inline', value: { schema: output } });
    expect(document.issues).toEqual([]);
  });

  it.each(ours)('the reference agrees: $name', async ({ suite, test }) => {
    const reference = new Dotprompt({
      partials: suite.partials ?? {},
      ...(suite.resolverPartials ? { partialResolver: (name: string) => suite.resolverPartials?.[name] ?? null } : {}),
    });
    const expected = await reference.render(
      suite.template,
      { input: { ...suite.data?.input, ...test.data?.input } },
      test.options as Parameters<Dotprompt['render']>[2],
    );
    expect(read(suite, test).rendered.messages).toEqual(asOurs(expected.messages as unknown as readonly SpecMessage[]));
  });

  it('is met but for what is listed with its reason', () => {
    const left = cases.filter(({ file, suite }) => reasonOf(file, suite.name));
    for (const { file, suite, test } of left) {
      const { document, rendered } = read(suite, test);
      const says = document.issues.map(({ code }) => code);
      console.log(`${file} ${suite.name}: ${reasonOf(file, suite.name)}${says.length > 0 ? ` (${[...new Set(says)].join(', ')})` : ''}`);
      expect(says.length > 0 || (suite.data?.messages ?? test.data?.messages ?? []).length > 0).toBe(true);
      expect(rendered.tooLarge).toBe(false);
    }
    expect({ all: cases.length, met: ours.length }).toEqual({ all: cases.length, met: cases.length - left.length });
    for (const { suite } of NOT_OURS)
      expect(
        left.map((one) => `${one.file.split('/').at(-1)} ${one.suite.name}`).some((name) => name === suite || name.endsWith(` ${suite}`)),
      ).toBe(true);
  });
});
