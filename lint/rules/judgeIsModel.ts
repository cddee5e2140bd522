import { findModel } from '../../catalog/index.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

const JUDGE = `    llm:
      modelId: MODEL
      prompt: "Is this polite? Answer yes or no: {{completion}}"
      choices: [{ choice: "yes", score: 1 }, { choice: "no", score: 0 }]`;

function example(judge: string): string {
  return `model: openai/gpt-6-luna
messages:
  - role: user
    content: Say hello.
evaluators:
  - name: polite
${JUDGE.replace('MODEL', judge)}`;
}

/** A judge that judges its own answers. */
export const judgeIsModel: Rule = {
  code: 'evaluator.judge-is-model',
  title: 'a judge that is the model under test',
  severity: 'warning',
  explain: explained(
    'Models prefer their own answers: a judge that is the model under test passes what another one would fail, and when the model changes, answers and verdicts change together. Choose another judge, best of another provider.',
    example('openai/gpt-6-luna'),
    example('anthropic/claude-haiku-4-5-20251001'),
  ),
  check: (context) => {
    const { document, facts, catalog } = context;
    const name = document.model?.value ?? facts.defaultModel;
    if (name === undefined) return [];
    return document.evaluators.flatMap((evaluator) => {
      if (evaluator.kind !== 'judge' || identity(evaluator.modelId, catalog) !== identity(name, catalog)) return [];
      const at = document.text.indexOf(evaluator.modelId, evaluator.range.start);
      const found = at >= 0 && at < evaluator.range.end;
      return [
        {
          range: found ? { start: at, end: at + evaluator.modelId.length } : evaluator.nameRange,
          message: `"${evaluator.name}" lets ${name} judge its own answers, which models do kindly. Choose another model as judge.`,
          data: { judge: evaluator.modelId, model: name },
        },
      ];
    });
  },
};

/** The same for an alias and the snapshot that it is known to stand for. */
function identity(name: string, catalog: Parameters<typeof findModel>[1]): string {
  const found = findModel(name, catalog);
  if (found.unknown) return `${found.normalized.platform ?? found.normalized.provider ?? ''}:${found.normalized.id.toLowerCase()}`;
  return `${found.model.platform}:${found.model.aliasOf ?? found.model.id}`;
}
