import { DEFAULT_CONFIG, type EvenkeelConfig, type Issue, LineIndex, type PositionedNode, parseConfig } from '../prompts-schema/index.ts';
import { CONFIG_FILE } from './findRoot.ts';
import type { Workspace } from './workspace.ts';

/** The settings of a root, with what was wrong in the file. */
export interface LoadedConfig {
  readonly config: EvenkeelConfig;
  /** `evenkeel.yml`, when there is one. */
  readonly path?: string;
  readonly issues: readonly Issue[];
  readonly lines: LineIndex;
  /** What the file says, with places; undefined where there is none or it could not be read. */
  readonly tree?: PositionedNode | undefined;
}

/** Reads `evenkeel.yml` of the root; defaults where there is none. Never throws: a file that cannot be read is an issue. Parsed once per change. */
export async function loadConfig(workspace: Workspace): Promise<LoadedConfig> {
  const stamp = await workspace.stat(CONFIG_FILE);
  const known = loaded.get(workspace);
  if (known && stamp && known.mtimeMs === stamp.mtimeMs && known.size === stamp.size) return known.result;
  const file = await workspace.read(CONFIG_FILE);
  if (file.ok) {
    const result: LoadedConfig = { path: CONFIG_FILE, ...parseConfig(file.text) };
    loaded.set(workspace, { mtimeMs: file.mtimeMs, size: file.size, result });
    return result;
  }
  const lines = new LineIndex('');
  if (file.reason === 'missing') return { config: DEFAULT_CONFIG, issues: [], lines };
  const issue: Issue = {
    code: file.reason === 'tooLarge' ? 'schema.too-large' : 'schema.syntax',
    message: file.message,
    range: { start: 0, end: 0 },
  };
  return { config: DEFAULT_CONFIG, path: CONFIG_FILE, issues: [issue], lines };
}

/** Lives as long as the workspace it belongs to. */
const loaded = new WeakMap<Workspace, { readonly mtimeMs: number; readonly size: number; readonly result: LoadedConfig }>();
