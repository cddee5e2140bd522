import { DEPLOYMENTS_FORMAT, DeploymentAnswer } from '../../protocol/index.ts';
import { isJsonObject, ownValue, parseJson } from '../../safety/index.ts';
import { ensureStateFolder, STATE_FOLDER, type Workspace, writeAtomic } from '../../workspace/index.ts';
import { pathSafe } from '../pathSafe.ts';

/** What is stored of an environment. `newer`: by a newer program; it is left alone. */
export type StoredAnswer =
  | { readonly status: 'read'; readonly answer: DeploymentAnswer }
  | { readonly status: 'none' }
  | { readonly status: 'newer' };

/** Root-relative path of the last answer of an environment. */
export function answerPath(environment: string): string {
  // On Windows `con.json` is a device, whatever folder it is in.
  const name = pathSafe(environment).replace(/^[a-z](?=on\.|on$|rn\.|rn$|ux\.|ux$|ul\.|ul$|om\d|pt\d)/, hexOf);
  return `${STATE_FOLDER}/${FOLDER}/${name}.json`;
}

/** Reads the last answer; one that is damaged is none, since the next look makes it anew. Read once per change of the file. */
export async function readAnswer(workspace: Workspace, environment: string): Promise<StoredAnswer> {
  const path = answerPath(environment);
  const stamp = await workspace.stat(path);
  if (!stamp) return { status: 'none' };
  const known = cached.get(workspace) ?? new Map<string, CachedAnswer>();
  cached.set(workspace, known);
  const before = known.get(path);
  if (before?.mtimeMs === stamp.mtimeMs && before.size === stamp.size) return before.stored;
  const file = await workspace.read(path);
  if (!file.ok) return { status: 'none' };
  const stored = decode(file.text, environment);
  known.set(path, { mtimeMs: file.mtimeMs, size: file.size, stored });
  return stored;
}

/** Replaces the last answer; durable when it resolves. A reader finds the old one or the new one. */
export async function writeAnswer(workspace: Workspace, answer: DeploymentAnswer): Promise<void> {
  await ensureStateFolder(workspace, [FOLDER]);
  await writeAtomic(workspace, answerPath(answer.environment), `${JSON.stringify(answer, undefined, 1)}\n`);
}

const FOLDER = 'deployments';

interface CachedAnswer {
  readonly mtimeMs: number;
  readonly size: number;
  readonly stored: StoredAnswer;
}

/** Lives as long as the workspace it belongs to. */
const cached = new WeakMap<Workspace, Map<string, CachedAnswer>>();

function decode(text: string, environment: string): StoredAnswer {
  const read = parseJson(text);
  const version = read.ok && isJsonObject(read.value) ? ownValue(read.value, 'formatVersion') : undefined;
  if (typeof version === 'number' && version > DEPLOYMENTS_FORMAT) return { status: 'newer' };
  const parsed = DeploymentAnswer.safeParse(read.ok ? read.value : undefined);
  return parsed.success && parsed.data.environment === environment ? { status: 'read', answer: parsed.data } : { status: 'none' };
}

function hexOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
