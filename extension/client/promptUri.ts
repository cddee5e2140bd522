import * as vscode from 'vscode';
import { holdsSeveral, isPromptFile } from './documents.ts';

/** The address of a prompt's file in the editor's spelling; of one of several prompts in a file (`file#name`), that of the file. `root` is absolute. */
export function promptUri(root: string, promptId: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), partsOf(promptId).file);
}

/** The address of the prompt itself: of one of several in a file, with its name behind `#`. It is no address of a document. */
export function promptAddress(root: string, promptId: string): vscode.Uri {
  const { name } = partsOf(promptId);
  const file = promptUri(root, promptId);
  return name === undefined ? file : file.with({ fragment: name });
}

function partsOf(promptId: string): { readonly file: string; readonly name?: string } {
  const last = promptId.lastIndexOf('#');
  const at = holdsSeveral(promptId.slice(0, Math.max(last, 0))) ? last : isPromptFile(promptId) ? -1 : promptId.indexOf('#');
  return at < 0 ? { file: promptId } : { file: promptId.slice(0, at), name: promptId.slice(at + 1) };
}
