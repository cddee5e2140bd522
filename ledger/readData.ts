import { LineIndex, parseJsonTree, parseYamlTree, toJson } from '../prompts-schema/index.ts';
import type { Json } from '../safety/index.ts';

/** A data file's value, or a sentence with path and line that says why there is none. */
export type DataResult = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

/** Reads JSON or YAML, by the extension of `path`, with the safe readers: nesting and size are bounded. */
export function readData(text: string, path: string): DataResult {
  if (/\.json$/i.test(path)) {
    const read = parseJsonTree(text);
    return read.ok ? { ok: true, value: toJson(read.node) } : invalid(path, text, read.at, `not valid JSON: ${read.message}`);
  }
  if (!/\.ya?ml$/i.test(path)) return { ok: false, message: `${path} is neither .json nor .yaml; other files are not read here.` };
  const { tree, issues } = parseYamlTree(text);
  const [issue] = issues;
  if (issue) return invalid(path, text, issue.range.start, issue.message);
  return tree ? { ok: true, value: toJson(tree) } : { ok: false, message: `${path} is empty.` };
}

function invalid(path: string, text: string, at: number, message: string): DataResult {
  return { ok: false, message: `${path}:${new LineIndex(text).lineNumber(at)}: ${message.replace(/\.?$/, '.')}` };
}
