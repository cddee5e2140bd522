import type { TemplateNode } from '../nodes.ts';

/** A template while its white space is not settled: which of it counts is known only when all tags around it are. */
export type Draft = DraftText | DraftInline | DraftBlock;

export interface DraftText {
  readonly kind: 'text';
  readonly original: string;
  /** Where the original begins. */
  readonly from: number;
  /** What is left of it, as offsets in the file. */
  start: number;
  end: number;
  leftStripped: boolean;
  rightStripped: boolean;
}

export interface DraftInline {
  readonly kind: 'inline';
  /** Alone on its line it takes the line with it: comments and partials. */
  readonly standalone: boolean;
  readonly strip: Strip;
  /** White space before a partial that is alone on its line. */
  indent: string;
  readonly build: (indent: string) => TemplateNode | undefined;
}

export interface DraftBlock {
  readonly kind: 'block';
  readonly openStrip: Strip;
  inverseStrip: Strip | undefined;
  closeStrip: Strip;
  program: Draft[] | undefined;
  inverse: Draft[] | undefined;
  /** The other side is one `{{else if}}`, a block of its own. */
  chained: boolean;
  /** Where its closing tag ends. */
  end: number;
  readonly build: (body: readonly TemplateNode[], otherwise: readonly TemplateNode[], end: number) => TemplateNode;
}

/** The `~` of a tag: on its left, on its right. */
export interface Strip {
  readonly open: boolean;
  readonly close: boolean;
}

export const NO_STRIP: Strip = { open: false, close: false };

/** The nodes of drafts whose white space is settled. */
export function nodesOf(drafts: readonly Draft[], text: string): readonly TemplateNode[] {
  return drafts.flatMap((draft): readonly TemplateNode[] => {
    if (draft.kind === 'text')
      return draft.start < draft.end
        ? [{ kind: 'text', text: text.slice(draft.start, draft.end), range: { start: draft.start, end: draft.end } }]
        : [];
    if (draft.kind === 'block') return [draft.build(nodesOf(draft.program ?? [], text), nodesOf(draft.inverse ?? [], text), draft.end)];
    const node = draft.build(draft.indent);
    return node ? [node] : [];
  });
}
