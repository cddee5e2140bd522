import type { MapNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';

/**
 * The model that a provider's id names, as `provider/model`: `openai:chat:gpt-5-mini` is `openai/gpt-5-mini`. Undefined for pictures,
 * embeddings, code, and providers that runs here have no name for.
 */
export function modelOf(id: string, config: MapNode | undefined): string | undefined {
  const [head = '', ...rest] = id.split(':');
  const known = PROVIDERS.get(head);
  if (!known || rest.length === 0) return undefined;
  const [kind = '', ...behind] = rest;
  const hasKind = known.kinds.includes(kind);
  if (!hasKind && NOT_CHATS.has(kind)) return undefined;
  const written = entryOf(config ?? EMPTY, 'model')?.value;
  const model = (hasKind ? behind : rest).join(':') || (written?.kind === 'scalar' && written.value !== null ? String(written.value) : '');
  return model && !/[\s{}]/.test(model) ? `${known.ours}/${model}` : undefined;
}

const EMPTY: MapNode = { kind: 'map', entries: [], range: { start: 0, end: 0 } };

interface KnownProvider {
  readonly ours: string;
  /** What may stand between the provider and the model. */
  readonly kinds: readonly string[];
}

const PROVIDERS: ReadonlyMap<string, KnownProvider> = new Map([
  ['openai', { ours: 'openai', kinds: ['chat', 'responses'] }],
  ['anthropic', { ours: 'anthropic', kinds: ['messages'] }],
  ['azure', { ours: 'azure-openai', kinds: ['chat', 'responses'] }],
  ['azureopenai', { ours: 'azure-openai', kinds: ['chat', 'responses'] }],
  ['google', { ours: 'googleai', kinds: [] }],
  ['palm', { ours: 'googleai', kinds: [] }],
  ['vertex', { ours: 'vertexai', kinds: [] }],
  ['mistral', { ours: 'mistral-ai', kinds: ['chat'] }],
  ['xai', { ours: 'xai', kinds: ['chat'] }],
  ['deepseek', { ours: 'deepseek', kinds: ['chat'] }],
  ['cohere', { ours: 'cohere', kinds: ['chat'] }],
  ['sandbox', { ours: 'sandbox', kinds: [] }],
]);

/** Kinds of calls that are no chat. */
const NOT_CHATS: ReadonlySet<string> = new Set([
  ...[
    'assistant',
    'agent',
    'agents',
    'audio',
    'codex',
    'codex-sdk',
    'completion',
    'embedding',
    'embeddings',
    'image',
    'live',
    'moderation',
  ],
  ...['realtime', 'speech', 'transcription', 'video', 'chatkit', 'claude-agent-sdk', 'foundry-agent'],
]);
