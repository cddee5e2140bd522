import {
  type EvaluatorSpec,
  type IncludedFiles,
  type PromptDocument,
  renderPrompt,
  severalPrompts,
} from '../../../../prompts-schema/index.ts';

/** What the configuration is called. */
export const FILE = 'promptfooconfig.yaml';

function included(files: Readonly<Record<string, string>>): IncludedFiles {
  return new Map(Object.entries(files).map(([path, value]) => [path, { status: 'read', path, value }] as const));
}

/** Every prompt of a configuration: `name | role: text | role: text`, in the words of its first case. */
export function prompts(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return documents(text, files).map((document) => {
    const { messages, problem } = renderPrompt(document, document.testData?.[0]?.variables ?? {});
    return [document.key, ...(problem ? [`! ${problem.message}`] : messages.map(({ role, content }) => `${role}: ${content}`))].join(' | ');
  });
}

/** The documents of all prompts of a configuration. */
export function documents(text: string, files: Readonly<Record<string, string>> = {}): readonly PromptDocument[] {
  return severalPrompts(FILE, text, included(files))?.prompts.map(({ document }) => document()) ?? [];
}

/** That of its first prompt. */
export function only(text: string, files: Readonly<Record<string, string>> = {}): PromptDocument {
  const [document] = documents(text, files);
  if (!document) throw new Error('There is no prompt.');
  return document;
}

/** `line code words` of every issue of the file as a whole. */
export function issues(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const whole = severalPrompts(FILE, text, included(files))?.whole;
  return whole?.issues.map(({ code, message, range }) => `${whole.lines.lineNumber(range.start)} ${code} ${message}`) ?? [];
}

/** `a=1 b=2` for every case. */
export function cases(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return (only(text, files).testData ?? []).map(({ variables }) =>
    Object.entries(variables)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' '),
  );
}

/** Evaluators in one line each: `not icontains "x" of 2 cases`. */
export function checks(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return only(text, files).evaluators.map(words);
}

function words(spec: EvaluatorSpec): string {
  const operand =
    'operand' in spec && typeof spec.operand !== 'string'
      ? [
          spec.operand.from === 'literal' || spec.operand.from === 'template'
            ? `${spec.operand.from === 'template' ? '~' : ''}${JSON.stringify(spec.operand.value)}`
            : spec.operand.from,
        ]
      : [];
  return [
    ...(spec.negated ? ['not'] : []),
    spec.kind,
    ...operand,
    ...(spec.kind === 'set' ? [`(${spec.parts.map(words).join(', ')})`] : []),
    ...('threshold' in spec && spec.threshold !== undefined ? [`>= ${spec.threshold}`] : []),
    ...(spec.weight === undefined ? [] : [`weight ${spec.weight}`]),
    ...(spec.cases ? [`of ${spec.cases.length}`] : []),
  ].join(' ');
}
