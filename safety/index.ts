/**
 * What every room needs to be safe: what code may do here (Capabilities), errors for people, secrets kept out of every sink,
 * untrusted text made harmless for terminals and Markdown, bounded JSON. Pure; knows nothing of prompts, files or editors.
 */
export { type Capabilities, type Capability, requireCapability, TRUSTED, UNTRUSTED } from './capabilities.ts';
export { isTooDeep, MAX_DEPTH } from './depth.ts';
export { codeMarkdown, escapeMarkdown, escapeTerminal, escapeTerminalLine, fenceMarkdown } from './escape.ts';
export { isJsonObject, type Json, type JsonObject, type JsonResult, ownObject, ownValue, parseJson } from './json.ts';
export { prettyJson } from './prettyJson.ts';
export { createRedactor, REDACTED, type Redactor } from './redactor.ts';
export { type ErrorPlace, formatPlace, UserError, type UserErrorCode } from './userError.ts';
