import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import { DEPLOYMENTS_FORMAT, DeploymentRecord } from '../../protocol/index.ts';
import { isJsonObject, type Json, ownValue, parseJson, UserError } from '../../safety/index.ts';
import { hashText, LARGEST_FILE, type Workspace, writeAtomic } from '../../workspace/index.ts';

/** The records of a deployments file in their order, or the line that is none and why. */
export type ParsedDeployments =
  | { readonly ok: true; readonly records: readonly DeploymentRecord[]; readonly torn: boolean }
  | { readonly ok: false; readonly line: number; readonly message: string };

/**
 * Reads a deployments file: one JSON object a line, empty lines left out. A last line without its line feed may be torn and is then passed over;
 * anything else that is no record makes the file unusable, for what stands there might be the newest. Never throws.
 */
export function parseDeployments(text: string): ParsedDeployments {
  const lines = text.split(/\r?\n/);
  const records: DeploymentRecord[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = parseJson(line);
    const parsed = DeploymentRecord.safeParse(read.ok ? read.value : undefined);
    if (parsed.success && (parsed.data.promptId ?? parsed.data.name) !== undefined) records.push(parsed.data);
    else if (at === lines.length - 1 && !read.ok) return { ok: true, records, torn: true };
    else return { ok: false, line: at + 1, message: complaint(read.ok ? read.value : undefined, parsed.error) };
  }
  return { ok: true, records, torn: false };
}

/**
 * Adds records behind what a deployments file holds, durable when it resolves; makes the file, not its folder. Several processes may do so at the
 * same time. UserError where the file cannot be written, or is damaged: `path` is root-relative.
 */
export async function appendDeployments(workspace: Workspace, path: string, records: readonly DeploymentRecord[]): Promise<void> {
  const added = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  for (let tries = 1; ; tries++) {
    const before = await readText(workspace, path);
    const text = withWholeLines(before ?? '', path) + added;
    if (Buffer.byteLength(text) > LARGEST_FILE)
      throw new UserError('configuration', `${path} would be larger than ${LARGEST_FILE / 1024 / 1024} MB. Move its oldest lines away.`);
    try {
      await writeAtomic(workspace, path, text, { expectedHash: before === undefined ? null : hashText(before) });
      return;
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'conflict') || tries === MOST_TRIES) throw error;
      await sleep(Math.random() * 20 * tries);
    }
  }
}

/** Others may be adding to the file, each once in a try of ours. */
const MOST_TRIES = 30;

async function readText(workspace: Workspace, path: string): Promise<string | undefined> {
  const file = await workspace.read(path);
  if (file.ok) return file.text;
  if (file.reason === 'missing') return undefined;
  throw new UserError('configuration', `The deployments file cannot be read: ${file.message}`, { file: path });
}

/** Without a torn last line; a whole one gets the line feed that it lacks. */
function withWholeLines(text: string, path: string): string {
  const parsed = parseDeployments(text);
  if (!parsed.ok)
    throw new UserError('configuration', `${parsed.message} Mend or remove the line first.`, { file: path, line: parsed.line });
  if (parsed.torn) return text.slice(0, text.lastIndexOf('\n') + 1);
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function complaint(value: Json | undefined, error: z.core.$ZodError | undefined): string {
  const version = isJsonObject(value) ? ownValue(value, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > DEPLOYMENTS_FORMAT)
    return `This line is of a newer format (${version}); this Evenkeel reads format ${DEPLOYMENTS_FORMAT}. Update Evenkeel.`;
  if (value === undefined) return 'This line is not JSON.';
  if (!error) return 'This line says neither `promptId` nor `name`.';
  const path = error.issues[0]?.path ?? [];
  if (!path.length) return 'This line is no record of a deployment.';
  return `This line is no record of a deployment: \`${path.map(String).join('.').slice(0, 100)}\` is missing or of another kind.`;
}
