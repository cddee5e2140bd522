import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { PromptPoint } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import type { PointChoice } from '../history/pointChoices.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { liveTargetOf } from './liveTarget.ts';
import { pointsOf } from './pointsOf.ts';

/** Shows a release, an environment or an earlier edit that the person picks against the prompt as it is in the editor. */
export function compareRelease(services: Services): Command {
  return {
    id: COMMANDS.compareRelease,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, TITLE);
      if (!target) return;
      const node = HistoryNode.safeParse(argument);
      if (node.success) return services.live.documents.compareWithFile(target, node.data.event.point);
      const { root, promptId } = target;
      const choices = await pointsOf(services, { root, promptId });
      if (!choices.length) throw new UserError('usage', `There is no release, environment or commit of ${promptId} to compare with.`);
      const picked = await vscode.window.showQuickPick(withHeads(choices), { title: TITLE, matchOnDescription: true });
      if (picked?.point) await services.live.documents.compareWithFile(target, picked.point);
    },
  };
}

/** A row of the history that has a text. */
const HistoryNode = z.object({ event: z.object({ point: PromptPoint }) });

const TITLE = 'Compare with release';

type Item = vscode.QuickPickItem & { readonly point?: PointChoice['point'] };

/** Choices under the name of their group. */
function withHeads(choices: readonly PointChoice[]): readonly Item[] {
  return choices.flatMap((choice, at): readonly Item[] =>
    choices[at - 1]?.group === choice.group ? [choice] : [{ label: choice.group, kind: vscode.QuickPickItemKind.Separator }, choice],
  );
}
