import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRunStore, releasePrompt } from '../../ledger/index.ts';
import { type ParsedLock, parseLock } from '../../prompts-schema/index.ts';
import type { Bump, ReleaseResult } from '../../protocol/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { type FileSystem, openWorkspace, type Workspace } from '../../workspace/index.ts';

export const PROMPT = 'prompts/triage.prompt.yml';
export const LOCK = `${PROMPT}.lock`;
export const TODAY = '2026-11-22';

/** A small prompt that says `words`, with these lines above its messages. */
export function promptText(words: string, head = ''): string {
  return `${head}messages:\n  - role: user\n    content: ${words}\n`;
}

export function workspaceOf(root: string): Workspace {
  return openWorkspace({ root, capabilities: TRUSTED });
}

export async function release(
  root: string,
  bump: Bump,
  {
    today = TODAY,
    promptId = PROMPT,
    ...disk
  }: { readonly today?: string; readonly promptId?: string; readonly fileSystem?: FileSystem; readonly patienceMs?: number } = {},
): Promise<ReleaseResult> {
  const workspace = workspaceOf(root);
  return releasePrompt({ workspace, store: createRunStore(workspace), today, disk }, promptId, bump);
}

/** The bytes of a file as text, marks and line ends included; undefined where there is none. */
export function textOf(root: string, path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path)).toString('utf8') : undefined;
}

/** The releases of the root's lock file, which must be sound. */
export function lockOf(root: string, path = LOCK): Extract<ParsedLock, { readonly status: 'read' }>['lock'] {
  const parsed = parseLock(textOf(root, path) ?? '');
  if (parsed.status !== 'read' || parsed.unsealed.length) throw new Error(`${path} is not sound: ${JSON.stringify(parsed)}`);
  return parsed.lock;
}

/** `1.0.0 1.1.0`: the versions in the root's lock file. */
export function versionsIn(root: string): string {
  return textOf(root, LOCK) === undefined
    ? ''
    : lockOf(root)
        .releases.map(({ version }) => version)
        .join(' ');
}
