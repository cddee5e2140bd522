import * as z from 'zod';
import { environmentSchema } from './environments.ts';

/** The version of evenkeel.yml that this program writes and reads. */
export const CONFIG_VERSION = 1;

const milliseconds = z.int().min(1).max(3_600_000);

const timeouts = z
  .strictObject({
    connectMs: milliseconds.optional().describe('To open a connection.'),
    firstByteMs: milliseconds.optional().describe('From the request to the first byte of the answer.'),
    idleMs: milliseconds.optional().describe('Between two pieces of a streamed answer.'),
    totalMs: milliseconds.optional().describe('For the whole call.'),
  })
  .describe('How long to wait, in milliseconds.');

const headers = z
  .record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/), z.string().regex(/^[^\r\n]*$/))
  .describe('Headers to add to every request. No secrets: name the variable of the key in `keyEnv`.');

const provider = z
  .strictObject({
    kind: z.enum(['openai', 'anthropic', 'openai-compatible', 'sandbox']).describe('Which protocol it speaks.'),
    baseUrl: z
      .string()
      .regex(/^https?:\/\/[^\s/?#@]+(?:[/?#][^\s]*)?$/)
      .optional()
      .describe('Where it is reached, such as `http://localhost:11434/v1`. No user name or key in it.'),
    protocol: z.enum(['chat', 'responses']).optional().describe('OpenAI protocols: Chat Completions or Responses.'),
    keyEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .optional()
      .describe('The *name* of the environment variable that holds the key, for the command line.'),
    headers: headers.optional(),
    endMarker: z
      .boolean()
      .optional()
      .describe('Whether its streams end with the marker of the protocol; `false` for servers that send none.'),
    timeouts: timeouts.optional(),
  })
  .describe('A provider of models.');

const severity = z.enum(['off', 'hint', 'info', 'warning', 'error']);

const rule = z.union([
  severity,
  z.strictObject({
    severity: severity.optional().describe('How findings of the rule count.'),
    options: z.record(z.string(), z.json()).optional().describe('Settings of the rule.'),
  }),
]);

const glob = z.string().min(1);

/** evenkeel.yml. Its keys, types, defaults and docs come from here and nowhere else. */
export const configSchema = z
  .strictObject({
    formatVersion: z.literal(CONFIG_VERSION).default(CONFIG_VERSION).describe('The version of this file’s format.'),
    defaults: z
      .strictObject({
        model: z.string().min(1).optional().describe('The model of prompts that name none, as `provider/model`.'),
        samples: z.int().min(1).max(100).default(1).describe('Samples a case in an eval.'),
        concurrency: z.int().min(1).max(1000).default(8).describe('Calls in flight at the start; adapted to what the provider allows.'),
        seed: z.int().default(1).describe('Seeds what is drawn at random, so that runs can be repeated.'),
        cache: z.boolean().optional().describe('Whether stored answers are used again. On in the editor and off in CI when not said.'),
      })
      .prefault({})
      .describe('What holds where a prompt says nothing.'),
    providers: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9._-]*$/), provider)
      .default({})
      .describe('Providers by the name that stands before the `/` of a model.'),
    environments: z
      .record(z.string().regex(/^[^\p{Cc}]{1,60}$/u), environmentSchema)
      .default({})
      .describe('Where prompts run, such as `production`, each with its source.'),
    rules: z.record(z.string(), rule).default({}).describe('Severity of lint rules by code: `off`, `hint`, `info`, `warning`, `error`.'),
    budgets: z
      .strictObject({
        run: z
          .strictObject({
            maxCost: z.number().min(0).optional().describe('US dollars that one run may cost at most.'),
            maxCalls: z.int().min(1).optional().describe('Calls that one run may make at most.'),
          })
          .prefault({})
          .describe('Hard limits of one run.'),
        askAbove: z
          .strictObject({
            calls: z.int().min(0).default(200).describe('A run with more calls asks first.'),
            cost: z.number().min(0).default(1).describe('A run that may cost more US dollars asks first.'),
          })
          .prefault({})
          .describe('Above this a run asks first.'),
      })
      .prefault({})
      .describe('What runs may cost.'),
    prompts: z
      .strictObject({
        include: z.array(glob).default([]).describe('Globs of prompt files; every prompt file of the root when empty.'),
        exclude: z.array(glob).default([]).describe('Globs to leave out.'),
      })
      .prefault({})
      .describe('Which files are prompts.'),
  })
  .describe('Settings of Evenkeel for this folder and what is below it.');

/** evenkeel.yml with every default filled in. */
export type EvenkeelConfig = DeepReadonly<z.output<typeof configSchema>>;

/** One entry of `providers`. */
export type ProviderConfig = EvenkeelConfig['providers'][string];

/** One entry of `environments`. */
export type EnvironmentConfig = EvenkeelConfig['environments'][string];

/** What holds without an evenkeel.yml. */
export const DEFAULT_CONFIG: EvenkeelConfig = configSchema.parse({});

type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
