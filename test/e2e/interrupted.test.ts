import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { EvalsPage } from '../../scripts/vscode/evalsPage.ts';
import { useLab } from './support/lab.ts';

const CASES = 500;
const lab = useLab({
  workspace: bigWorkspace(),
  latencyMs: 300,
  settings: { 'evenkeel.eval.cache': false, 'evenkeel.eval.askAboveCalls': 1000 },
});

it('an engine killed in the middle of 500 cases: resume calls only for what is missing and says what was in flight', async () => {
  const { workbench, vscode, sandboxUrl } = lab();
  await workbench.openFile('big.prompt.yml');
  await (await workbench.codeLens(`▶ Run eval · ${CASES} cases`)).click();
  const panel = await EvalsPage.of(workbench, 'Big');
  await panel.frame.waitForFunction(() => Number.parseInt(document.querySelector('.progress')?.textContent ?? '', 10) >= 100, null, {
    timeout: 60_000,
  });

  const engine = (await vscode.processes()).find(({ command }) => command.includes('engineHost/main.mjs'));
  if (!engine) throw new Error('no engine process');
  process.kill(engine.pid, 'SIGKILL');
  await panel.frame.locator('.notice').first().waitFor();
  const notice = await panel.notice();
  expect(notice).toMatch(/Resume/);
  expect(notice).toMatch(/in flight|billed/);
  const asked = await requests(sandboxUrl);
  expect(asked).toBeLessThan(CASES);
  const done = Number((await panel.figures()).passed) + Number((await panel.figures()).failed);
  expect(done).toBeLessThanOrEqual(asked);

  await panel.button('Resume');
  const question = panel.frame.locator('.question');
  await question.waitFor();
  expect(await question.innerText()).toMatch(/billed|cost twice/);
  await question.getByRole('button', { name: 'Run', exact: true }).click();
  await panel.finished(CASES, 120_000);
  const figures = await panel.figures();
  expect(Number(figures.passed) + Number(figures.failed)).toBe(CASES);
  const again = (await requests(sandboxUrl)) - asked;
  expect(again).toBeLessThan(CASES); // not all over again
  expect(again).toBeGreaterThanOrEqual(CASES - asked);
  expect(again - (CASES - asked)).toBeLessThanOrEqual(16); // sent twice: at most what was in flight
});

async function requests(url: string): Promise<number> {
  const log = (await (await fetch(`${url}/__requests`)).json()) as { readonly total?: number } | readonly unknown[];
  return 'total' in log && typeof log.total === 'number' ? log.total : (log as readonly unknown[]).length;
}

function bigWorkspace(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'evenkeel-big-')));
  mkdirSync(folder, { recursive: true });
  const rows = Array.from({ length: CASES }, (_, n) =>
    JSON.stringify({
      id: `c-${n}`,
      text: `Message ${n} about ${n % 2 ? 'a late parcel' : 'a wrong invoice'}`,
      expected: n % 2 ? 'shipping' : 'billing',
    }),
  );
  writeFileSync(path.join(folder, 'evenkeel.yml'), 'formatVersion: 1\nbudgets: { askAbove: { calls: 1000 } }\n');
  writeFileSync(path.join(folder, 'big.cases.jsonl'), `${rows.join('\n')}\n`);
  writeFileSync(
    path.join(folder, 'big.prompt.yml'),
    `name: Big
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
`,
  );
  return folder;
}
