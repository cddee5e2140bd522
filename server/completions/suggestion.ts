/** One thing to offer, before it becomes the protocol's item. */
export interface Suggestion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'model' | 'variable' | 'function' | 'partial';
  /** In snippet syntax when `snippet`. */
  readonly insert: string;
  readonly snippet: boolean;
  readonly detail?: string;
  /** Markdown without anything live. */
  readonly documentation?: string;
  readonly deprecated?: boolean;
  /** What follows is worth being offered at once. */
  readonly goesOn?: boolean;
}

/** Text inside a snippet: nothing in it is a tab stop. */
export function snippetText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Text inside a snippet's choice. */
export function snippetChoice(text: string): string {
  return text.replace(/[\\$},|]/g, '\\$&');
}
