import type { PromptDocument } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** The patterns of files that a document names, once each. */
export function patternsOf({ included }: PromptDocument): readonly string[] {
  return [...new Set((included ?? []).flatMap(({ value, pattern }) => (pattern ? [value] : [])))];
}

/** What each pattern in a file stands for now: the same text as long as the same files fit. */
export function listingsOf(workspace: Workspace, path: string, patterns: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    patterns.map(async (pattern) => {
      const found = await workspace.matching(path, pattern);
      return found.ok ? found.paths.join('\n') : found.message;
    }),
  );
}
