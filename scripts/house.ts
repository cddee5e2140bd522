/**
 * The house as data: rooms, what each may import, and which packages belong to which room.
 * `scripts/generateConfig.ts` writes every tsconfig.json and biome.json from it; `scripts/tidy.ts` checks the imports themselves.
 */

/** Room → the rooms it may import. Every room may import `safety`, which imports nothing. */
export const ALLOWED_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  safety: [],
  'prompts-schema': [],
  catalog: ['prompts-schema'],
  lint: ['prompts-schema', 'catalog'],
  workspace: ['prompts-schema'],
  protocol: ['prompts-schema'],
  ledger: ['prompts-schema', 'workspace', 'protocol'],
  sandbox: [],
  engine: ['prompts-schema', 'catalog', 'workspace', 'ledger', 'protocol', 'sandbox'],
  server: ['prompts-schema', 'catalog', 'lint', 'workspace', 'ledger', 'protocol'],
  extension: ['prompts-schema', 'protocol'],
  webview: ['protocol'],
  cli: ['prompts-schema', 'catalog', 'lint', 'workspace', 'ledger', 'engine', 'sandbox', 'protocol'],
};

/** Rooms that may import only types of another room. */
export const TYPES_ONLY: ReadonlyArray<readonly [room: string, of: string]> = [
  ['catalog', 'prompts-schema'],
  ['protocol', 'prompts-schema'],
  ['extension', 'prompts-schema'],
];

/** Rooms without Node built-ins: they run anywhere, also in a browser. */
export const PURE_ROOMS: readonly string[] = ['safety', 'prompts-schema', 'catalog', 'lint', 'protocol', 'webview'];

/** Package → the rooms, or folders of rooms, that may import it. Packages not named here are free for all. */
export const PACKAGE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  vscode: ['extension'],
  'vscode-languageclient': ['extension'],
  'vscode-languageserver': ['server'],
  'vscode-languageserver-textdocument': ['server'],
  openai: ['engine/providers'],
  '@anthropic-ai/sdk': ['engine/providers'],
  '@pydantic/genai-prices': ['catalog'],
  preact: ['webview'],
  '@preact/signals': ['webview'],
  '@tanstack/virtual-core': ['webview'],
  'vscode-jsonrpc': ['engine/host', 'extension'],
};

/** Node built-ins that open the network → where they may be imported. `fetch` is a global, held back by tidy in the same places. */
export const NETWORK_MODULES: readonly string[] = ['node:http', 'node:https', 'node:net', 'node:tls', 'node:dgram', 'node:http2'];
export const NETWORK_PLACES: readonly string[] = ['engine/', 'sandbox/serve.ts'];

/** Folders that hold our own code: what tidy reads. */
export const CODE_FOLDERS: readonly string[] = [...Object.keys(ALLOWED_IMPORTS), 'test', 'scripts'];

/** No file of ours is longer than this; data tables are exempt. */
export const LONGEST_FILE = 500;
export const LONGEST_TEST = 600;
