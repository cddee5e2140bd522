import * as vscode from 'vscode';
import { CONFIG_GLOB } from './documents.ts';

/** Addresses of the evenkeel.yml files of the window, each of which makes its folder a root. */
export async function configFiles(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(CONFIG_GLOB, '**/node_modules/**', MOST_ROOTS);
  return found.map((uri) => uri.toString());
}

const MOST_ROOTS = 200;
