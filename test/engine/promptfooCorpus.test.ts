import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../engine/index.ts';
import { type LoadedPrompt, loadPrompt, promptIdsIn } from '../../ledger/index.ts';
import { ASSERTION_TYPES, type EvaluatorSpec } from '../../prompts-schema/index.ts';
import type { Score } from '../../protocol/index.ts';
import { TRUSTED, UserError } from '../../safety/index.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { corpusFolder, skippedNote } from '../support/corpus.ts';
import { follow } from './support/runFixture.ts';

const CORPUS = corpusFolder('promptfoo');
const MODEL = 'sandbox/extractor-2026-05';

/** Why a prompt of these files cannot be run from here; anything else would be a fault of ours. */
const REFUSED = [
  /is code that makes a prompt/,
  /is kept elsewhere and not fetched/,
  /No file fits/,
  /pictures, sound and calls are not sent/,
  /This list of messages is no JSON before its values are put in/,
  /does not exist/,
  /The prompt has no cases/,
  /The dataset has no cases/,
  /cannot be rendered/,
  /has the role/,
  /Each tool is an object with a name/, // a file of tools in the form of another provider
];

/** What is compared with is named as promptfoo does. */
const TYPE_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(ASSERTION_TYPES).flatMap(([type, { kind }]) => (kind === 'foreign' ? [] : [[kind, type] as const])),
);

function typeOf(spec: EvaluatorSpec): string {
  return spec.kind === 'foreign' ? spec.type : (TYPE_OF.get(spec.kind) ?? spec.kind);
}

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe.skipIf(!CORPUS)(`promptfoo configurations of the corpus${skippedNote(CORPUS ? [CORPUS] : [])}`, () => {
  it('run with the stand-in model: every assertion is scored, or unscored with a reason', async () => {
    const root = await mkdtemp(join(tmpdir(), 'evenkeel-promptfoo-'));
    folders.push(root);
    await cp(CORPUS ?? '', root, { recursive: true });
    const workspace = openWorkspace({ root, capabilities: TRUSTED });
    const sandbox = createSandbox({});
    const engine = createEngine({ capabilities: TRUSTED, interactive: false, sandbox: async () => sandbox });
    const table = new Map<string, { passed: number; failed: number; unscored: number; reason: string }>();
    const refused = new Map<string, number>();
    const strange: string[] = [];
    let ran = 0;
    for (const file of await workspace.promptFiles()) {
      for (const promptId of await promptIdsIn(workspace, file)) {
        try {
          const loaded = await loadPrompt(workspace, promptId);
          const plan = await engine.plan({
            root,
            promptId,
            models: [MODEL],
            cases: { kind: 'ids', ids: [...someCases(loaded)] },
            cache: false,
          });
          const { events, last } = await follow(engine, plan.planId);
          expect(last.totals.errors, promptId).toBe(0);
          ran++;
          const byIndex = new Map(loaded.document.evaluators.map((spec) => [spec.index, spec]));
          for (const score of events.flatMap((event) => (event.type === 'sampleScored' ? event.scores : []))) {
            const spec = byIndex.get(score.index);
            if (spec) count(table, spec, score);
          }
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          const known = REFUSED.find((reason) => reason.test(error.message));
          if (known) refused.set(known.source, (refused.get(known.source) ?? 0) + 1);
          else strange.push(`${promptId}: ${error.message}`);
        }
      }
    }
    const rows = [...table]
      .sort()
      .map(
        ([type, { passed, failed, unscored, reason }]) =>
          `${type.padEnd(32)} ${String(passed).padStart(5)} ${String(failed).padStart(5)} ${String(unscored).padStart(5)}  ${reason}`,
      );
    console.log(
      [
        `${ran} prompts ran. Passed, failed, unscored by type:`,
        ...rows,
        ...[...refused].map(([why, times]) => `${times} not run: ${why}`),
      ].join('\n'),
    );
    expect(strange).toEqual([]);
    expect(ran).toBeGreaterThan(150);
    for (const [type, { unscored, reason }] of table) if (unscored > 0) expect(reason, type).toMatch(/\S.*\.$/);
  }, 300_000);
});

/** The first cases, and of each evaluator the first that it is for. */
function someCases({ cases, document }: LoadedPrompt): ReadonlySet<string> {
  return new Set([...cases.slice(0, 3).map(({ id }) => id), ...document.evaluators.flatMap((spec) => spec.cases?.[0] ?? [])]);
}

function count(
  table: Map<string, { passed: number; failed: number; unscored: number; reason: string }>,
  spec: EvaluatorSpec,
  { status, reason = '' }: Score,
): void {
  const type = typeOf(spec);
  const row = table.get(type) ?? { passed: 0, failed: 0, unscored: 0, reason: '' };
  row[status]++;
  if (status === 'unscored') row.reason = reason;
  table.set(type, row);
}
