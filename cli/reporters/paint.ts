import { styleText } from 'node:util';
import type { CliIo } from '../io.ts';

export type Style = 'red' | 'green' | 'yellow' | 'bold' | 'dim';

/** A text in a style where the terminal shows colours; as it is elsewhere. */
export function paint(io: CliIo, style: Style, text: string): string {
  return io.colors ? styleText(style, text, { validateStream: false }) : text;
}
