import * as z from 'zod';

/** The keys of an environment that name a source; each environment has exactly one of them. */
export const SOURCE_KEYS = ['git', 'file', 'http', 'langfuse'] as const;

const envName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);

const address = z.string().regex(/^https?:\/\/[^\s/?#@]+(?:[/?#][^\s]*)?$/);

const git = z
  .strictObject({
    ref: z
      .string()
      .min(1)
      .optional()
      .describe('A branch or another ref whose tree is what runs, such as `origin/production`. It is read as the last fetch left it.'),
    tag: z
      .string()
      .regex(/^[^\s~^:?[\\]+$/)
      .optional()
      .describe('A pattern of tags, such as `support-v*`: the newest matching one is what runs. `*` matches no `/`.'),
  })
  .superRefine(({ ref, tag }, context) => {
    if ((ref === undefined) === (tag === undefined)) context.addIssue({ code: 'custom', message: 'names either a `ref` or a `tag`' });
  })
  .describe('The tree of a git ref is what runs there.');

const http = z
  .strictObject({
    url: address.describe('What the app answers under, such as `https://app.example/deployed`. No user name or token in it.'),
    keyEnv: envName.optional().describe('The *name* of the environment variable that holds its token, for the command line.'),
  })
  .superRefine(({ url, keyEnv }, context) => {
    if (keyEnv !== undefined && !mayCarryKey(url))
      context.addIssue({ code: 'custom', path: ['url'], message: 'begins with https:// where a token is sent' });
  })
  .describe('The app itself tells what it has loaded.');

const langfuse = z
  .strictObject({
    baseUrl: address.default('https://cloud.langfuse.com').describe('Where Langfuse is reached.'),
    label: z.string().min(1).max(100).default('production').describe('The label of the versions that run there.'),
    publicKeyEnv: envName.default('LANGFUSE_PUBLIC_KEY').describe('The *name* of the environment variable of the public key.'),
    secretKeyEnv: envName.default('LANGFUSE_SECRET_KEY').describe('The *name* of the environment variable of the secret key.'),
    prompts: z
      .record(z.string().min(1), z.string().min(1))
      .default({})
      .describe('What prompts are called in Langfuse, by prompt id; else they have the prompt’s own name.'),
  })
  .superRefine(({ baseUrl }, context) => {
    if (!mayCarryKey(baseUrl)) context.addIssue({ code: 'custom', path: ['baseUrl'], message: 'begins with https://: keys are sent' });
  })
  .describe('A label of Langfuse, or of a server with its public API, says what runs there.');

/** One entry of `environments`. */
export const environmentSchema = z
  .strictObject({
    git: git.optional(),
    file: z
      .string()
      .min(1)
      .optional()
      .describe('A deployments file inside the root, which `evenkeel deployed record` writes in the pipeline.'),
    http: http.optional(),
    langfuse: langfuse.optional(),
    refreshMinutes: z.number().min(1).max(10_080).default(5).describe('How old an answer may be before the source is asked again.'),
    description: z.string().max(500).optional().describe('For people: what this environment is.'),
  })
  .superRefine((environment, context) => {
    const named = SOURCE_KEYS.filter((key) => environment[key] !== undefined);
    if (named.length === 1) return;
    const message = named.length
      ? `has ${named.length} sources (${named.join(', ')}); keep one`
      : 'has no source; say git, file, http or langfuse';
    context.addIssue({ code: 'custom', message });
  })
  .describe('Where prompts run, and who knows what runs there: exactly one of git, file, http and langfuse.');

/** Whether a key may be sent to the address: over https, or to this machine itself. */
export function mayCarryKey(url: string): boolean {
  return /^https:/.test(url) || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:[/?#]|$)/.test(url);
}
