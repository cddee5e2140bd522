import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver/node';
import type { LineIndex, PromptDocument, Range } from '../../prompts-schema/index.ts';
import { lspRange } from '../positions.ts';

/** The outline of a prompt: inputs, messages, cases, evaluators, each under its heading. */
export function documentSymbols(document: PromptDocument): DocumentSymbol[] {
  const { lines, inputs, messages, testData, testDataRange, evaluators, evaluatorsRange, model, name, dataset } = document;
  const make = (label: string, kind: SymbolKind, range: Range, selection: Range = range, detail?: string): DocumentSymbol => {
    const whole = { start: Math.min(range.start, selection.start), end: Math.max(range.end, selection.end) };
    return {
      name: label.trim() || '(empty)',
      kind,
      range: lspRange(lines, whole),
      selectionRange: lspRange(lines, selection),
      ...(detail === undefined ? {} : { detail }),
    };
  };
  const group = (label: string, range: Range | undefined, children: DocumentSymbol[]): DocumentSymbol[] =>
    children.length === 0 ? [] : [{ ...grouped(label, range, children, lines), children }];
  return [
    ...(name ? [make(name.value, SymbolKind.String, name.range, name.range, 'name')] : []),
    ...(model ? [make(model.value, SymbolKind.Constant, model.range, model.range, 'model')] : []),
    ...group(
      'inputs',
      undefined,
      (inputs ?? []).map((input) => make(input.name, SymbolKind.Variable, input.range, input.nameRange, input.type)),
    ),
    ...group(
      'messages',
      undefined,
      messages.map(({ role, content, range }) =>
        make(role.value, SymbolKind.Object, range, shown(role.range, range), firstLine(content.value)),
      ),
    ),
    ...(dataset ? [make(dataset.value, SymbolKind.File, dataset.range, dataset.range, 'dataset')] : []),
    ...group(
      'testData',
      testDataRange,
      (testData ?? []).slice(0, MOST_CASES).map(({ id, range }) => make(id, SymbolKind.Struct, range, opening(document.text, range))),
    ),
    ...group(
      'evaluators',
      evaluatorsRange,
      evaluators.map((evaluator) => make(evaluator.name, SymbolKind.Function, evaluator.range, evaluator.nameRange, evaluator.kind)),
    ),
  ].sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
}

/** One prompt among all of the opened folders, found by its name or its path. */
export function promptSymbol(
  uri: string,
  path: string,
  name: string | undefined,
  range: SymbolInformation['location']['range'],
): SymbolInformation {
  return { name: name || path, kind: SymbolKind.Module, containerName: path, location: { uri, range } };
}

const MOST_CASES = 500;

/** Around its children and, where it is known, the value that holds them. */
function grouped(name: string, range: Range | undefined, children: readonly DocumentSymbol[], lines: LineIndex): DocumentSymbol {
  const starts = children.map((child) => child.range.start).sort((a, b) => a.line - b.line || a.character - b.character);
  const ends = children.map((child) => child.range.end).sort((a, b) => b.line - a.line || b.character - a.character);
  const own = range && lspRange(lines, range);
  const [first, last] = [starts[0] ?? { line: 0, character: 0 }, ends[0] ?? { line: 0, character: 0 }];
  const around = { start: own && before(own.start, first) ? own.start : first, end: own && before(last, own.end) ? own.end : last };
  return { name, kind: SymbolKind.Namespace, range: around, selectionRange: { start: around.start, end: around.start } };
}

type Place = { readonly line: number; readonly character: number };

function before(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

/** A role that nothing in the text names has no place of its own. */
function shown(role: Range, message: Range): Range {
  return role.end > role.start ? role : { start: message.start, end: message.start };
}

function opening(text: string, { start, end }: Range): Range {
  const lineEnd = text.indexOf('\n', start);
  return { start, end: lineEnd < 0 || lineEnd > end ? end : lineEnd };
}

function firstLine(text: string): string {
  const line = text.trimStart().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
