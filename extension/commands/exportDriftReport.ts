import { exportReport } from '../drift/exportReport.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { comparisonOf } from './driftTarget.ts';

/** Writes a comparison as Markdown, or as JSON that opens here again. */
export function exportDriftReport(services: Services): Command {
  return {
    id: COMMANDS.exportDriftReport,
    async execute(argument) {
      const name = await comparisonOf(services, argument, 'Export drift report');
      if (!name) return;
      const { root, comparisonId, promptName } = name;
      await exportReport(promptName, root, async (format) => {
        const { text } = await services.engine.request('exportReport', { root, comparisonId, format });
        return text;
      });
    },
  };
}
