import * as z from 'zod/mini';
import type { FromEvals } from '../../protocol/index.ts';

declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
};

/** What an evals panel keeps over a reload; `uri` is the extension's, which finds the prompt by it. */
export const PanelState = z.object({
  uri: z.string(),
  filters: z._default(z.array(z.enum(['failed', 'unscored', 'errors', 'changed'])), []),
  text: z._default(z.string(), ''),
  grouped: z._default(z.boolean(), false),
  selected: z.optional(z.string()),
});
export type PanelState = z.infer<typeof PanelState>;

/** VS Code's side of this page, with our types. */
export interface VsCodeApi {
  readonly post: (intent: FromEvals) => void;
  readonly state: PanelState;
  readonly save: (state: PanelState) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** Takes VS Code's interface, which can be taken once; state that does not fit is replaced by a fresh one for this page's prompt. */
export function takeVsCodeApi(): VsCodeApi {
  const api = acquireVsCodeApi();
  const page: unknown = JSON.parse(document.body.dataset.panel ?? '{}');
  const kept = PanelState.safeParse(api.getState());
  const fresh = PanelState.safeParse(page);
  const state = fresh.success ? { ...(kept.success ? kept.data : fresh.data), uri: fresh.data.uri } : PanelState.parse({ uri: '' });
  api.setState(state);
  return {
    post: (intent) => api.postMessage(intent),
    state,
    save: (next) => api.setState(next),
    onMessage: (listener) => addEventListener('message', (event) => listener(event.data)),
  };
}
