/**
 * The VS Code side: registers, asks, shows. Starts the language server and, at the first need, the engine's process; holds the keys; turns
 * run events into what a panel shows. Knows nothing of how a prompt is parsed, rendered, called or scored, and does no work of its own
 * that could block the editor.
 */
export type { ExtensionApi } from './extensionApi.ts';
