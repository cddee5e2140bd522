import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { FrontMatter } from '../frontMatter.ts';
import { isOwnKey } from '../ownFields.ts';

/** The keys that Dotprompt itself reads. */
const RESERVED: readonly string[] = [
  ...['config', 'description', 'ext', 'input', 'model', 'name', 'output', 'raw', 'toolDefs', 'tools', 'variant', 'version'],
];

/** The keys that Genkit reads besides. */
const GENKIT: readonly string[] = ['maxTurns', 'metadata', 'returnToolRequests', 'toolChoice', 'use'];

/** A key that nobody reads is an issue. Keys with a dot belong to the extension they are named after, and are left alone. */
export function checkKeys({ map }: FrontMatter, issues: Issue[]): void {
  const known = [...RESERVED, ...GENKIT];
  for (const { key, keyRange } of map.entries)
    if (!known.includes(key) && !key.includes('.') && !isOwnKey(key)) issues.push(unknownKeyIssue(key, keyRange, known, []));
}
