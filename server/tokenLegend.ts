import { type SemanticTokensLegend, SemanticTokenTypes } from 'vscode-languageserver/node';
import type { TemplateTokenKind } from '../prompts-schema/index.ts'; // its types alone: this is loaded before initialize is answered

const TYPES: Readonly<Record<TemplateTokenKind, SemanticTokenTypes>> = {
  delimiter: SemanticTokenTypes.operator,
  keyword: SemanticTokenTypes.keyword,
  variable: SemanticTokenTypes.variable,
  property: SemanticTokenTypes.property,
  filter: SemanticTokenTypes.function,
  string: SemanticTokenTypes.string,
  number: SemanticTokenTypes.number,
  comment: SemanticTokenTypes.comment,
};

/** Kinds by their numbers. */
export const TOKEN_KINDS = Object.keys(TYPES) as readonly TemplateTokenKind[];

/** The words that the numbers of `semanticTokens` stand for. */
export const TOKEN_LEGEND: SemanticTokensLegend = { tokenTypes: TOKEN_KINDS.map((kind) => TYPES[kind]), tokenModifiers: [] };
