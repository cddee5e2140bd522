import type { EvalRequest, EvalsHeader, Settings } from '../../protocol/index.ts';
import type { EngineHost } from './engineHost.ts';
import type { RowPatch } from './evalsViewModel.ts';
import type { KeyQuestions, KeyStore } from './keys.ts';

/** Which prompt a session is about. */
export interface SessionPrompt {
  readonly uri: string;
  readonly root: string;
  readonly promptId: string;
  readonly promptName: string;
}

/** What a session needs of the world; tests give fakes. */
export interface SessionWorld {
  readonly engine: Pick<EngineHost, 'request' | 'start'>;
  readonly keys: Pick<KeyStore, 'collect'>;
  readonly questions: KeyQuestions;
  readonly trusted: () => boolean;
  readonly settings: (uri: string) => Settings;
  /** The editor's unsaved text of the prompt; undefined where the file is what counts. */
  readonly unsavedText: (uri: string) => string | undefined;
  /** Takes an error that the panel has told in short: into the log, and to the person where nothing else shows it. */
  readonly report: (error: unknown) => void;
  /** A run of this prompt has ended or was scored anew. */
  readonly runChanged: (promptId: string) => void;
  /** Does the work after these milliseconds; returns what takes it back. */
  readonly later: (work: () => void, ms: number) => () => void;
}

/** What watches a session: its panel, the status bar. */
export interface SessionWatcher {
  readonly header: (header: EvalsHeader) => void;
  readonly rows: (patches: readonly RowPatch[], total: number) => void;
  /** Another run took the place of the one shown. */
  readonly reset: () => void;
}

/** What every request for calls says of a prompt: its root, its text where unsaved, and what the settings ask for. */
export function requestBasics(
  { uri, root, promptId }: SessionPrompt,
  { settings, unsavedText }: Pick<SessionWorld, 'settings' | 'unsavedText'>,
): Pick<EvalRequest, 'root' | 'promptId' | 'text' | 'seed' | 'concurrency' | 'sandboxUrl'> {
  const { eval: how, sandbox } = settings(uri);
  const text = unsavedText(uri);
  return {
    root,
    promptId,
    ...(text === undefined ? {} : { text }),
    ...(how.seed === null ? {} : { seed: how.seed }),
    ...(how.concurrency === null ? {} : { concurrency: how.concurrency }),
    ...(sandbox.url ? { sandboxUrl: sandbox.url } : {}),
  };
}
