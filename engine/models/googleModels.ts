import * as z from 'zod/mini';
import { type ModelSource, placeOf } from './modelSource.ts';

/** Gemini's `GET /v1beta/models`: every model with its limits. It tells no day. */
export const googleModels: ModelSource = {
  platform: 'google',
  need: {
    provider: 'google',
    origin: 'https://generativelanguage.googleapis.com',
    isDefaultOrigin: true,
    envName: 'GEMINI_API_KEY',
    required: false,
  },
  authorization: (key) => ({ 'x-goog-api-key': key }),
  path: pageAt(),
  read: (page) => {
    const parsed = list.safeParse(page);
    if (!parsed.success) return { status: 'malformed', place: placeOf(parsed.error.issues) };
    const { models, nextPageToken } = parsed.data;
    return {
      status: 'read',
      models: models
        .filter(({ name }) => name.startsWith(PREFIX))
        .map(({ name, inputTokenLimit, outputTokenLimit }) => ({
          id: name.slice(PREFIX.length),
          contextWindow: inputTokenLimit || undefined,
          maxOutputTokens: outputTokenLimit || undefined,
        })),
      next: nextPageToken ? pageAt(nextPageToken) : undefined,
    };
  },
};

const PREFIX = 'models/';

function pageAt(token?: string): string {
  return `/v1beta/models?pageSize=1000${token === undefined ? '' : `&pageToken=${encodeURIComponent(token)}`}`;
}

const limit = z.optional(z.int().check(z.nonnegative()));

const list = z.object({
  models: z.array(z.object({ name: z.string().check(z.minLength(1), z.maxLength(200)), inputTokenLimit: limit, outputTokenLimit: limit })),
  nextPageToken: z.optional(z.string().check(z.maxLength(2000))),
});
