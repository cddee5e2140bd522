import { nearest, type Range } from '../../prompts-schema/index.ts';
import type { Finding, Fix } from '../finding.ts';
import type { RuleHit } from '../rule.ts';
import type { Severities } from '../ruleSettings.ts';
import { RULES, ruleOf } from '../rules/index.ts';
import { suppressionWithoutReason, unusedSuppression } from '../rules/suppressionRules.ts';
import { toFinding } from '../toFinding.ts';
import type { Suppression } from './readSuppressions.ts';

/** Leaves out what the suppressions name, and adds what is to be said of the suppressions themselves. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  text: string,
  severities: Severities,
): Finding[] {
  if (suppressions.length === 0) return [...findings];
  const used = new Set<Suppression['rules'][number]>();
  const kept = findings.filter((finding) => {
    const meant = suppressions.flatMap(({ covers, rules }) =>
      within(finding.range.start, covers) ? rules.filter(({ code }) => code === finding.code) : [],
    );
    for (const rule of meant) used.add(rule);
    return meant.length === 0;
  });
  for (const suppression of suppressions) {
    const add = (rule: typeof unusedSuppression, hit: RuleHit): void => {
      const set = severities.get(rule.code);
      if (set !== 'off') kept.push(toFinding(rule, hit, set));
    };
    for (const hit of unusedHits(suppression, used, text, severities)) add(unusedSuppression, hit);
    if (suppression.reason === undefined && suppression.rules.length > 0) add(suppressionWithoutReason, withoutReason(suppression));
  }
  return kept;
}

function unusedHits(
  suppression: Suppression,
  used: ReadonlySet<Suppression['rules'][number]>,
  text: string,
  severities: Severities,
): readonly RuleHit[] {
  const { rules, range } = suppression;
  const remove: Fix = { title: 'Remove the suppression', preferred: true, edits: [{ range: removal(range, text), newText: '' }] };
  if (rules.length === 0)
    return [{ range, message: 'The suppression names no rule, so it suppresses nothing. Name one, or remove it.', fixes: [remove] }];
  return rules.flatMap((rule) => {
    if (used.has(rule)) return [];
    if (!ruleOf(rule.code)) return [unknownRule(rule)];
    if (severities.get(rule.code) === 'off') return []; // it may be on for others
    const fix = rules.length === 1 ? remove : removeCode(rule, text);
    return [
      {
        range: rule.range,
        message: `Nothing of \`${rule.code}\` is found here, so there is nothing to suppress. Remove it.`,
        data: { rule: rule.code },
        tags: ['unnecessary'],
        fixes: [fix],
      },
    ];
  });
}

function unknownRule({ code, range }: Suppression['rules'][number]): RuleHit {
  const near = nearest(
    code,
    RULES.map((rule) => rule.code),
  );
  return {
    range,
    message: `There is no rule \`${code}\`.${near ? ` Is \`${near}\` meant?` : ''}`,
    data: { rule: code, ...(near ? { nearest: near } : {}) },
    fixes: near ? [{ title: `Change to \`${near}\``, preferred: true, edits: [{ range, newText: near }] }] : [],
  };
}

function withoutReason({ range }: Suppression): RuleHit {
  return { range, message: 'Say why this is right here: `-- why` at the end of the comment.' };
}

function removeCode({ code, range }: Suppression['rules'][number], text: string): Fix {
  const before = /[\s,]*$/.exec(text.slice(0, range.start))?.[0].length ?? 0;
  const first = /disable-(?:next-line|file)[\s,]*$/.test(text.slice(0, range.start));
  const after = first ? (/^[\s,]*/.exec(text.slice(range.end))?.[0].length ?? 0) : 0;
  const start = first ? range.start : range.start - before;
  return { title: `Remove \`${code}\``, preferred: true, edits: [{ range: { start, end: range.end + after }, newText: '' }] };
}

/** The whole line where the comment is alone on it, else the comment with the blanks before it. */
function removal({ start, end }: Range, text: string): Range {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  if (text.slice(lineStart, start).trim() === '' && rest.trim() === '')
    return { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 };
  return { start: start - (/[ \t]*$/.exec(text.slice(lineStart, start))?.[0].length ?? 0), end };
}

function within(at: number, { start, end }: Range): boolean {
  return at >= start && (at < end || start === end || (start === 0 && at === end));
}
