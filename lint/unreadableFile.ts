import type { Finding } from './finding.ts';
import type { LintOptions } from './lintPrompt.ts';
import { ruleOf } from './rules/index.ts';
import { toFinding } from './toFinding.ts';

/** Why a file was not read: it is `tooLarge`, there are `tooMany` of its kind, or anything else. */
export interface Unread {
  readonly reason: string;
  readonly message: string;
}

/** What is wrong with a file that is there and was not read, at its beginning: no reader of prompts got to see it. */
export function unreadableFile({ reason, message }: Unread, { severities }: LintOptions = {}): readonly Finding[] {
  const rule = ruleOf(reason === 'tooLarge' || reason === 'tooMany' ? 'schema.too-large' : 'schema.syntax');
  const set = rule && severities?.get(rule.code);
  return rule === undefined || set === 'off'
    ? []
    : [toFinding(rule, { message, range: { start: 0, end: 0 }, ...(reason === 'tooMany' ? { severity: 'warning' } : {}) }, set)];
}
