import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { UserError } from '../../safety/index.ts';
import { isPromptFile } from '../client/documents.ts';

const LensArguments = z.object({ uri: z.string(), caseId: z.optional(z.string()) });

/** What a command is about: a prompt file, perhaps one case of it. */
export interface Target {
  /** In VS Code's own spelling, so that one file is one session. */
  readonly uri: vscode.Uri;
  readonly caseId: string | undefined;
}

/** The prompt that a lens or menu names, else the one in the active editor. Throws a UserError where there is none. */
export function targetOf(argument: unknown): Target {
  const target = findTarget(argument);
  if (!target) throw new UserError('usage', 'Open a prompt file (*.prompt.yml) first.');
  return target;
}

/** The same, undefined where there is none. */
export function findTarget(argument: unknown): Target | undefined {
  if (argument instanceof vscode.Uri) return { uri: argument, caseId: undefined };
  const lens = LensArguments.safeParse(argument);
  if (lens.success) return { uri: vscode.Uri.parse(lens.data.uri), caseId: lens.data.caseId };
  const active = vscode.window.activeTextEditor?.document.uri;
  return active && isPromptFile(active.path) ? { uri: active, caseId: undefined } : undefined;
}
