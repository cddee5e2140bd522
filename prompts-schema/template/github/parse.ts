import type { ParsedTemplate, TemplateNode, TemplateSource } from '../nodes.ts';
import { scanPlaceholders } from './scan.ts';

/** GitHub's `{{name}}` as nodes: a name is one word, dots and all. Nothing can be wrong, for what is no placeholder is text. */
export function parseGithub({ text, start, end }: TemplateSource): ParsedTemplate {
  const nodes: TemplateNode[] = [];
  const addText = (from: number, to: number): void => {
    if (from < to) nodes.push({ kind: 'text', text: text.slice(from, to), range: { start: from, end: to } });
  };
  let at = start;
  for (const { name, range: found } of scanPlaceholders(text.slice(start, end))) {
    const range = { start: start + found.start, end: start + found.end };
    const rootRange = { start: range.start + 2, end: range.end - 2 };
    addText(at, range.start);
    nodes.push({
      kind: 'output',
      value: { kind: 'path', root: name, rootRange, from: 'input', up: 0, steps: [], range: rootRange },
      range,
    });
    at = range.end;
  }
  addText(at, end);
  return { nodes, blocks: [], issues: [] };
}
