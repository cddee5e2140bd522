import type { EvaluatorSpec, Located, PromptDocument } from '../../prompts-schema/index.ts';

/** Every file that a prompt names, as written, with the place of the path. */
export function fileReferences(document: PromptDocument): readonly Located<string>[] {
  const { dataset, outputSchema, tools } = document;
  return [
    ...(dataset ? [dataset] : []),
    ...(outputSchema?.kind === 'file' ? [outputSchema.path] : []),
    ...(tools?.kind === 'file' ? [tools.path] : []),
    ...document.evaluators.flatMap((evaluator) => evaluatorReference(document, evaluator)),
  ].filter(({ value }) => value !== '');
}

function evaluatorReference(document: PromptDocument, evaluator: EvaluatorSpec): Located<string>[] {
  if (!('operand' in evaluator) || typeof evaluator.operand === 'string' || evaluator.operand.from !== 'file') return [];
  const { path } = evaluator.operand;
  const at = document.text.slice(evaluator.operandRange.start, evaluator.operandRange.end).lastIndexOf(path);
  const start = evaluator.operandRange.start + at;
  return [{ value: path, range: at < 0 ? evaluator.operandRange : { start, end: start + path.length } }];
}
