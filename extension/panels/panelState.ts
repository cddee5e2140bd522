import * as z from 'zod/mini';

/** What a panel keeps of itself over a reload of the window; the webview adds what it alone needs. */
const PanelState = z.object({ uri: z.string() });

/** The prompt file of a panel that VS Code restores; undefined where the state is none of ours. */
export function restoredUri(state: unknown): string | undefined {
  const read = PanelState.safeParse(state);
  return read.success ? read.data.uri : undefined;
}
