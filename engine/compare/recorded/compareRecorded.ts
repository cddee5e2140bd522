import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { inputsHash, newRunId } from '../../../ledger/index.ts';
import type { RecordedRequest, SideInfo } from '../../../protocol/index.ts';
import { UserError } from '../../../safety/index.ts';
import { errorCode } from '../../../workspace/index.ts';
import type { EngineContext } from '../../engineContext.ts';
import { datasetFingerprint } from '../../run/plan.ts';
import { type Assessor, createAssessor } from '../assessor.ts';
import { buildComparison } from '../buildComparison.ts';
import { pairsOf } from '../planCompare.ts';
import { loadJudged } from '../sides/resolveSide.ts';
import type { SideCase, SideData } from '../sides/sideData.ts';
import { answerAssessor } from './answerAssessor.ts';
import { type RecordedFile, type RecordedOutputs, type RecordedSide, readRecorded } from './readRecorded.ts';

/** Compares outputs recorded elsewhere: nothing is called. Scored by a prompt's evaluators, or by the patterns that find the answer. */
export async function compareRecorded(request: RecordedRequest, engine: EngineContext): Promise<{ readonly comparisonId: string }> {
  const { comparisons, workspace } = engine.folderOf(request.root);
  const now = engine.clock.date();
  const files = await Promise.all(request.files.map(readRecordedFile));
  const recorded = readRecorded(files);
  const judged =
    request.promptId === undefined ? undefined : await loadJudged(workspace, request.promptId, undefined, now.toISOString().slice(0, 10));
  const assessor = judged ? await createAssessor(judged) : await answerAssessor(request.answer);
  const baseline = sideOf('baseline', recorded, assessor);
  const candidate = sideOf('candidate', recorded, assessor);
  const comparison = buildComparison({
    id: newRunId(now, engine.random),
    kind: 'recorded',
    createdAt: now.toISOString(),
    promptId: judged?.promptId ?? '',
    promptName: request.name ?? judged?.document.name?.value ?? basename(files[0]?.name ?? 'recorded').replace(/\.jsonl$/, ''),
    seed: request.seed ?? judged?.config.defaults.seed ?? 1,
    baseline: baseline.info,
    candidate: candidate.info,
    assessor,
    pairs: pairsOf(recorded.cases, baseline, candidate),
    screen: null,
    spent: { calls: 0, usd: 0, unpriced: 0, ms: 0 },
    notes: [],
    incomplete: false,
  });
  await comparisons.save(comparison);
  return { comparisonId: comparison.id };
}

function sideOf(which: 'baseline' | 'candidate', { cases, [which]: side }: RecordedOutputs, assessor: Assessor): SideData {
  const found = new Map<string, SideCase>();
  for (const of of cases) {
    const outputs = side.outputs.get(of.id) ?? [];
    const samples = outputs.map((text) => assessor.assess({ output: { text, finishReason: 'stop' } }, of));
    if (samples.length) found.set(of.id, { inputs: inputsHash(of.variables), samples, failures: 0 });
  }
  const dataset = found.size === cases.length ? { dataset: datasetFingerprint(cases) } : {};
  return { info: { ...infoOf(which, side), ...dataset }, cases: found, notes: [] };
}

function infoOf(which: string, { model }: RecordedSide): SideInfo {
  return {
    kind: 'recorded',
    label: `recorded ${which}`,
    model: model ?? 'unknown',
    answeredBy: model === undefined ? [] : [model],
    runIds: [],
  };
}

/** Reads a file that a person named, wherever it is: regular files up to 256 MB. */
async function readRecordedFile(path: string): Promise<RecordedFile> {
  const name = basename(path);
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new UserError('usage', `${name} is not a file.`);
      if (stats.size > MOST_BYTES)
        throw new UserError('usage', `${name} is larger than ${MOST_BYTES / 1024 / 1024} MB. Compare a part of it.`);
      return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile()) };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why =
      errorCode(error) === 'ENOENT'
        ? 'does not exist'
        : error instanceof TypeError
          ? 'is not UTF-8 text'
          : `cannot be read (${errorCode(error)})`;
    throw new UserError('usage', `${name} ${why}.`);
  }
}

const MOST_BYTES = 256 * 1024 * 1024;
