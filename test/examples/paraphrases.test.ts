import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cliFolder, EXAMPLE } from '../cli/support.ts';

const PARAPHRASES = readFileSync(path.resolve(import.meta.dirname, '../fixtures/paraphrases/tickets.jsonl'), 'utf8');

it('40 paraphrased tickets, frozen before the sandbox was tuned, score within 10 points of the example’s', async () => {
  const example = await rightTeams(undefined);
  const paraphrased = await rightTeams(PARAPHRASES);
  console.log(`right team: example ${example.right} of ${example.cases}, paraphrases ${paraphrased.right} of ${paraphrased.cases}`);
  expect(paraphrased.cases).toBe(40);
  expect(Math.abs(example.right / example.cases - paraphrased.right / paraphrased.cases)).toBeLessThanOrEqual(0.1);
});

async function rightTeams(cases: string | undefined): Promise<{ readonly right: number; readonly cases: number }> {
  using folder = cliFolder({ copyOf: EXAMPLE });
  if (cases !== undefined) writeFileSync(path.join(folder.path, 'triage.cases.jsonl'), cases);
  const { json } = await folder.run(['eval', 'triage.prompt.yml', '--json']);
  const scores = json.filter(({ type }) => type === 'sampleScored').map(({ scores }) => scores as { evaluator: string; status: string }[]);
  const teams = scores.flatMap((list) => list.filter(({ evaluator }) => evaluator === 'right team'));
  return { right: teams.filter(({ status }) => status === 'passed').length, cases: teams.length };
}
