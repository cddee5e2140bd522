import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { comparisonOf } from './driftTarget.ts';

/** Shows every case of a comparison that is to be reviewed in one diff editor. */
export function openMultiDiff(services: Services): Command {
  return {
    id: COMMANDS.openMultiDiff,
    async execute(argument) {
      const name = await comparisonOf(services, argument, 'Open diffs of all cases to review');
      if (!name) return;
      const { root, comparisonId } = name;
      const { rows } = await services.engine.request('comparison', { root, comparisonId });
      await services.drift.documents.openMultiDiff(name, rows);
    },
  };
}
