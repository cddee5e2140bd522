import { endMarkerOf } from './endMarkers.ts';
import { createGuardedFetch } from './guardedFetch.ts';
import { createOpenAiCaller } from './openAiCaller.ts';
import type { OpenProvider, ProviderSettings } from './providerSettings.ts';
import { timeoutsOf } from './timeouts.ts';

/** OpenAI itself: Chat Completions, or Responses where evenkeel.yml says so or the model has no other. */
export function open({ resolved, key, redact }: ProviderSettings): OpenProvider {
  const wire = createGuardedFetch({
    origin: resolved.origin,
    authorization: key === undefined ? {} : { authorization: `Bearer ${key}` },
    headers: resolved.config?.headers ?? {},
    timeouts: timeoutsOf(resolved.config),
    endMarker: (path) => (resolved.config?.endMarker === false ? undefined : endMarkerOf(path)),
  });
  const { provider: name, origin, baseUrl = '', envName, api } = resolved;
  return { name, origin, call: createOpenAiCaller({ name, origin, baseUrl, envName, api, wire, redact }), close: wire.close };
}
