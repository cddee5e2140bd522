import { afterEach, describe, expect, it } from 'vitest';
import { loadPrompt } from '../../ledger/index.ts';
import { renderPrompt } from '../../prompts-schema/index.ts';
import type { EvalRequest } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { type FinishedRun, follow, type RunFixture, runFixture } from './support/runFixture.ts';

const FILE = 'e/promptfooconfig.yaml';
const [OLD, NEW] = ['sandbox/extractor-2026-05', 'sandbox/extractor-2026-08'];
const ASK = 'Answer with exactly one of these words: cat, dog.';
const CONFIG = `prompts: [{ label: p, raw: "{{animal}}" }]
providers: [sandbox:extractor-2026-05, sandbox:extractor-2026-08]
defaultTest: { options: { prefix: "${ASK} " }, assert: [{ type: contains-any, value: [cat, dog] }] }
tests:
  - { vars: { animal: a cat } }
  - { vars: { animal: a dog }, providers: ["sandbox:extractor-2026-08"] }
  - { vars: { animal: two dogs }, provider: "sandbox:extractor-2026-05", options: { storeOutputAs: said } }
  - { vars: { animal: three cats }, options: { prefix: "{{said}} " } }
`;

const open: RunFixture[] = [];
afterEach(async () => {
  for (const fixture of open.splice(0)) await fixture.remove();
});

async function fixtureOf(files: Readonly<Record<string, string>>): Promise<RunFixture> {
  const fixture = await runFixture({ 'evenkeel.yml': 'formatVersion: 1\n', ...files });
  open.push(fixture);
  return fixture;
}

async function run(
  files: Readonly<Record<string, string>>,
  request: Partial<EvalRequest> = {},
): Promise<FinishedRun & { readonly sent: readonly string[] }> {
  const fixture = await fixtureOf(files);
  const finished = await fixture.run({ promptId: `${FILE}#p`, ...request });
  return { ...finished, sent: finished.samples.map(({ key, failure }) => `${key.model} ${failure?.message ?? 'answered'}`).sort() };
}

describe('a run of a promptfoo configuration', () => {
  it('asks each case of the models that the file names for it, and refuses what it cannot ask, with file and line', async () => {
    const { last, sent, samples } = await run({ [FILE]: CONFIG });
    const why = `${FILE}:8: It takes \`said\` from the answer to an earlier test (\`storeOutputAs\`), and here each case is asked by itself. Give \`said\` a value in \`vars\` and take \`storeOutputAs\` out.`;
    expect(sent).toEqual(
      [`${OLD} ${why}`, `${OLD} answered`, `${OLD} answered`, `${NEW} ${why}`, `${NEW} answered`, `${NEW} answered`].sort(),
    );
    expect(last).toMatchObject({ end: 'finished', totals: { cases: 4, passed: 3, errors: 1, calls: 4 } });
    expect(samples.filter(({ failure }) => failure).map(({ attempts, failure }) => [attempts, failure?.billing])).toEqual([
      [0, 'notSent'],
      [0, 'notSent'],
    ]);
  });

  it('says before the first call what is refused, and plans no calls for it', async () => {
    const { engine, root } = await fixtureOf({ [FILE]: CONFIG });
    const plan = await engine.plan({ root, promptId: `${FILE}#p`, cases: { kind: 'all' }, cache: false });
    expect(plan.calls).toBe(4);
    expect(plan.notes.slice(0, 2)).toEqual([
      '1 of 4 cases is refused, and the run is incomplete.',
      expect.stringMatching(new RegExp(`^${FILE}:8: It takes .said. from the answer`)),
    ]);
  });

  it('asks a model that is named for the run of every case', async () => {
    const { sent } = await run({ [FILE]: CONFIG }, { models: [NEW] });
    expect(sent.filter((line) => line === `${NEW} answered`)).toHaveLength(3);
  });

  it('refuses a case of a provider that is not called', async () => {
    const text = `prompts: [{ label: p, raw: "${ASK} {{a}}" }]\nproviders: [sandbox:extractor-2026-05]\ntests: [{ vars: { a: cat }, provider: echo }]\n`;
    const { sent } = await run({ [FILE]: text });
    expect(sent).toEqual([
      `${OLD} ${FILE}:3: The file sends this case to a provider that runs do not call, and the run calls ${OLD}. Name a model with --model to ask it for all cases.`,
    ]);
  });

  it('is whole when all that was planned is there, and stays so when it is read back or resumed', async () => {
    const fixture = await fixtureOf({ [FILE]: CONFIG });
    const { runId, last } = await fixture.run({ promptId: `${FILE}#p`, repeats: 2 });
    expect(last.totals).toMatchObject({ cases: 4, passed: 3, calls: 8 });
    const { root, engine } = fixture;
    const [stored] = await engine.runs({ root, promptId: `${FILE}#p` });
    expect(stored).toMatchObject({ missing: 0, unknown: 0, header: { cases: 4, skipped: 4 } });
    expect(await engine.planResume({ root, runId, sendUnknown: false })).toMatchObject({ calls: 0 });
  });

  it('that was cut short is resumed for what is missing of the models that the file names', async () => {
    const fixture = await fixtureOf({ [FILE]: CONFIG });
    const { root, engine } = fixture;
    const { runId, last } = await fixture.run({ promptId: `${FILE}#p`, budget: { maxCalls: 1 }, concurrency: 1 });
    expect(last.end).toBe('budget');
    const plan = await engine.planResume({ root, runId, sendUnknown: false, budget: { maxCalls: 100 } });
    const resumed = await follow(engine, plan.planId);
    expect(resumed.last).toMatchObject({ end: 'finished', totals: { cases: 4, passed: 3, errors: 1 } });
    expect((await engine.runs({ root, promptId: `${FILE}#p` }))[0]).toMatchObject({ missing: 0 });
  });

  it('sends the texts around the prompt, and takes prompts, tests and values from patterns', async () => {
    const config = `prompts: [{ label: p, id: "file://prompts/*.txt" }]
providers: [sandbox:extractor-2026-05]
defaultTest: { options: { prefix: "${ASK} " } }
tests: ["tests/*.yaml", "file://tests/*.csv"]
`;
    const files = {
      [FILE]: config,
      'e/prompts/a.txt': 'It is {{animal}}.',
      'e/tests/1.yaml': '- vars: { animal: a cat }\n  assert: [{ type: contains, value: cat }]\n',
      'e/tests/2.csv': 'animal,__suffix,__expected\na dog,!,contains: dog\n',
    };
    const fixture = await fixtureOf(files);
    const { last } = await fixture.run({ promptId: `${FILE}#p: prompts-a.txt` });
    expect(last.totals).toMatchObject({ cases: 2, passed: 2, errors: 0 });
    const workspace = openWorkspace({ root: fixture.root, capabilities: TRUSTED });
    const { document, cases } = await loadPrompt(workspace, `${FILE}#p: prompts-a.txt`);
    expect(cases.map(({ variables }) => renderPrompt(document, variables).messages.map(({ content }) => content))).toEqual([
      [`${ASK} It is a cat.`],
      [`${ASK} It is a dog.!`],
    ]);
  });
});
