import * as z from 'zod/mini';

const RuleSeverity = z.enum(['off', 'hint', 'info', 'warning', 'error']);
const RuleSetting = z.object({ severity: z.optional(RuleSeverity), options: z.optional(z.record(z.string(), z.json())) });

/** The user's settings under `evenkeel.`, read per resource; null is what evenkeel.yml says, so that editor and command line run alike. Defaults here and in package.json are compared by a test. */
export const Settings = z.object({
  rules: z._default(z.record(z.string(), z.union([RuleSeverity, RuleSetting])), {}),
  eval: z._default(
    z.object({
      concurrency: z._default(z.nullable(z.number()), null),
      cache: z._default(z.nullable(z.boolean()), null),
      seed: z._default(z.nullable(z.number()), null),
      askAboveCalls: z._default(z.number(), 200),
      askAboveCost: z._default(z.number(), 1),
    }),
    { concurrency: null, cache: null, seed: null, askAboveCalls: 200, askAboveCost: 1 },
  ),
  sandbox: z._default(z.object({ url: z._default(z.string(), '') }), { url: '' }),
  deployments: z._default(z.object({ decorations: z._default(z.string(), '') }), { decorations: '' }),
  codeLens: z._default(z.object({ enabled: z._default(z.boolean(), true) }), { enabled: true }),
});
export type Settings = z.infer<typeof Settings>;

/** What holds when a setting is missing or wrong. */
export const DEFAULT_SETTINGS: Settings = Settings.parse({});
