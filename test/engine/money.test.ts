import { afterEach, describe, expect, it } from 'vitest';
import { type ProviderAnswer, ProviderError } from '../../engine/index.ts';
import type { OpenProvider } from '../../engine/providers/providerSettings.ts';
import { follow, type RunFixture, runFixture, triageFiles } from './support/runFixture.ts';

/** gpt-4.1-mini: what the provider below bills, computed apart from the engine. */
const PRICE = { input: 0.4e-6, output: 1.6e-6 };
const KEYS = [{ provider: 'openai', origin: 'https://api.openai.com', key: 'key-for-nobody' }];

/** A provider that answers, fails and loses answers as drawn, and keeps its own account of what it billed. */
function billingProvider(seed: number) {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const account = { answered: 0, lost: 0, calls: 0 };
  const provider: OpenProvider = {
    name: 'openai',
    origin: 'https://api.openai.com',
    close: () => undefined,
    call: async (request): Promise<ProviderAnswer> => {
      account.calls++;
      const words = request.messages.map(({ content }) => content).join(' ');
      const inputTokens = Math.ceil(words.length * (0.2 + random() * 0.3));
      const outputTokens = Math.ceil(random() * 200);
      const bill = inputTokens * PRICE.input + outputTokens * PRICE.output;
      await Promise.resolve();
      const luck = random();
      if (luck < 0.1) throw new ProviderError('server', 'failed', { billing: 'rejected', status: 500 });
      if (luck < 0.2) {
        account.lost += bill;
        throw new ProviderError('cut', 'lost', { billing: 'unknown' });
      }
      account.answered += bill;
      return {
        output: { text: '{"team":"billing","summary":"x"}', finishReason: 'stop' },
        answeredBy: 'gpt-4.1-mini',
        requestId: 'r',
        systemFingerprint: undefined,
        usage: { inputTokens, outputTokens },
        firstByteMs: 1,
        latencyMs: 1,
      };
    },
  };
  return { account, provider };
}

describe('money', () => {
  const made: RunFixture[] = [];
  afterEach(async () => {
    for (const fixture of made.splice(0)) await fixture.remove();
  });

  it('answered calls are counted exactly, lost ones never under, and a budget in dollars is never exceeded', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { account, provider } = billingProvider(seed);
      const fixture = await runFixture(triageFiles(60, { model: 'openai/gpt-4.1-mini' }), {
        random: () => 0,
        interactive: seed % 2 === 0,
        openProvider: async () => provider,
      });
      made.push(fixture);
      const { engine, root } = fixture;
      const plan = await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
      const maxCost = (plan.worstCost ?? 0) * (0.2 + seed / 20);
      const limited = await engine.plan({ root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false, budget: { maxCost } });
      const { last } = await follow(engine, limited.planId, KEYS);
      expect(last.totals.costUsd).toBeCloseTo(account.answered, 7);
      expect(last.totals.unknownCostUsd).toBeGreaterThanOrEqual(account.lost);
      expect(last.totals.costUsd + last.totals.unknownCostUsd).toBeLessThanOrEqual(maxCost + 1e-9);
    }
  });

  it('the estimate lies between nothing and the worst case, names the date of the prices, and asks above the limit', async () => {
    const fixture = await runFixture({
      ...triageFiles(10, { model: 'openai/gpt-4.1-mini' }),
      'evenkeel.yml': 'budgets: { askAbove: { cost: 0.001 } }\n',
    });
    made.push(fixture);
    const plan = await fixture.engine.plan({ root: fixture.root, promptId: 'triage.prompt.yml', cases: { kind: 'all' }, cache: false });
    expect(plan.estimatedCost).toBeGreaterThan(0);
    expect(plan.worstCost).toBeGreaterThan(plan.estimatedCost ?? 0);
    expect(plan.pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(plan.askFirst.join()).toMatch(/^It may cost up to \$0\.\d+; about \$0\.\d+ is likely/);
    expect(plan.keys).toEqual([
      { provider: 'openai', origin: 'https://api.openai.com', isDefaultOrigin: true, envName: 'OPENAI_API_KEY', required: true },
    ]);
    await expect(fixture.engine.start(plan.planId, [], () => undefined)).rejects.toThrow('No key for https://api.openai.com.');
  });
});
