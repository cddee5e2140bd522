import { type Json, parseJson } from '../../safety/index.ts';
import { createGuardedFetch, TooLargeError, type WireTimeouts } from '../providers/guardedFetch.ts';
import { findWireError } from '../providers/wireError.ts';
import { type FailedLook, failed } from './source.ts';

/** What is fetched, and what is sent with it. */
export interface GetJsonOptions {
  readonly url: string;
  /** Sent to the address's own origin and nowhere else. */
  readonly authorization: Readonly<Record<string, string>>;
  /** An ETag: the answer may then be `unchanged`. */
  readonly etag?: string | undefined;
  readonly timeouts?: Partial<WireTimeouts> | undefined;
}

/** JSON that came, or why none did. */
export type GetJsonResult =
  | { readonly status: 'answered'; readonly value: Json; readonly etag: string | undefined }
  | { readonly status: 'unchanged' }
  /** The server said 404; `json` where it said so as an API does, not as a page. */
  | { readonly status: 'none'; readonly json: boolean }
  | FailedLook;

/** A look may take ten seconds in all: nobody waits for it, but a source that hangs must not hold the others. */
export const LOOK_TIMEOUTS: WireTimeouts = { connectMs: 4000, firstByteMs: 8000, idleMs: 4000, totalMs: 10_000 };

/** Answers larger than 1 MB are refused while they come. */
const LARGEST_ANSWER = 1024 * 1024;

const MOST_REDIRECTS = 3;

/**
 * GETs a JSON answer: bounded in time and size, three redirects at most and none to another origin, so that what is in `authorization` goes to the
 * address's own origin alone. Never throws for what a server or a network does.
 */
export async function getJson({ url, authorization, etag, timeouts }: GetJsonOptions): Promise<GetJsonResult> {
  if (!URL.canParse(url)) return failed('configuration', `${url} is no address. Correct it in evenkeel.yml.`);
  const { origin } = new URL(url);
  const guarded = createGuardedFetch({
    origin,
    authorization,
    timeouts: { ...LOOK_TIMEOUTS, ...timeouts },
    endMarker: () => undefined,
    largestBody: LARGEST_ANSWER,
    redirects: 'give',
  });
  try {
    return await follow(guarded.fetch, new URL(url), etag, timeouts?.totalMs ?? LOOK_TIMEOUTS.totalMs);
  } catch (error) {
    return failureOf(error, origin);
  } finally {
    guarded.close();
  }
}

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

async function follow(get: Fetch, start: URL, etag: string | undefined, totalMs: number): Promise<GetJsonResult> {
  const signal = AbortSignal.timeout(totalMs);
  const headers = { accept: 'application/json', 'user-agent': 'evenkeel', ...(etag === undefined ? {} : { 'if-none-match': etag }) };
  let target = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await get(target, { method: 'GET', headers, signal });
    const { status } = response;
    if (status === 304) return { status: 'unchanged' };
    if (status < 300 || status >= 400) return answerOf(response, start.origin);
    const location = response.headers.get('location') ?? '';
    if (!URL.canParse(location, target.href))
      return failed('invalid', `${start.origin} answered with a redirect that leads nowhere (${status}).`);
    target = new URL(location, target.href);
    if (target.origin !== start.origin)
      return failed(
        'redirected',
        `${start.origin} sends to ${target.origin}, which is not followed: a token belongs to its own origin. Write the final address in evenkeel.yml.`,
      );
  }
  return failed('redirected', `${start.origin} sends on more than ${MOST_REDIRECTS} times. Write the final address in evenkeel.yml.`);
}

async function answerOf(response: Response, origin: string): Promise<GetJsonResult> {
  const { status } = response;
  if (status === 401 || status === 403)
    return failed('key', `${origin} refused the key (${status}). Set another with “Evenkeel: Set Deployment Key…” or in the environment.`);
  if (status === 404) return { status: 'none', json: parseJson(await response.text()).ok };
  if (status < 200 || status >= 300)
    return failed('down', `${origin} answered with an error (${status}). It is asked again later; look whether the service is well.`);
  const read = parseJson(await response.text());
  if (!read.ok)
    return failed('invalid', `${origin} did not answer with JSON: ${clipped(read.message)}. Correct the address in evenkeel.yml.`);
  return { status: 'answered', value: read.value, etag: response.headers.get('etag') ?? undefined };
}

function failureOf(error: unknown, origin: string): GetJsonResult {
  if (error instanceof Error && error.name === 'TimeoutError') return failed('slow', `${origin} did not finish its answer in time.`);
  const wire = findWireError(error);
  if (!wire) throw error;
  if (wire instanceof TooLargeError)
    return failed('tooLarge', `${wire.message} A list of what is deployed is smaller: correct the address.`);
  if (wire.kind === 'timeout') return failed('slow', wire.message);
  return failed(wire.kind === 'malformed' ? 'invalid' : 'down', wire.message);
}

/** What parsers quote of a text that others wrote stays short. */
function clipped(message: string): string {
  return message.replace(/\.$/, '').slice(0, 100);
}
