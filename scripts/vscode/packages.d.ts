/** What we use of two packages that bring no types of their own. */
declare module 'gifenc' {
  type Palette = ReadonlyArray<readonly number[]>;
  interface Encoder {
    writeFrame(pixels: Uint8Array, width: number, height: number, options: { palette: Palette; delay: number }): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export interface GifEncoding {
    GIFEncoder(): Encoder;
    quantize(rgba: Uint8Array, colours: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  }
}

declare module 'pngjs' {
  export const PNG: { readonly sync: { read(png: Uint8Array): { width: number; height: number; data: Uint8Array } } };
}
