import type * as z from 'zod/mini';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

/** VS Code's side of a panel's page, with the panel's types: what it keeps over a reload and what it may ask for. */
export interface VsCodeApi<State, Intent> {
  readonly post: (intent: Intent) => void;
  readonly state: State;
  readonly save: (state: State) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/**
 * Takes VS Code's interface, which can be taken once. What the extension put on the page wins over what was kept; kept state that does
 * not fit is replaced by a fresh one, so every field of the schema but those on the page needs a default.
 */
export function takeVsCodeApi<State extends object, Intent>(schema: z.ZodMiniType<State>): VsCodeApi<State, Intent> {
  const api = acquireVsCodeApi();
  const page: object = JSON.parse(document.body.dataset.panel ?? '{}');
  const kept = api.getState();
  const read = schema.safeParse({ ...(typeof kept === 'object' ? kept : {}), ...page });
  const state = read.success ? read.data : schema.parse(page);
  api.setState(state);
  return {
    post: (intent) => api.postMessage(intent),
    state,
    save: (next) => api.setState(next),
    onMessage: (listener) => addEventListener('message', (event) => listener(event.data)),
  };
}
