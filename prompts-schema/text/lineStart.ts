/** The offset where the line of an offset begins. (`lastIndexOf` alone takes a start below 0 for 0.) */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}
