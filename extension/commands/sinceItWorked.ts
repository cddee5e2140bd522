import * as vscode from 'vscode';
import type { SideRef, WorkingPoint, WorkingPointsRequest } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { unsavedText } from '../evals/unsavedText.ts';
import { workingChoices } from '../history/workingChoices.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { type LiveTarget, liveTargetOf } from './liveTarget.ts';

/** What changed since it last worked? Text, model, dataset and answers against a green run, a release, a deployment or a day that the person picks. */
export function sinceItWorked(services: Services): Command {
  return {
    id: COMMANDS.sinceItWorked,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, TITLE);
      if (!target) return;
      const asked = requestOf(target);
      const { points, candidate } = await services.engine.request('workingPoints', asked);
      const picked = await vscode.window.showQuickPick(workingChoices(points, new Date()), {
        title: TITLE,
        placeHolder: 'When did it work?',
        matchOnDescription: true,
      });
      const point = picked?.point ?? (picked && (await pointOfDay(services, asked)));
      if (!point) return;
      const session = await services.drift.drifts.of(target.uri);
      services.drift.panels.show(session);
      await session.compare({ kind: 'quick', baseline: point.side, candidate: isSame(point.side, candidate) ? WORKING_COPY : candidate });
    },
  };
}

const WORKING_COPY: SideRef = { kind: 'workingCopy' };

/** A run that is held against itself tells nothing. */
function isSame(side: SideRef, other: SideRef): boolean {
  return side.kind === 'run' && other.kind === 'run' && side.run === other.run;
}

const TITLE = 'What changed since it last worked?';

function requestOf({ uri, root, promptId }: LiveTarget): WorkingPointsRequest {
  const text = unsavedText(uri);
  return { root, promptId, ...(text === undefined ? {} : { text }) };
}

/** What was there at the end of a day; undefined when the person leaves. */
async function pointOfDay({ engine }: Services, asked: WorkingPointsRequest): Promise<WorkingPoint | undefined> {
  const since = await vscode.window.showInputBox({
    title: TITLE,
    prompt: 'A day on which it worked',
    placeHolder: '2026-11-12',
    validateInput: (value) => (isDay(value.trim()) ? undefined : 'A day such as 2026-11-12.'),
  });
  if (!since) return undefined;
  const { chosen } = await engine.request('workingPoints', { ...asked, since: since.trim() });
  if (!chosen) throw new UserError('usage', `Nothing is known of this prompt on ${since.trim()}: no run, no release, no commit.`);
  return chosen;
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}
