import * as z from 'zod/mini';
import { dayOf, type ModelSource, placeOf } from './modelSource.ts';

/** `GET /v1/models`: every model that the account sees, with its `shutdown_date` where one is announced. */
export const openaiModels: ModelSource = {
  platform: 'openai',
  need: { provider: 'openai', origin: 'https://api.openai.com', isDefaultOrigin: true, envName: 'OPENAI_API_KEY', required: false },
  authorization: (key) => ({ authorization: `Bearer ${key}` }),
  path: '/v1/models',
  read: (page) => {
    const parsed = list.safeParse(page);
    if (!parsed.success) return { status: 'malformed', place: placeOf(parsed.error.issues) };
    const models = parsed.data.data.map(({ id, created, shutdown_date: retiresOn }) => ({
      id,
      released: created === undefined ? undefined : dayOf(created),
      // null means that nothing was announced of this id; what a page said of the snapshot behind it may still hold
      retiresOn: retiresOn ?? undefined,
    }));
    return { status: 'read', models, next: undefined };
  },
};

const list = z.object({
  data: z.array(
    z.object({
      id: z.string().check(z.minLength(1), z.maxLength(200)),
      created: z.optional(z.number()),
      shutdown_date: z.optional(z.nullable(z.string().check(z.refine(isDay)))),
    }),
  ),
});

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(text) === text;
}
