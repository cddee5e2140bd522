import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { ReviewAction, ReviewScope } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { ComparisonName, readCaseSide } from '../drift/addresses.ts';
import type { DriftSession } from '../drift/driftSession.ts';
import { NOTHING_YET } from '../drift/driftWords.ts';
import type { ShownSamples } from '../drift/shownSamples.ts';
import { DRIFT_SCHEME } from '../ids.ts';
import type { Services } from '../services.ts';
import { pickTarget } from './target.ts';

/** What a command is about: a comparison, perhaps a case or a group of it. */
export interface DriftTarget {
  readonly name: ComparisonName;
  readonly caseId: string | undefined;
  readonly scope: ReviewScope | undefined;
  /** The samples that a diff editor shows. */
  readonly shown: ShownSamples;
}

/** A node of the tree, as it comes as an argument. */
const NodeArgument = z.extend(ComparisonName, { caseId: z.optional(z.string()), group: z.optional(z.object({ id: z.string() })) });

/** The comparison, group or case that a tree item or a diff editor names, else the one in the active diff editor. */
export function findDriftTarget(argument: unknown): DriftTarget | undefined {
  const node = NodeArgument.safeParse(argument);
  if (node.success) {
    const { caseId, group, ...name } = node.data;
    return { name, caseId, scope: scopeOf(caseId, group?.id), shown: {} };
  }
  const uri = argument === undefined ? vscode.window.activeTextEditor?.document.uri : argument;
  const side = uri instanceof vscode.Uri && uri.scheme === DRIFT_SCHEME ? readCaseSide(uri.query) : undefined;
  if (!side) return undefined;
  const { caseId, side: _side, approved, fresh, ...name } = side;
  return { name, caseId, scope: scopeOf(caseId, undefined), shown: { approved, fresh } };
}

function scopeOf(caseId: string | undefined, group: string | undefined): ReviewScope | undefined {
  if (caseId !== undefined) return { kind: 'cases', ids: [caseId] };
  return group === undefined ? undefined : { kind: 'group', id: group };
}

/** The session of a tree item's comparison, a lens's or the active editor's prompt, or the prompt that the person picks; undefined when the person leaves. */
export async function driftSessionOf({ drift }: Services, argument: unknown, title: string): Promise<DriftSession | undefined> {
  const target = findDriftTarget(argument);
  if (target) return drift.drifts.ofComparison(target.name);
  const prompt = await pickTarget(argument, title);
  return prompt && drift.drifts.of(prompt.uri.toString());
}

/** Shows the panel of whatever the argument names and does the work there. */
export async function inDriftPanel(
  services: Services,
  argument: unknown,
  title: string,
  work: (session: DriftSession) => Promise<void>,
): Promise<void> {
  const session = await driftSessionOf(services, argument, title);
  if (!session) return;
  services.drift.panels.show(session);
  await session.showStored();
  await work(session);
}

/** The comparison that the argument names, else the one shown of the prompt; undefined when the person leaves. */
export async function comparisonOf(services: Services, argument: unknown, title: string): Promise<ComparisonName | undefined> {
  const target = findDriftTarget(argument);
  if (target) return target.name;
  const session = await driftSessionOf(services, argument, title);
  await session?.showStored();
  if (session && !session.place) throw new UserError('usage', session.state().notice ?? NOTHING_YET);
  return session?.place && { ...session.place, promptId: session.prompt.promptId, promptName: session.prompt.promptName };
}

/** Says something of the changes that a tree item or a diff editor names. The reason is asked for only where there is something to say it of. */
export async function reviewTarget(
  { engine, drift }: Services,
  argument: unknown,
  action: ReviewAction,
  askReason?: (what: string) => Promise<string | undefined>,
): Promise<void> {
  const target = findDriftTarget(argument);
  if (!target?.scope) throw new UserError('usage', 'Choose a case in the view “Drift Review”, or open its diff.');
  const { name, scope, caseId } = target;
  const reason = await askReason?.(caseId ?? 'this group');
  if (askReason && !reason) return;
  const { root, comparisonId } = name;
  const { message } = await engine.request('review', { root, comparisonId, action, scope, ...(reason ? { reason } : {}) });
  vscode.window.setStatusBarMessage(`Evenkeel: ${message}`, 5000);
  drift.changed();
}
