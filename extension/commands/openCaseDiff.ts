import { UserError } from '../../safety/index.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { findDriftTarget } from './driftTarget.ts';

/** Shows the approved and the new answer of a case in the diff editor. */
export function openCaseDiff({ drift }: Services): Command {
  return {
    id: COMMANDS.openCaseDiff,
    async execute(argument) {
      const target = findDriftTarget(argument);
      if (target?.caseId === undefined) throw new UserError('usage', 'Choose a case in the view “Drift Review”.');
      await drift.documents.openDiff(target.name, target.caseId, target.shown);
    },
  };
}
