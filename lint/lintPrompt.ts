import { builtinCatalog, type Catalog } from '../catalog/index.ts';
import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import { createContext } from './context.ts';
import type { Finding, Severity } from './finding.ts';
import type { Rule, RuleHit } from './rule.ts';
import { RULES } from './rules/index.ts';

/** What evenkeel.yml says of rules, by code. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

export interface LintOptions {
  readonly severities?: Severities;
  readonly catalog?: Catalog;
}

/** Everything the rules find in a prompt file, in the order of the text. The ranges are offsets in `document.text`. */
export function lintPrompt(document: PromptDocument, facts: PromptFacts, options: LintOptions = {}): readonly Finding[] {
  const context = createContext(document, facts, options.catalog ?? builtinCatalog());
  const findings = RULES.flatMap((rule) => {
    const set = options.severities?.get(rule.code);
    return set === 'off' ? [] : rule.check(context).map((hit) => toFinding(rule, hit, set));
  });
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

/** A rule's hit as the finding that people see. */
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
