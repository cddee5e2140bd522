import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { UserError } from '../../safety/index.ts';
import { isPromptFile, PROMPT_GLOB } from '../client/documents.ts';
import { promptAddress } from '../client/promptUri.ts';
import { readPointAddress } from '../deployments/promptPointAddress.ts';
import { PROMPT_SCHEME } from '../ids.ts';

const LensArguments = z.object({ uri: z.string(), caseId: z.optional(z.string()), caseIds: z.optional(z.array(z.string())) });

/** What a command is about: a prompt file, perhaps cases of it. */
export interface Target {
  /** In VS Code's own spelling, so that one file is one session. */
  readonly uri: vscode.Uri;
  /** None where it is about all of them. */
  readonly caseIds: readonly string[];
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
  return picked && { uri: picked.uri, caseIds: [] };
}

const MOST_PROMPTS = 1000;

/** The same, undefined where there is none. */
export function findTarget(argument: unknown): Target | undefined {
  if (argument instanceof vscode.Uri && isPromptFile(argument.path)) return { uri: fileOf(argument), caseIds: [] };
  const lens = LensArguments.safeParse(argument);
  if (lens.success) return { uri: vscode.Uri.parse(lens.data.uri), caseIds: lens.data.caseIds ?? [lens.data.caseId ?? []].flat() };
  const active = vscode.window.activeTextEditor?.document.uri;
  return active && isPromptFile(active.path) ? { uri: fileOf(active), caseIds: [] } : undefined;
}

/** The prompt, where a read-only document shows the prompt as it was or as it is elsewhere. */
function fileOf(uri: vscode.Uri): vscode.Uri {
  const shown = uri.scheme === PROMPT_SCHEME ? readPointAddress(uri.query) : undefined;
  return shown ? promptAddress(shown.root, shown.promptId) : uri;
}
