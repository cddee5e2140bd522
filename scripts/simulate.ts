/**
 * Holds the statistics of drift reviews and of the daily check against models whose truth is known:
 * `npm run simulate -- [--reviews N] [--years N] [--seed S] [--only reviews|monitor] [--json]`. Prints Markdown tables; --json prints every
 * figure. What it does and what it found is docs/design/drift-simulation.md.
 */
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { claimTable, markdown } from './simulate/report.ts';
import { simulateAll } from './simulate/simulateAll.ts';

await asProgram(async () => {
  const { values } = parseArgs({
    options: {
      reviews: { type: 'string', default: '40' },
      years: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const options = {
    reviews: countOf('reviews', values.reviews),
    years: countOf('years', values.years),
    seed: values.seed,
    only: partOf(values.only),
  };
  const report = await simulateAll(options, (text) => void process.stderr.write(`${text}\n`));
  console.log(values.json ? JSON.stringify({ options, ...report }, undefined, 2) : markdown([claimTable(report.claims), ...report.tables]));
});

function partOf(text: string | undefined): 'reviews' | 'monitor' | undefined {
  if (text === undefined || text === 'reviews' || text === 'monitor') return text;
  throw new UserError('usage', `--only ${text}: write --only reviews or --only monitor.`);
}

function countOf(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000_000) return count;
  throw new UserError('usage', `--${name} ${text}: write a whole number from 1, for example --${name} 100.`);
}
