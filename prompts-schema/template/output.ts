import type { Meter } from './meter.ts';

/** A piece of a rendered template: text, or a boundary that the template itself drew. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'marker'; readonly marker: 'history' | 'media' | 'section' };

/** Collects pieces; neighbouring texts become one. */
export class Output {
  readonly #meter: Meter;
  readonly #pieces: Piece[] = [];
  #texts: string[] = [];

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  text(text: string): void {
    if (!text) return;
    this.#meter.output(text.length);
    this.#texts.push(text);
  }

  role(role: string): void {
    this.#flush();
    this.#pieces.push({ kind: 'role', role });
  }

  marker(marker: 'history' | 'media' | 'section'): void {
    this.#flush();
    this.#pieces.push({ kind: 'marker', marker });
  }

  pieces(): readonly Piece[] {
    this.#flush();
    return this.#pieces;
  }

  /** The texts alone, for a value. */
  plainText(): string {
    return this.pieces()
      .map((piece) => (piece.kind === 'text' ? piece.text : ''))
      .join('');
  }

  /** Pieces of another output, `indent` put before each line of their text. */
  append(pieces: readonly Piece[], indent: string): void {
    let lineStart = true;
    for (const piece of pieces) {
      if (piece.kind === 'role') this.role(piece.role);
      else if (piece.kind === 'marker') this.marker(piece.marker);
      else {
        const lines = piece.text.split('\n');
        const last = lines.length - 1;
        const indented = lines.map((line, at) => ((at > 0 || lineStart) && (at < last || line) ? indent + line : line)).join('\n');
        lineStart = lines[last] === '';
        this.#meter.output(indented.length);
        this.#texts.push(indented);
      }
    }
  }

  #flush(): void {
    if (this.#texts.length === 0) return;
    this.#pieces.push({ kind: 'text', text: this.#texts.join('') });
    this.#texts = [];
  }
}
