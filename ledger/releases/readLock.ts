import { lockPath, type ParsedLock, parseLock, type Reference } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** The lock file beside a prompt; undefined where there is none. Never throws: what is wrong with it is in the result. Parsed once a text. */
export async function readLock(workspace: Workspace, promptId: string): Promise<Reference<ParsedLock> | undefined> {
  const path = lockPath(promptId);
  const file = await workspace.read(path);
  if (file.ok) return { status: 'read', path, value: parsedOnce(workspace, path, file.text) };
  if (file.reason === 'missing') return undefined;
  return { status: file.reason === 'outside' ? 'outside' : 'unreadable', path, message: file.message };
}

/** Lives as long as the workspace it belongs to. */
const parsed = new WeakMap<Workspace, Map<string, { readonly text: string; readonly value: ParsedLock }>>();
const MOST_PARSED = 300;

function parsedOnce(workspace: Workspace, path: string, text: string): ParsedLock {
  const known = parsed.get(workspace) ?? new Map<string, { readonly text: string; readonly value: ParsedLock }>();
  parsed.set(workspace, known);
  const before = known.get(path);
  if (before?.text === text) return before.value;
  if (known.size >= MOST_PARSED) known.clear();
  const value = parseLock(text);
  known.set(path, { text, value });
  return value;
}
