import { UserError } from '../../safety/index.ts';
import type { ServerClient } from '../client/serverClient.ts';
import { manageTrust } from '../commands/trust.ts';
import type { SessionPrompt } from '../evals/sessionWorld.ts';
import { goTo } from '../goTo.ts';
import type { DriftPanelActions } from '../panels/driftPanel.ts';
import type { ComparisonName } from './addresses.ts';
import type { CaseDocuments } from './caseDocuments.ts';
import type { DriftSession } from './driftSession.ts';
import { exportReport } from './exportReport.ts';

/** What the buttons of a drift panel do outside the panel. */
export function driftPanelActions(server: ServerClient, documents: CaseDocuments, report: (error: unknown) => void): DriftPanelActions {
  return {
    report,
    trustFolder: manageTrust,
    diffEditor: async (session, caseId, shown) => {
      const name = nameOf(session);
      if (name) await documents.openDiff(name, caseId, shown);
    },
    multiDiff: async (session) => {
      const name = nameOf(session);
      if (name) await documents.openMultiDiff(name, session.view?.rows ?? []);
    },
    goToCase: (session, caseId) => goTo(server, promptOf(session), { kind: 'case', caseId }),
    goToEvaluator: (session, index) => goTo(server, promptOf(session), { kind: 'evaluator', index }),
    exportReport: (session) => exportReport(session.prompt.promptName, session.prompt.root, (format) => session.report(format)),
  };
}

function promptOf({ prompt }: DriftSession): SessionPrompt {
  if (prompt.comparisonId !== undefined) throw new UserError('usage', 'These outputs belong to no prompt of this folder.');
  return prompt;
}

function nameOf({ prompt, place }: DriftSession): ComparisonName | undefined {
  return place && { ...place, promptId: prompt.promptId, promptName: prompt.promptName };
}
