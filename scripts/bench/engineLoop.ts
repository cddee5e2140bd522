/** The same evaluation by the engine, journal and all. `node engineLoop.js <root> <in flight>`; with --expose-gc it also tells what it holds at the end. */
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
let held: number | undefined;
const run = await engine.start(plan.planId, [], (event: RunEvent) => {
  tally.apply(event);
  if (event.type === 'runFinished') held = heapHeld();
});
await run.finished;
const { passed, errors } = tally.totals();
process.stdout.write(JSON.stringify({ passed, errors, held }));
process.exit(0);

function heapHeld(): number | undefined {
  if (!globalThis.gc) return undefined;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
