import { createHash } from 'node:crypto';
import { type FakeServer, startFake } from './fakeServer.ts';

/** What an app says of one prompt (docs/deployments.md: the endpoint's answer). */
export interface ReportedPrompt {
  /** Its id, or its name. */
  readonly prompt: string;
  readonly version?: string;
  readonly fingerprint?: string;
  readonly model?: string;
  readonly since?: string;
  readonly by?: string;
  readonly commit?: string;
}

export interface EndpointOptions {
  readonly prompts: readonly ReportedPrompt[];
  /** Asked for as a bearer token where it is given. */
  readonly token?: string;
  /** 0 takes a free one. */
  readonly port?: number;
}

/** A running fake of an app; `setPrompts` is a deployment. */
export interface DeployedEndpoint extends FakeServer {
  /** `http://127.0.0.1:<port>/deployed`. */
  readonly url: string;
  readonly setPrompts: (prompts: readonly ReportedPrompt[]) => void;
}

/** Stands in for an app that reports what it has loaded, with an ETag. */
export async function startDeployedEndpoint({ prompts: first, token, port }: EndpointOptions): Promise<DeployedEndpoint> {
  let prompts = first;
  const server = await startFake(({ url, headers }) => {
    if (url !== '/deployed') return { status: 404, body: { message: 'Not found' } };
    if (token !== undefined && headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'Unauthorized' } };
    const etag = `"${createHash('sha256').update(JSON.stringify(prompts)).digest('hex').slice(0, 16)}"`;
    if (headers['if-none-match'] === etag) return { status: 304, body: undefined, headers: { etag } };
    return { status: 200, body: { prompts }, headers: { etag } };
  }, port);
  return {
    ...server,
    url: `${server.origin}/deployed`,
    setPrompts: (next) => {
      prompts = next;
    },
  };
}
