import * as vscode from 'vscode';
import type { Bump } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { releaseItems } from '../history/releaseItems.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { liveTargetOf } from './liveTarget.ts';

/** Releases a prompt as the version that a quick fix names or that the person picks: into the prompt file and the lock file beside it. */
export function release(services: Services): Command {
  return {
    id: COMMANDS.release,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, 'Release');
      const bump = target && (target.bump ?? (await askBump(services, target.uri)));
      if (!target || bump === undefined) return;
      await saved(target.uri);
      const { message } = await services.engine.request('release', { root: target.root, promptId: target.promptId, bump });
      void vscode.window.showInformationMessage(message);
      services.live.happened();
    },
  };
}

/** Which version it gets; undefined when the person leaves. */
async function askBump({ server }: Services, uri: string): Promise<Bump | undefined> {
  const choices = await server.releaseChoices(uri);
  if (!choices) throw new UserError('usage', 'This file holds no prompt that can be released.');
  const placeHolder = choices.newest === undefined ? 'The first release of this prompt' : `The newest release is ${choices.newest}`;
  return (await vscode.window.showQuickPick(releaseItems(choices), { title: `Release ${choices.promptName}`, placeHolder }))?.bump;
}

/** What is released is the file, so that what is in the editor is written first. */
async function saved(uri: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open?.isDirty && !(await open.save())) throw new UserError('usage', 'The prompt file could not be saved, so nothing was released.');
}
