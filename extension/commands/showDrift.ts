import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { driftSessionOf, findDriftTarget } from './driftTarget.ts';

/** Shows a prompt's drift panel with its newest comparison, or the comparison and case of a tree item. */
export function showDrift(services: Services): Command {
  return {
    id: COMMANDS.showDrift,
    async execute(argument) {
      const session = await driftSessionOf(services, argument, 'Show drift review');
      if (!session) return;
      const panel = services.drift.panels.show(session);
      const target = findDriftTarget(argument);
      if (!target) return session.showStored();
      if (session.place?.comparisonId !== target.name.comparisonId) await session.show(target.name.comparisonId);
      if (target.caseId !== undefined) panel.select(target.caseId);
    },
  };
}
