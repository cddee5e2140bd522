const PATTERN = '**/__baselines__/*.reviews.jsonl';

/** Reviews are appended by everybody, and reading them does not depend on their order: git may keep the lines of both sides. */
const LINE = `${PATTERN} merge=union`;

/** A `.gitattributes` that merges reviews by union: what is there stays as it is. Undefined when it says so already. */
export function withReviewMerge(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  if (lines.some((line) => isLine(line.trim()))) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === '' || /\n$/.test(text) ? '' : lineEnd;
  return `${text}${gap}${LINE}${lineEnd}`;
}

function isLine(line: string): boolean {
  const [pattern, ...attributes] = line.split(/\s+/);
  return pattern === PATTERN && attributes.includes('merge=union');
}
