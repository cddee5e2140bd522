import type { Issue } from '../../parse/issue.ts';
import type { Range } from '../../text/range.ts';
import type { TemplateBlock } from '../nodes.ts';
import { type Builder, labelOf } from './build.ts';
import { type Draft, type DraftBlock, NO_STRIP, type Strip } from './drafts.ts';
import type { TagCall } from './expressions.ts';

/** Blocks within blocks; a template that is deeper is refused. */
const MAX_BLOCKS = 100;

interface OpenBlock {
  readonly label: string;
  readonly tag: Range;
  readonly strip: Strip;
  readonly draft: DraftBlock;
  /** Opened by `{{else if}}`: closed by the tag of the block around it. */
  readonly chained: boolean;
  readonly inverted: boolean;
  sawElse: boolean;
}

/** The blocks that are open while a template is read, and the drafts they hold. */
export class BlockStack {
  readonly #builder: Builder;
  readonly #issues: Issue[];
  readonly #textEnd: number;
  readonly #blocks: TemplateBlock[] = [];
  readonly #root: Draft[] = [];
  readonly #open: OpenBlock[] = [];
  #into: Draft[] = this.#root;

  constructor(builder: Builder, issues: Issue[], textEnd: number) {
    this.#builder = builder;
    this.#issues = issues;
    this.#textEnd = textEnd;
  }

  add(draft: Draft): void {
    this.#into.push(draft);
  }

  /** `{{#name …}}`, or `{{^name …}}` whose text stands where the name does not hold. */
  open(call: TagCall, strip: Strip, tag: Range, inverted: boolean, chained = false): void {
    if (this.#open.length >= MAX_BLOCKS) {
      this.#wrong(tag, `Blocks are nested more than ${MAX_BLOCKS} deep.`);
      return;
    }
    const draft: DraftBlock = {
      kind: 'block',
      openStrip: strip,
      inverseStrip: undefined,
      closeStrip: NO_STRIP,
      program: inverted ? undefined : [],
      inverse: inverted ? [] : undefined,
      chained: false,
      end: this.#textEnd,
      build: (body, otherwise, end) => this.#builder.block(call, tag, { start: tag.start, end }, body, otherwise),
    };
    this.#into.push(draft);
    this.#open.push({ label: labelOf(call), tag, strip, draft, chained, inverted, sawElse: false });
    this.#into = draft.program ?? draft.inverse ?? [];
  }

  /** `{{else}}` and `{{^}}`. */
  other(strip: Strip, tag: Range): void {
    if (this.#otherSide(strip, tag)) this.#into = this.#otherDrafts();
  }

  /** `{{else if …}}` */
  chain(call: TagCall, strip: Strip, tag: Range): void {
    if (!this.#otherSide(strip, tag)) return;
    const open = this.#open.at(-1);
    if (open) open.draft.chained = true;
    this.#into = this.#otherDrafts();
    this.open(call, strip, tag, false, true);
  }

  close(call: TagCall, strip: Strip, tag: Range): void {
    const label = labelOf(call);
    const place = this.#open.findLastIndex((open) => !open.chained && open.label === label);
    if (place < 0) {
      const inner = this.#open.findLast(({ chained }) => !chained);
      this.#wrong(
        tag,
        inner ? `{{/${label}}} does not close {{#${inner.label}}}. Write {{/${inner.label}}}.` : `No {{#${label}}} is open here.`,
      );
      return;
    }
    for (let block = this.#open.pop(); block; block = this.#open.pop()) {
      const own = this.#open.length === place;
      if (!own && !block.chained) this.#neverClosed(block);
      this.#closeDraft(block, own ? strip : undefined, tag.end);
      if (!own) continue;
      this.#blocks.push({ name: label, open: block.tag, close: tag });
      break;
    }
    const around = this.#open.at(-1);
    this.#into = !around ? this.#root : around.sawElse ? this.#sideAfterElse(around) : (around.draft.program ?? around.draft.inverse ?? []);
  }

  finish(): { readonly drafts: readonly Draft[]; readonly blocks: readonly TemplateBlock[] } {
    for (let block = this.#open.pop(); block; block = this.#open.pop()) if (!block.chained) this.#neverClosed(block);
    return { drafts: this.#root, blocks: this.#blocks };
  }

  /** A link of a chain ends where the whole does; its own `~` on the right is that of the tag that goes on, as Handlebars has it. */
  #closeDraft(block: OpenBlock, strip: Strip | undefined, end: number): void {
    block.draft.end = end;
    if (strip) block.draft.closeStrip = strip;
    const link = block.draft.chained ? block.draft.inverse?.at(-1) : undefined;
    if (link?.kind === 'block') link.closeStrip = strip ?? block.draft.inverseStrip ?? NO_STRIP;
    else if (!strip && block.chained) block.draft.closeStrip = block.draft.inverseStrip ?? NO_STRIP;
  }

  #otherSide(strip: Strip, tag: Range): boolean {
    const open = this.#open.at(-1);
    if (!open || open.sawElse) {
      this.#wrong(tag, open ? 'This block has an {{else}} already.' : 'An {{else}} stands within a block such as {{#if}}.');
      return false;
    }
    open.sawElse = true;
    open.draft.inverseStrip = strip;
    return true;
  }

  #otherDrafts(): Draft[] {
    const open = this.#open.at(-1);
    if (!open) return this.#root;
    const drafts: Draft[] = [];
    if (open.inverted) open.draft.program = drafts;
    else open.draft.inverse = drafts;
    return drafts;
  }

  #sideAfterElse({ draft, inverted }: OpenBlock): Draft[] {
    return (inverted ? draft.program : draft.inverse) ?? [];
  }

  #neverClosed({ label, tag, inverted }: OpenBlock): void {
    const sign = inverted ? '^' : '#';
    this.#issues.push({
      code: 'template.unclosed-tag',
      message: `{{${sign}${label}}} is never closed. Add {{/${label}}} where it ends.`,
      range: tag,
      data: { block: label },
    });
    this.#blocks.push({ name: label, open: tag, close: undefined });
  }

  #wrong(range: Range, message: string): void {
    this.#issues.push({ code: 'template.syntax', message, range });
  }
}
