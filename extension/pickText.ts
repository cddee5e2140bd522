import { escapeTerminalLine } from '../safety/index.ts';

/** Text of a file or a server as a label or description of a picker: one line, and no `$(icon)` of its own. */
export function pickText(text: string): string {
  return escapeTerminalLine(text).replaceAll('$(', '$ (');
}
