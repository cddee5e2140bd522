import { type FakeReply, type FakeRequest, type FakeServer, startFake } from './fakeServer.ts';

/** A version of a prompt, with the fields that Langfuse's public API documents. */
export interface LangfuseVersion {
  readonly name: string;
  readonly version: number;
  readonly prompt: string | readonly { readonly role: string; readonly content: string }[];
  readonly labels: readonly string[];
  readonly config?: unknown;
  readonly tags?: readonly string[];
  readonly commitMessage?: string;
  /** ISO times. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface LangfuseOptions {
  readonly publicKey: string;
  readonly secretKey: string;
  readonly versions: readonly LangfuseVersion[];
  /** 0 takes a free one. */
  readonly port?: number;
}

/** A running fake; `setVersions` replaces what it holds, as somebody would who moves a label. */
export interface LangfuseServer extends FakeServer {
  readonly setVersions: (versions: readonly LangfuseVersion[]) => void;
}

/**
 * Stands in for Langfuse: the prompts of its public API, version 2, written from its documentation. One prompt by name with `label` (default
 * `production`) or `version`, and the list with pages; HTTP basic authentication by public and secret key.
 */
export async function startLangfuse({ publicKey, secretKey, versions: first, port }: LangfuseOptions): Promise<LangfuseServer> {
  const credentials = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
  let versions = first;
  const reply = ({ method, url, headers }: FakeRequest): FakeReply => {
    if (headers.authorization !== credentials)
      return error(401, 'UnauthorizedError', 'Invalid credentials. Confirm that you have configured the correct host.');
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (method !== 'GET') return error(405, 'MethodNotAllowedError', 'Method not allowed');
    if (pathname === BASE) return list(versions, searchParams);
    // A name is one segment: slashes in it are encoded.
    const [, name] = /^\/api\/public\/v2\/prompts\/([^/]+)$/.exec(pathname) ?? [];
    return name === undefined
      ? error(404, 'NotFoundError', 'Not found')
      : one(
          versions.filter((version) => version.name === decodeURIComponent(name)),
          decodeURIComponent(name),
          searchParams,
        );
  };
  const server = await startFake(reply, port);
  return {
    ...server,
    setVersions: (next) => {
      versions = next;
    },
  };
}

const BASE = '/api/public/v2/prompts';

function one(versions: readonly LangfuseVersion[], name: string, query: URLSearchParams): FakeReply {
  const number = query.get('version');
  const label = query.get('label') ?? 'production';
  if (number !== null && query.get('label') !== null) return error(400, 'InvalidRequestError', 'Cannot specify both version and label');
  const found = versions.find(({ version, labels }) => (number === null ? labels.includes(label) : version === Number(number)));
  if (found) return { status: 200, body: bodyOf(found) };
  const wanted = number === null ? `label: '${label}'` : `version: ${number}`;
  return error(404, 'LangfuseNotFoundError', `Prompt not found: '${name}' with ${wanted}`);
}

function list(versions: readonly LangfuseVersion[], query: URLSearchParams): FakeReply {
  const page = Number(query.get('page') ?? 1);
  const limit = Number(query.get('limit') ?? 50);
  const label = query.get('label');
  const fitting = versions.filter(({ name, labels }) => (query.get('name') ?? name) === name && (label === null || labels.includes(label)));
  const names = [...new Set(fitting.map(({ name }) => name))].sort();
  const data = names.slice((page - 1) * limit, page * limit).map((name) => {
    const own = versions.filter((version) => version.name === name).toSorted((a, b) => a.version - b.version);
    const newest = own.at(-1);
    return {
      name,
      versions: own.map(({ version }) => version),
      labels: [...new Set(own.flatMap(({ labels }) => labels))],
      tags: newest?.tags ?? [],
      lastUpdatedAt: newest?.updatedAt ?? EPOCH,
      lastConfig: newest?.config ?? {},
    };
  });
  const totalPages = Math.ceil(names.length / limit);
  return { status: 200, body: { data, meta: { page, limit, totalItems: names.length, totalPages } } };
}

function bodyOf({ name, version, prompt, labels, config = {}, tags = [], commitMessage, createdAt, updatedAt }: LangfuseVersion): object {
  return {
    id: `${encodeURIComponent(name)}-${version}`,
    projectId: 'project',
    createdAt: createdAt ?? updatedAt ?? EPOCH,
    updatedAt: updatedAt ?? createdAt ?? EPOCH,
    createdBy: 'API',
    name,
    version,
    type: typeof prompt === 'string' ? 'text' : 'chat',
    prompt,
    config,
    tags,
    labels,
    commitMessage: commitMessage ?? null,
  };
}

function error(status: number, name: string, message: string): FakeReply {
  return { status, body: { message, error: name } };
}

const EPOCH = '2026-01-01T00:00:00.000Z';
