import type { PromptDocument, PromptFacts } from '../prompts-schema/index.ts';
import type { Finding } from './finding.ts';
import { type LintOptions, lintPrompt } from './lintPrompt.ts';
import { unusedSuppression } from './rules/suppressionRules.ts';

/** One prompt of a file. */
export interface PromptOfFile {
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
}

/**
 * Everything the rules find in the prompts of one file, in the order of the text: what holds for several of them once. A suppression is
 * of no use only where it is of use to none of them.
 */
export function lintPrompts(prompts: readonly PromptOfFile[], options: LintOptions = {}): readonly Finding[] {
  const [first, ...others] = prompts;
  if (!first) return [];
  if (others.length === 0) return lintPrompt(first.document, first.facts, options);
  const lists = prompts.map(
    ({ document, facts }) => new Map(lintPrompt(document, facts, options).map((finding) => [keyOf(finding), finding])),
  );
  const all = new Map(lists.flatMap((list) => [...list]));
  const kept = [...all].filter(([key, { code }]) => code !== unusedSuppression.code || lists.every((list) => list.has(key)));
  return kept.map(([, finding]) => finding).sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function keyOf({ code, range, message }: Finding): string {
  return JSON.stringify([code, range.start, range.end, message]);
}
