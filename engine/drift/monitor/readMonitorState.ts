import * as z from 'zod';
import { isJsonObject, ownValue, parseJson, UserError } from '../../../safety/index.ts';
import { WHOLE } from '../cases/namedViews.ts';
import { evidenceSteps, recomputeEvidence, strongest } from './evidence.ts';
import { MONITOR_FORMAT, type MonitorState } from './monitorState.ts';
import { BETS } from './shiryaevRoberts.ts';

/**
 * Reads a monitor's state from its JSON text. `configuration` where it is damaged, was written by a newer program, or holds evidence that
 * does not follow from its own history: a monitor must not go on from figures that nobody can compute again. One of format 1 is read as what it
 * is, a monitor of whole outputs alone.
 */
export function readMonitorState(text: string, file: string): MonitorState {
  const parsed = parseJson(text);
  if (!parsed.ok) throw damaged(file, `it is not JSON (${parsed.message})`);
  const version = isJsonObject(parsed.value) ? ownValue(parsed.value, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > MONITOR_FORMAT)
    throw new UserError(
      'configuration',
      `The monitor's state was written by a newer Evenkeel (format ${version}). Update this one to go on.`,
      { file },
    );
  const read = (version === 1 ? firstFormat : monitorState).safeParse(parsed.value);
  if (!read.success) throw damaged(file, firstIssue(read.error));
  const state = read.data;
  const steps = evidenceSteps(state);
  const wrong = state.history.find(({ r }, at) => !near(r, strongest({ ...state, evidence: steps[at] ?? [] }).r));
  if (wrong !== undefined) throw damaged(file, `the evidence of ${wrong.date} does not follow from its history`);
  const again = recomputeEvidence(state);
  const follows = state.evidence.every((bets, view) => bets.every((value, bet) => near(value, again[view]?.[bet] ?? 0)));
  if (!follows || state.evidence.length !== state.views.length) throw damaged(file, 'its evidence does not follow from its history');
  return state;
}

const day = z.iso.date();
const share = z.number().min(0).max(1);

const bets = z.array(z.number().min(0)).length(BETS.length);
const pValues = z.object({ canary: z.string(), p: z.array(share) });
const entry = z.object({ kind: z.enum(['day', 'burst']), date: day, r: z.number().min(0) });

const monitorState = z.object({
  formatVersion: z.literal(MONITOR_FORMAT),
  seed: z.string(),
  since: day,
  views: z.array(z.string()).min(1),
  evidence: z.array(bets),
  history: z.array(entry.extend({ canaries: z.array(pValues.extend({ view: z.string() })) })),
  weekly: z.array(z.object({ date: day, distributionP: share, modeP: share, alarm: z.boolean() })),
  redSince: z.nullable(day),
});

/** Before views were told apart. */
const firstFormat = monitorState
  .omit({ formatVersion: true, views: true, evidence: true, history: true })
  .extend({ evidence: bets, history: z.array(entry.extend({ canaries: z.array(pValues) })) })
  .transform(
    ({ evidence, history, ...rest }): MonitorState => ({
      ...rest,
      formatVersion: MONITOR_FORMAT,
      views: [WHOLE],
      evidence: [evidence],
      history: history.map((one) => ({ ...one, canaries: one.canaries.map(({ canary, p }) => ({ canary, view: WHOLE, p })) })),
    }),
  );

function damaged(file: string, why: string): UserError {
  return new UserError(
    'configuration',
    `The monitor's state is damaged: ${why}. Restore the last good one; without it, begin anew and say so: the monitor's past is lost.`,
    { file },
  );
}

/** Names the place, never what stands there. */
function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.map(String).join('.') ?? '';
  return place === '' ? 'it is not a state of a monitor' : `${JSON.stringify(place.slice(0, 80))} is not what it should be`;
}

/** Powers may differ in their last digits between machines. */
function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
}
