import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { UserError } from '../../safety/index.ts';
import { isPromptFile, PROMPT_GLOB } from '../client/documents.ts';
import { promptAddress } from '../client/promptUri.ts';
import { readPointAddress } from '../deployments/promptPointAddress.ts';
import { PROMPT_SCHEME } from '../ids.ts';

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

/** The same; where there is none, the prompt of the window that the person picks. Undefined when the person leaves. */
export async function pickTarget(argument: unknown, title: string): Promise<Target | undefined> {
  const found = findTarget(argument);
  if (found) return found;
  const files = await vscode.workspace.findFiles(PROMPT_GLOB, '**/node_modules/**', MOST_PROMPTS);
  if (!files.length) return targetOf(argument);
  const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri })).sort((a, b) => (a.label < b.label ? -1 : 1));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Which prompt?' });
  return picked && { uri: picked.uri, caseId: undefined };
}

const MOST_PROMPTS = 1000;

/** The same, undefined where there is none. */
export function findTarget(argument: unknown): Target | undefined {
  if (argument instanceof vscode.Uri && isPromptFile(argument.path)) return { uri: fileOf(argument), caseId: undefined };
  const lens = LensArguments.safeParse(argument);
  if (lens.success) return { uri: vscode.Uri.parse(lens.data.uri), caseId: lens.data.caseId };
  const active = vscode.window.activeTextEditor?.document.uri;
  return active && isPromptFile(active.path) ? { uri: fileOf(active), caseId: undefined } : undefined;
}

/** The prompt, where a read-only document shows the prompt as it was or as it is elsewhere. */
function fileOf(uri: vscode.Uri): vscode.Uri {
  const shown = uri.scheme === PROMPT_SCHEME ? readPointAddress(uri.query) : undefined;
  return shown ? promptAddress(shown.root, shown.promptId) : uri;
}
