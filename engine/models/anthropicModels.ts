import * as z from 'zod/mini';
import type { ModelAnswer } from '../../catalog/index.ts';
import { dayOf, type ModelSource, placeOf } from './modelSource.ts';

/** `GET /v1/models`: every model, with its stage of life, the day on which it is to be retired, and its limits. */
export const anthropicModels: ModelSource = {
  platform: 'anthropic',
  need: {
    provider: 'anthropic',
    origin: 'https://api.anthropic.com',
    isDefaultOrigin: true,
    envName: 'ANTHROPIC_API_KEY',
    required: false,
  },
  authorization: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  path: pageAfter(),
  read: (page, today) => {
    const parsed = list.safeParse(page);
    if (!parsed.success) return { status: 'malformed', place: placeOf(parsed.error.issues) };
    const { data, has_more: more, last_id: last } = parsed.data;
    return { status: 'read', models: data.map((told) => modelOf(told, today)), next: more && last ? pageAfter(last) : undefined };
  },
};

function pageAfter(after?: string): string {
  return `/v1/models?limit=1000${after === undefined ? '' : `&after_id=${encodeURIComponent(after)}`}`;
}

const moment = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const limit = z.optional(z.nullable(z.int().check(z.nonnegative())));

const listed = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  created_at: z.optional(moment),
  lifecycle: z.optional(z.string()),
  deprecated_at: z.optional(z.nullable(moment)),
  retires_at: z.optional(z.nullable(moment)),
  max_input_tokens: limit,
  max_tokens: limit,
});

const list = z.object({
  data: z.array(listed),
  has_more: z.optional(z.boolean()),
  last_id: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
});

/** A past day of retirement counts only once the provider calls the model retired: until then it is overdue. Zero stands for an unknown limit. */
function modelOf(told: z.infer<typeof listed>, today: string): ModelAnswer {
  const { lifecycle, deprecated_at: deprecated, retires_at: retires } = told;
  const retiresOn = retires ? dayOf(retires) : undefined;
  const overdue = lifecycle === 'deprecated' && retiresOn !== undefined && retiresOn < today;
  return {
    id: told.id,
    released: told.created_at === undefined ? undefined : dayOf(told.created_at),
    ...(lifecycle === undefined
      ? {}
      : {
          deprecatedOn: deprecated ? (dayOf(deprecated) ?? null) : null,
          retiresOn: retiresOn === undefined || overdue ? null : retiresOn,
        }),
    contextWindow: told.max_input_tokens || undefined,
    maxOutputTokens: told.max_tokens || undefined,
  };
}
