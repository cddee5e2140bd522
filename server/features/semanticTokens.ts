import { type SemanticTokens, SemanticTokensBuilder } from 'vscode-languageserver/node';
import { type PromptDocument, templateTokens } from '../../prompts-schema/index.ts';
import { TOKEN_KINDS } from '../tokenLegend.ts';

/** What the tags of a prompt's templates are made of, for colouring; a token over several lines is one for each. */
export function semanticTokens(document: PromptDocument): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  const { text, lines } = document;
  for (const { kind, range } of templateTokens(document)) {
    for (let start = range.start; start < range.end; ) {
      const lineEnd = text.indexOf('\n', start);
      const end = lineEnd < 0 || lineEnd > range.end ? range.end : lineEnd;
      const { line, character } = lines.positionAt(start);
      if (end > start) builder.push(line, character, end - start, TOKEN_KINDS.indexOf(kind), 0);
      start = end + 1;
    }
  }
  return builder.build();
}
