import * as z from 'zod/mini';
import { HistoryEvent } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { promptAddress } from '../client/promptUri.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';

/** A node of the history, as it comes as an argument. */
const NodeArgument = z.object({ root: z.string(), promptId: z.string(), event: HistoryEvent });

/** Shows one event of a history: an eval in its panel, a review in its panel, everything else as the change of text that it was. */
export function showChange({ sessions, panels, drift, live }: Services): Command {
  return {
    id: COMMANDS.showChange,
    async execute(argument) {
      const node = NodeArgument.safeParse(argument);
      if (!node.success) throw new UserError('usage', 'Choose an entry in the view “Prompt History”.');
      const { root, promptId, event } = node.data;
      const place = { root, promptId };
      const { kind, point, before, runId, comparisonId } = event;
      const uri = promptAddress(root, promptId).toString();
      if (comparisonId !== undefined) {
        const session = await drift.drifts.of(uri);
        drift.panels.show(session);
        return session.show(comparisonId);
      }
      if (runId !== undefined) {
        const session = await sessions.of(uri);
        panels.show(session);
        return session.show(runId);
      }
      if (point && (before || kind === 'edit')) return live.documents.comparePoints(place, before, point);
      const single = point ?? before;
      if (single) return live.documents.compareWithFile(place, single);
      throw new UserError('usage', `Of “${event.title}” no text is kept that could be shown.`);
    },
  };
}
