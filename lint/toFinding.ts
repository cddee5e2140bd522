import type { Finding, Fix, Severity } from './finding.ts';
import type { Rule, RuleHit } from './rule.ts';

/** A rule's hit as the finding that people see; `set` is the severity that somebody gave the rule, `prompt` the name of one of several prompts. */
export function toFinding(rule: Rule, hit: RuleHit, set: Severity | undefined, prompt?: string): Finding {
  return {
    code: rule.code,
    severity: set ?? hit.severity ?? rule.severity,
    message: hit.message,
    range: hit.range,
    fixes: prompt === undefined ? (hit.fixes ?? []) : (hit.fixes ?? []).map((fix) => fixOf(fix, prompt)),
    docs: `docs/rules/${rule.code}.md`,
    ...(hit.data ? { data: hit.data } : {}),
    ...(hit.tags ? { tags: hit.tags } : {}),
  };
}

/** An act of the engine is on one prompt. */
function fixOf({ command, ...fix }: Fix, prompt: string): Fix {
  return command ? { ...fix, command: { ...command, prompt } } : fix;
}
