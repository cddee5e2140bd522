/** The same evaluation by the engine, journal and all. `node engineLoop.js <root> <in flight>` */
import { createEngine } from '../../engine/index.ts';
import { type RunEvent, RunTally } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';

const [, , root = '', inFlight] = process.argv;
const engine = createEngine({ capabilities: TRUSTED, interactive: false });
const plan = await engine.plan({
  root,
  promptId: 'triage.prompt.yml',
  cases: { kind: 'all' },
  cache: false,
  concurrency: Number(inFlight),
});
const tally = new RunTally();
const run = await engine.start(plan.planId, [], (event: RunEvent) => tally.apply(event));
await run.finished;
const { passed, errors } = tally.totals();
process.stdout.write(JSON.stringify({ passed, errors }));
process.exit(0);
