import type { EvaluatorSpec, Located, PromptDocument } from '../../prompts-schema/index.ts';

/** Every file that a prompt names, as written, with the place of the path. */
export function fileReferences(document: PromptDocument): readonly Located<string>[] {
  const { dataset, outputSchema, tools } = document;
  return [
    ...(dataset ? [dataset] : []),
    ...(outputSchema?.kind === 'file' ? [outputSchema.path] : []),
    ...(tools?.kind === 'file' ? [tools.path] : []),
    ...document.evaluators.flatMap((evaluator) => evaluatorReference(document, evaluator)),
    ...includedReferences(document),
  ].filter(({ value }) => value !== '');
}

/** Files whose text is part of the document; those that stand in such a file have no place here. */
function includedReferences({ text, included }: PromptDocument): Located<string>[] {
  return (included ?? []).flatMap(({ value, range, pattern }) => {
    if (pattern) return [];
    const at = text.slice(range.start, range.end).lastIndexOf(value);
    return at < 0 ? [] : [{ value, range: { start: range.start + at, end: range.start + at + value.length } }];
  });
}

function evaluatorReference(document: PromptDocument, evaluator: EvaluatorSpec): Located<string>[] {
  if (!('operand' in evaluator) || typeof evaluator.operand === 'string' || evaluator.operand.from !== 'file') return [];
  const { path } = evaluator.operand;
  const at = document.text.slice(evaluator.operandRange.start, evaluator.operandRange.end).lastIndexOf(path);
  const start = evaluator.operandRange.start + at;
  return [{ value: path, range: at < 0 ? evaluator.operandRange : { start, end: start + path.length } }];
}
