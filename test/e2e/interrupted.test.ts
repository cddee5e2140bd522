import { expect, it } from 'vitest';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { useLab } from './support/lab.ts';
import { workspaceOf } from './support/workspaceOf.ts';

const CASES = 500;
const PROMPT = `name: Big
model: sandbox/extractor-2026-05
messages:
  - role: system
    content: |
      Choose exactly one label:
      - shipping: parcel, delivery, late
      - billing: invoice, payment, charge
      Answer with the label only.
  - role: user
    content: "{{text}}"
dataset: ./big.cases.jsonl
evaluators:
  - { name: right label, path: $, equals: { case: expected } }
`;

const lab = useLab({
  workspace: workspaceOf({
    'evenkeel.yml': 'formatVersion: 1\nbudgets: { askAbove: { calls: 1000 } }\n',
    'big.prompt.yml': PROMPT,
    'big.cases.jsonl': Array.from({ length: CASES }, (_, n) => `${JSON.stringify(row(n))}\n`).join(''),
  }),
  latencyMs: 300,
  settings: { 'evenkeel.eval.cache': false, 'evenkeel.eval.askAboveCalls': 1000 },
});

it('an engine killed in the middle of 500 cases: resume calls only for what is missing and says what was in flight', async () => {
  const { workbench, vscode, sandboxUrl } = lab();
  await workbench.openFile('big.prompt.yml');
  await (await workbench.codeLens(`▶ Run eval · ${CASES} cases`)).click();
  const panel = await EvalsPage.of(workbench, 'Big');
  await panel.atLeast(1);
  const engine = (await vscode.processes()).find(({ command }) => command.includes('engineHost/main.mjs'));
  if (!engine) throw new Error('no engine process');
  await panel.atLeast(60);
  process.kill(engine.pid, 'SIGKILL');
  await panel.frame.locator('.notice').first().waitFor();
  const notice = await panel.notice();
  expect(notice).toMatch(/Resume/);
  expect(notice).toMatch(/in flight|billed/);
  const asked = await requests(sandboxUrl);
  expect(asked).toBeLessThan(CASES);
  const { passed, failed } = await panel.figures();
  expect(Number(passed) + Number(failed)).toBeLessThanOrEqual(asked);

  await panel.button('Resume');
  const question = panel.frame.locator('.question');
  await question.waitFor();
  expect(await question.innerText()).toMatch(/billed|cost twice/);
  await question.getByRole('button', { name: 'Run', exact: true }).click();
  await panel.finished(CASES, 120_000);
  const figures = await panel.figures();
  expect(Number(figures.passed) + Number(figures.failed)).toBe(CASES);
  const again = (await requests(sandboxUrl)) - asked;
  expect(again).toBeGreaterThanOrEqual(CASES - asked);
  expect(again - (CASES - asked)).toBeLessThanOrEqual(16); // sent twice: at most what was in flight
});

async function requests(url: string): Promise<number> {
  const log = (await (await fetch(`${url}/__requests`)).json()) as { readonly total?: number } | readonly unknown[];
  return 'total' in log && typeof log.total === 'number' ? log.total : (log as readonly unknown[]).length;
}

function row(n: number): object {
  return {
    id: `c-${n}`,
    text: `Message ${n} about ${n % 2 ? 'a late parcel' : 'a wrong invoice'}`,
    expected: n % 2 ? 'shipping' : 'billing',
  };
}
