import type { Finding, Severity } from './finding.ts';
import type { Rule, RuleHit } from './rule.ts';

/** A rule's hit as the finding that people see; `set` is the severity that somebody gave the rule. */
export function toFinding(rule: Rule, hit: RuleHit, set: Severity | undefined): Finding {
  return {
    code: rule.code,
    severity: set ?? hit.severity ?? rule.severity,
    message: hit.message,
    range: hit.range,
    fixes: hit.fixes ?? [],
    docs: `docs/rules/${rule.code}.md`,
    ...(hit.data ? { data: hit.data } : {}),
    ...(hit.tags ? { tags: hit.tags } : {}),
  };
}
