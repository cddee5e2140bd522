import { builtinCatalog, type Catalog } from '../catalog/index.ts';
import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import { createContext } from './context.ts';
import type { Finding } from './finding.ts';
import { optionReader } from './ruleOption.ts';
import type { RuleSettings } from './ruleSettings.ts';
import { RULES } from './rules/index.ts';
import { applySuppressions } from './suppressions/applySuppressions.ts';
import { readSuppressions } from './suppressions/readSuppressions.ts';
import { toFinding } from './toFinding.ts';

export interface LintOptions extends Partial<Pick<RuleSettings, 'severities' | 'options'>> {
  readonly catalog?: Catalog;
}

/**
 * Everything the rules find in a prompt file, in the order of the text. The ranges are offsets in `document.text`. What a comment of the
 * file suppresses is left out; a suppression that is of no use is a finding itself.
 */
export function lintPrompt(document: PromptDocument, facts: PromptFacts, options: LintOptions = {}): readonly Finding[] {
  const context = createContext(document, facts, options.catalog ?? builtinCatalog());
  const found = RULES.flatMap((rule) => {
    const set = options.severities?.get(rule.code);
    if (set === 'off') return [];
    const hits = rule.check(context, optionReader(options.options?.get(rule.code)));
    return hits.map((hit) => toFinding(rule, hit, set, document.key));
  });
  const findings = applySuppressions(found, readSuppressions(document), document.text, options.severities ?? new Map());
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}
