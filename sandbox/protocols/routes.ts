import { findModel } from '../models.ts';
import type { RequestLog } from '../requestLog.ts';
import { chatCompletions } from './chatCompletions.ts';
import { frontPage } from './frontPage.ts';
import type { HttpError } from './httpError.ts';
import { messages } from './messages.ts';
import { anthropicModel, anthropicModelList, openAiModel, openAiModelList } from './modelList.ts';
import type { Protocol } from './protocol.ts';
import { unknownModel } from './readBody.ts';
import { responses } from './responses.ts';

/** A path the sandbox serves; without a protocol it is a simple page. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly protocol?: Protocol;
}

/** The route of a path without query; undefined when there is none. */
export function findRoute(path: string): Route | undefined {
  const found = ROUTES.get(path);
  if (found) return found;
  return /^\/v1\/models\/[^/]+$/.test(path) ? { method: 'GET' } : undefined;
}

/** A simple page's text and type, or the error it ends in. */
export function simplePage(
  path: string,
  provider: 'openai' | 'anthropic',
  log: RequestLog,
): { readonly type: string; readonly text: string } | HttpError {
  const type = 'application/json';
  if (path === '/') return { type: 'text/plain; charset=utf-8', text: frontPage() };
  if (path === '/__requests') {
    const entries = log.entries();
    return { type, text: JSON.stringify({ total: log.total, dropped: log.total - entries.length, entries }) };
  }
  if (path === '/v1/models') return { type, text: provider === 'anthropic' ? anthropicModelList() : openAiModelList() };
  const id = path.slice('/v1/models/'.length);
  const model = findModel(id);
  if (!model) return unknownModel(id);
  return { type, text: JSON.stringify(provider === 'anthropic' ? anthropicModel(model) : openAiModel(model)) };
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/v1/chat/completions', { method: 'POST', protocol: chatCompletions }],
  ['/v1/responses', { method: 'POST', protocol: responses }],
  ['/v1/messages', { method: 'POST', protocol: messages }],
  ['/v1/models', { method: 'GET' }],
  ['/__requests', { method: 'GET' }],
  ['/', { method: 'GET' }],
]);
