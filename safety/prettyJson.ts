import { parseJson } from './json.ts';

/**
 * JSON text with line breaks and two spaces of indent; every token stays as it is written, so that `1.0`, long numbers and repeated keys
 * are shown as the model gave them. Text that is no object or list comes back unchanged.
 */
export function prettyJson(text: string): string {
  if (!/^\s*[[{]/.test(text) || !parseJson(text).ok) return text;
  const out: string[] = [];
  let depth = 0;
  const newLine = (): void => {
    out.push('\n', '  '.repeat(depth));
  };
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth--;
    if (previous !== '' && (OPENERS.has(previous) ? !closes : previous === ',' || closes)) newLine();
    if (previous === ':') out.push(' ');
    out.push(token);
    if (OPENERS.has(token)) depth++;
    previous = token;
  }
  return out.join('');
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const OPENERS: ReadonlySet<string> = new Set(['{', '[']);
