import type { EvaluatorSpec, Located, PromptDocument } from '../../prompts-schema/index.ts';

/** Every file that a prompt names, as written, with the place of the path. */
export function fileReferences(document: PromptDocument): readonly Located<string>[] {
  const { dataset, outputSchema, tools } = document;
  return [
    ...(dataset ? [dataset] : []),
    ...(outputSchema?.kind === 'file' ? [outputSchema.path] : []),
    ...(tools?.kind === 'file' ? [tools.path] : []),
    ...document.evaluators.flatMap(evaluatorReference),
  ].filter(({ value }) => value !== '');
}

function evaluatorReference(evaluator: EvaluatorSpec): Located<string>[] {
  if (!('operand' in evaluator) || typeof evaluator.operand === 'string' || evaluator.operand.from !== 'file') return [];
  return [{ value: evaluator.operand.path, range: evaluator.operandRange }];
}
