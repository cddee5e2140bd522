import { type InlayHint, InlayHintKind } from 'vscode-languageserver/node';
import { type Catalog, findModel } from '../../catalog/index.ts';
import { likelyInputTokens, type PromptDocument, type PromptFacts, type Range, templateTokens } from '../../prompts-schema/index.ts';

/** Hints in a span: about how many tokens each message has, which model an alias stands for, and which one answers where the file names none. */
export function inlayHints(document: PromptDocument, facts: PromptFacts, span: Range, catalog: Catalog): InlayHint[] {
  const { lines, messages, model, text } = document;
  const inSpan = (offset: number): boolean => span.start <= offset && offset <= span.end;
  const hints: InlayHint[] = [];
  const add = (offset: number, label: string, tooltip: string): void => {
    if (inSpan(offset)) hints.push({ position: lines.positionAt(offset), label, tooltip, kind: InlayHintKind.Type, paddingLeft: true });
  };
  const comments = templateTokens(document).filter(({ kind }) => kind === 'comment');
  for (const { role, content, placeholders } of messages) {
    const sent = withoutComments(content.value, content.range.start, comments);
    if (!sent.trim()) continue;
    const tokens = likelyInputTokens(sent, 0);
    const more = placeholders.length > 0 ? ' + values' : '';
    const place = role.range.end > role.range.start ? role.range.end : content.range.start;
    add(
      endOfLine(text, place),
      `≈ ${tokens.toLocaleString('en-US')} tokens${more}`,
      `An estimate of about four characters a token${more ? ', without the values that are put in' : ''}.`,
    );
  }
  if (model) {
    const found = findModel(model.value, catalog);
    const target = found.unknown ? undefined : found.model.aliasOf;
    if (target) add(model.range.end, `→ ${target}`, 'What this alias is last known to stand for; it can change without notice.');
  } else if (facts.defaultModel && messages[0]) {
    const [first] = messages;
    add(
      endOfLine(text, document.name?.range.end ?? Math.min(first.range.start, text.length)),
      `model: ${facts.defaultModel}`,
      '`defaults.model` of evenkeel.yml.',
    );
  }
  return hints;
}

/** The text without its template's comments, which no model sees. */
function withoutComments(content: string, start: number, comments: readonly { readonly range: Range }[]): string {
  let sent = '';
  let at = 0;
  for (const { range } of comments) {
    const from = range.start - start;
    if (from < at || from >= content.length) continue;
    sent += content.slice(at, from);
    at = range.end - start;
  }
  return sent + content.slice(at);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return (end < 0 ? text.length : end) - (text.charAt(end - 1) === '\r' ? 1 : 0);
}
