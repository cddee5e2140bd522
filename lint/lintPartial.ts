import { builtinCatalog } from '../catalog/index.ts';
import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import { createContext } from './context.ts';
import type { Finding } from './finding.ts';
import type { LintOptions } from './lintPrompt.ts';
import { optionReader } from './ruleOption.ts';
import { RULES } from './rules/index.ts';
import { applySuppressions } from './suppressions/applySuppressions.ts';
import { readSuppressions } from './suppressions/readSuppressions.ts';
import { toFinding } from './toFinding.ts';

/**
 * What is wrong in the file of a partial, by the rules that need no prompt around it. Which variables it may read and which partials it finds is
 * settled by the prompts that put it in, and said there.
 */
export function lintPartial(document: PromptDocument, options: LintOptions = {}): readonly Finding[] {
  const context = createContext(document, NO_FACTS, options.catalog ?? builtinCatalog());
  const found = RULES.flatMap((rule) => {
    const set = options.severities?.get(rule.code);
    if (!rule.ofPartials || set === 'off') return [];
    return rule.check(context, optionReader(options.options?.get(rule.code))).map((hit) => toFinding(rule, hit, set));
  });
  const findings = applySuppressions(found, readSuppressions(document), document.text, options.severities ?? new Map());
  return findings.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

const NO_FACTS: PromptFacts = {
  promptId: '',
  today: '',
  defaultModel: undefined,
  providers: [],
  dataset: undefined,
  outputSchema: undefined,
  tools: undefined,
  evaluatorFiles: new Map(),
  lock: undefined,
};
