import { chatBody } from './providers/chatCompletions.ts';
import { messagesBody } from './providers/messages.ts';
import type { ProviderRequest } from './providers/provider.ts';
import type { ResolvedModel } from './providers/resolveModel.ts';
import { responsesBody } from './providers/responses.ts';

/** The request as a command for a POSIX shell. The key stays a variable of that shell. */
export function curlOf(request: ProviderRequest, resolved: ResolvedModel): string {
  const whole = { ...request, stream: false };
  const base = resolved.baseUrl ?? '$SANDBOX_URL/v1';
  const [path, body, headers] =
    resolved.api === 'messages'
      ? (['/v1/messages', messagesBody(whole), [`"x-api-key: $${resolved.envName}"`, "'anthropic-version: 2023-06-01'"]] as const)
      : resolved.api === 'responses'
        ? (['/responses', responsesBody(whole), [`"authorization: Bearer $${resolved.envName}"`]] as const)
        : (['/chat/completions', chatBody(whole, resolved.api), [`"authorization: Bearer $${resolved.envName}"`]] as const);
  const sent = resolved.kind === 'sandbox' ? [] : headers;
  const json = JSON.stringify(body, undefined, 2).replaceAll("'", "'\\''");
  // The address comes from evenkeel.yml: only what the URL parser let through, and single quotes around it.
  const url = resolved.baseUrl === undefined ? `"${base}${path}"` : `'${(base + path).replaceAll("'", '%27')}'`;
  return [`curl ${url}`, "-H 'content-type: application/json'", ...sent.map((header) => `-H ${header}`), `-d '${json}'`].join(' \\\n  ');
}
