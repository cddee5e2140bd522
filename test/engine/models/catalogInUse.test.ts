import { afterEach, expect, it } from 'vitest';
import { builtinCatalog, withModelAnswers } from '../../../catalog/index.ts';
import type { EngineOptions } from '../../../engine/index.ts';
import { type RunFixture, runFixture } from '../support/runFixture.ts';

const PROMPT = `model: openai/gpt-6-luna
messages:
  - { role: user, content: "{{input}}" }
evaluators:
  - { name: filled, notEmpty: true }
testData:
  - { input: x }
`;
const told = { platform: 'openai', asOf: '2026-11-22', source: 'https://api.openai.com/v1/models' } as const;

const opened: RunFixture[] = [];
afterEach(async () => {
  for (const fixture of opened.splice(0)) await fixture.remove();
});

async function open(options: Partial<EngineOptions>): Promise<RunFixture> {
  const fixture = await runFixture({ 'triage.prompt.yml': PROMPT }, options);
  opened.push(fixture);
  return fixture;
}

async function planned(options: Partial<EngineOptions>) {
  const { root, engine } = await open(options);
  return engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
}

it('the longest answer that a plan counts with is what the provider told last', async () => {
  const worst = async (maxOutputTokens: number): Promise<number> => {
    const catalog = withModelAnswers(builtinCatalog(), [{ ...told, models: [{ id: 'gpt-6-luna', maxOutputTokens }] }]);
    return (await planned({ catalog: async () => catalog })).worstCost ?? Number.NaN;
  };
  const [short, long] = [await worst(1_000), await worst(1_000_000)];
  expect(long / short).toBeGreaterThan(900);
  expect((await planned({})).worstCost).not.toBe(short);
});

it('the catalog is asked for at each plan and not before', async () => {
  let asked = 0;
  const catalog = async () => {
    asked++;
    return builtinCatalog();
  };
  const { root, engine } = await open({ catalog });
  expect(asked).toBe(0);
  await engine.status({ root });
  const once = asked;
  expect(once).toBe(1);
  await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
  expect(asked).toBeGreaterThan(once);
});
