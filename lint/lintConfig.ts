import { entryOf, type Issue, type MapEntry, nearest, type PositionedNode, toJson } from '../prompts-schema/index.ts';
import type { Finding } from './finding.ts';
import type { LintOptions } from './lintPrompt.ts';
import type { RuleHit } from './rule.ts';
import { RULES, ruleOf } from './rules/index.ts';
import { toFinding } from './toFinding.ts';

/** An evenkeel.yml that was read: what its reader found, and its tree. */
export interface ReadConfig {
  readonly issues: readonly Issue[];
  readonly tree?: PositionedNode | undefined;
}

/** What is wrong in evenkeel.yml: what its reader found, and what it says of rules or options that there are not. */
export function lintConfig({ issues, tree }: ReadConfig, { severities }: LintOptions = {}): readonly Finding[] {
  const found: { readonly code: string; readonly hit: RuleHit }[] = issues.map(({ code, message, range, data }) => ({
    code,
    hit: { message, range, fixes: [], ...(data ? { data } : {}) },
  }));
  const rules = tree?.kind === 'map' ? entryOf(tree, 'rules')?.value : undefined;
  if (rules?.kind === 'map') found.push(...rules.entries.flatMap((entry, index) => ruleEntry(entry, index < SUGGESTED)));
  return found
    .flatMap(({ code, hit }) => {
      const rule = ruleOf(code);
      const set = severities?.get(code);
      return rule === undefined || set === 'off' ? [] : [toFinding(rule, hit, set)];
    })
    .sort((a, b) => a.range.start - b.range.start);
}

/** So many entries may be slips of a rule's code; a file with more of them has another trouble, and each look through all codes takes its time. */
const SUGGESTED = 200;

function ruleEntry({ key, keyRange, value }: MapEntry, suggest: boolean): readonly { readonly code: string; readonly hit: RuleHit }[] {
  const rule = ruleOf(key);
  if (!rule) {
    const codes = suggest ? RULES.map(({ code }) => code) : [];
    return [unknown({ keyRange, key }, `There is no rule \`${key}\`.`, codes)];
  }
  const options = value.kind === 'map' ? entryOf(value, 'options')?.value : undefined;
  if (options?.kind !== 'map') return [];
  const known = rule.options ?? [];
  return options.entries.flatMap((entry) => {
    const option = known.find(({ name }) => name === entry.key);
    if (!option) {
      const names = known.map(({ name }) => name);
      const which = names.length > 0 ? ` It has ${names.map((name) => `\`${name}\``).join(', ')}.` : ' It has none.';
      return [unknown(entry, `\`${key}\` has no option \`${entry.key}\`.${which}`, names)];
    }
    if (option.read(toJson(entry.value)) !== undefined) return [];
    const range = entry.value.range.end > entry.value.range.start ? entry.value.range : entry.keyRange;
    return [{ code: 'schema.wrong-value', hit: { range, message: `\`${option.name}\` of \`${key}\` takes ${option.takes}.` } }];
  });
}

function unknown(
  { key, keyRange }: Pick<MapEntry, 'key' | 'keyRange'>,
  message: string,
  names: readonly string[],
): { readonly code: string; readonly hit: RuleHit } {
  const near = nearest(key, names);
  return {
    code: 'schema.unknown-key',
    hit: {
      range: keyRange,
      message: near ? `${message} Is \`${near}\` meant?` : message,
      data: { key, ...(near ? { nearest: near } : {}) },
      fixes: near ? [{ title: `Change to \`${near}\``, preferred: true, edits: [{ range: keyRange, newText: near }] }] : [],
    },
  };
}
