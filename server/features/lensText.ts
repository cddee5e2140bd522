import { escapeTerminalLine } from '../../safety/index.ts';

/** Text of a file, harmless as a lens's title: one line, not too long, and no `$(icon)`. */
export function lensText(text: string, longest = 60): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return escapeTerminalLine(shown).replaceAll('$(', '$ (');
}
