import type { Draft, DraftBlock, DraftText } from './drafts.ts';

/**
 * Takes away the white space that `~` and tags alone on their lines take with them, by the rules of Handlebars: a block tag, an
 * `{{else}}`, a comment or a partial with nothing else on its line leaves no empty line behind.
 */
export function settleWhitespace(drafts: readonly Draft[], root = true): void {
  drafts.forEach((draft, index) => {
    if (draft.kind === 'text') return;
    const open = draft.kind === 'block' ? settleBlock(draft) : undefined;
    const before = endsLine(drafts, index - 1, root);
    const after = startsLine(drafts, index + 1, root);
    const strip = draft.kind === 'block' ? { open: draft.openStrip.open, close: draft.closeStrip.close } : draft.strip;
    if (strip.close) trimStart(drafts[index + 1]);
    if (strip.open) trimEnd(drafts[index - 1]);
    if (draft.kind === 'inline') {
      if (!draft.standalone || !before || !after) return;
      dropLineEnd(drafts[index + 1]);
      const previous = drafts[index - 1];
      if (dropIndent(previous) && previous?.kind === 'text') draft.indent = previous.original.slice(indentStart(previous.original));
      return;
    }
    if (open?.openAlone && before) {
      dropLineEnd((draft.program ?? draft.inverse)?.[0]);
      dropIndent(drafts[index - 1]);
    }
    if (open?.closeAlone && after) {
      dropLineEnd(drafts[index + 1]);
      dropIndent((draft.inverse ?? draft.program)?.at(-1));
    }
  });
}

interface Alone {
  /** The opening tag is followed by nothing on its line; the closing one is preceded by nothing. */
  readonly openAlone: boolean;
  readonly closeAlone: boolean;
}

function settleBlock(block: DraftBlock): Alone {
  if (block.program) settleWhitespace(block.program, false);
  if (block.inverse) settleWhitespace(block.inverse, false);
  const program = block.program ?? block.inverse ?? [];
  const inverse = block.program && block.inverse;
  // of a chain Handlebars looks at its first link only, also for the closing tag
  const first = inverse && block.chained ? chainOf(inverse)?.program : inverse;
  const alone = { openAlone: startsLine(program, 0, false), closeAlone: endsLine(first ?? program, (first ?? program).length - 1, false) };
  if (block.openStrip.close) trimStart(program[0]);
  if (!inverse || !first) {
    if (block.closeStrip.open) trimEnd(program.at(-1));
    return alone;
  }
  if (block.inverseStrip?.open) trimEnd(program.at(-1));
  if (block.inverseStrip?.close) trimStart(first[0]);
  if (block.closeStrip.open) trimEnd(first.at(-1));
  if (endsLine(program, program.length - 1, false) && startsLine(first, 0, false)) {
    dropIndent(program.at(-1));
    dropLineEnd(first[0]);
  }
  return alone;
}

function chainOf(drafts: readonly Draft[] | undefined): DraftBlock | undefined {
  const only = drafts?.at(-1);
  return only?.kind === 'block' ? only : undefined;
}

/** Whether the draft ends with a line end and white space; nothing at all does so at the beginning of the template. */
function endsLine(drafts: readonly Draft[], index: number, root: boolean): boolean {
  const draft = drafts[index];
  if (!draft) return root;
  if (draft.kind !== 'text') return false;
  const kept = draft.original.trimEnd();
  return draft.original.indexOf('\n', kept.length) >= 0 || (root && index === 0 && kept === '');
}

function startsLine(drafts: readonly Draft[], index: number, root: boolean): boolean {
  const draft = drafts[index];
  if (!draft) return root;
  if (draft.kind !== 'text') return false;
  const white = draft.original.length - draft.original.trimStart().length;
  return draft.original.slice(0, white).includes('\n') || (root && index === drafts.length - 1 && white === draft.original.length);
}

function trimStart(draft: Draft | undefined): void {
  if (draft?.kind === 'text') dropLeft(draft, /^\s+/);
}

function trimEnd(draft: Draft | undefined): void {
  if (draft?.kind === 'text') dropRight(draft, (value) => value.trimEnd().length);
}

function dropLineEnd(draft: Draft | undefined): void {
  if (draft?.kind === 'text' && !draft.rightStripped) dropLeft(draft, /^[ \t]*\r?\n?/);
}

function dropIndent(draft: Draft | undefined): boolean {
  if (draft?.kind !== 'text' || draft.leftStripped) return false;
  dropRight(draft, indentStart);
  return draft.leftStripped;
}

/** Where the spaces and tabs at the end of a text begin. */
function indentStart(text: string): number {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return end;
}

function dropLeft(draft: DraftText, pattern: RegExp): void {
  const dropped = pattern.exec(keptText(draft))?.[0].length ?? 0;
  draft.start += dropped;
  draft.rightStripped = dropped > 0;
}

function dropRight(draft: DraftText, keep: (value: string) => number): void {
  const kept = draft.start + keep(keptText(draft));
  draft.leftStripped = kept < draft.end;
  draft.end = kept;
}

function keptText({ original, start, end, from }: DraftText): string {
  return original.slice(start - from, end - from);
}
