import { answerPath, type EnvironmentSource, environmentSources, readAnswer, writeAnswer } from '../../ledger/index.ts';
import type { EvenkeelConfig } from '../../prompts-schema/index.ts';
import { type BoundKey, DEPLOYMENTS_FORMAT, type DeploymentAnswer } from '../../protocol/index.ts';
import { type Redactor, UserError } from '../../safety/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Clock } from '../clock.ts';
import type { WireTimeouts } from '../providers/guardedFetch.ts';
import { problemAfter } from './backOff.ts';
import { SOURCES } from './registry.ts';
import type { LookResult } from './source.ts';

/** What looking at sources needs from its surroundings. */
export interface RefreshContext {
  readonly clock: Clock;
  /** [0, 1): jitter of retries. */
  readonly random: () => number;
  readonly redactor: Redactor;
  /** For tests. */
  readonly timeouts?: Partial<WireTimeouts>;
}

export interface RefreshRequest {
  readonly workspace: Workspace;
  readonly config: EvenkeelConfig;
  /** Only these; a name that evenkeel.yml does not have is a UserError. */
  readonly environments?: readonly string[];
  /** Also those that are not due. */
  readonly force?: boolean;
  readonly keys: readonly BoundKey[];
}

/** Looks at the sources that are due and stores what they say. Resolves with the environments that were looked at; what they do wrong is stored, not thrown. */
export type Refresh = (request: RefreshRequest) => Promise<readonly string[]>;

/** One look at a time for each environment of a folder: who asks meanwhile waits for the one that is under way. */
export function createRefresh(context: RefreshContext): Refresh {
  /** By place; whether a look is taken at all turns out at its end. */
  const underWay = new Map<string, Promise<boolean>>();
  return async ({ workspace, config, environments, force = false, keys }) => {
    for (const { key } of keys) context.redactor.add(key);
    addBasicPairs(context.redactor, keys);
    const wanted = chosen(environmentSources(config), environments);
    const looks = wanted.map(async (source): Promise<readonly string[]> => {
      const { environment, kind, hash } = source;
      if (!workspace.capabilities[SOURCES[kind].needs] || !workspace.capabilities.write) return [];
      const place = JSON.stringify([workspace.root, environment, hash]);
      for (let running = underWay.get(place); running; running = underWay.get(place)) {
        const looked = await running;
        if (looked || !force) return looked ? [environment] : [];
      }
      const look = lookOnce(context, { workspace, config, source, keys, force });
      underWay.set(place, look);
      try {
        return (await look) ? [environment] : [];
      } finally {
        underWay.delete(place);
      }
    });
    return (await Promise.all(looks)).flat();
  };
}

/** The chosen sources; a name that is none says which there are. */
export function chosen(sources: readonly EnvironmentSource[], names: readonly string[] | undefined): readonly EnvironmentSource[] {
  if (!names) return sources;
  const unknown = names.find((name) => !sources.some(({ environment }) => environment === name));
  if (unknown === undefined) return sources.filter(({ environment }) => names.includes(environment));
  const known = sources.map(({ environment }) => environment).join(', ');
  throw new UserError(
    'configuration',
    `evenkeel.yml names no environment “${unknown}”. ${known ? `It names ${known}.` : 'Add it under `environments:`.'}`,
  );
}

interface OneLook {
  readonly workspace: Workspace;
  readonly config: EvenkeelConfig;
  readonly source: EnvironmentSource;
  readonly keys: readonly BoundKey[];
  readonly force: boolean;
}

/** Whether a look was taken. */
async function lookOnce(context: RefreshContext, { workspace, config, source, keys, force }: OneLook): Promise<boolean> {
  const stored = await readAnswer(workspace, source.environment);
  if (stored.status === 'newer') {
    if (!force) return false;
    throw new UserError('configuration', 'This answer was written by a newer Evenkeel. Update this one, or remove the file.', {
      file: answerPath(source.environment),
    });
  }
  const before = stored.status === 'read' && stored.answer.sourceHash === source.hash ? stored.answer : undefined;
  if (!force && before && !isDue(before, source.config.refreshMinutes, context.clock.date())) return false;
  const result = await SOURCES[source.kind].look({
    workspace,
    config,
    source,
    keys,
    validator: before?.answeredAt === undefined ? undefined : before.validator,
    ...(context.timeouts ? { timeouts: context.timeouts } : {}),
  });
  const answer = answerAfter(before, result, source, context);
  await writeAnswer(workspace, context.redactor.redactDeep(answer));
  return true;
}

/** By the time since the last look; a failed one by its back-off. A clock that was put back makes it due. */
export function isDue({ lookedAt, problem }: DeploymentAnswer, refreshMinutes: number, now: Date): boolean {
  const looked = Date.parse(lookedAt);
  if (!(looked <= now.getTime())) return true;
  const next = problem ? Date.parse(problem.retryAt) : looked + refreshMinutes * 60_000;
  return !(next > now.getTime());
}

/** The answer to store: what was said, or what was said last with why nothing came. */
function answerAfter(
  before: DeploymentAnswer | undefined,
  result: LookResult,
  { environment, kind, origin, hash }: EnvironmentSource,
  { clock, random }: RefreshContext,
): DeploymentAnswer {
  const now = clock.date();
  const lookedAt = now.toISOString();
  const head = { formatVersion: DEPLOYMENTS_FORMAT, environment, source: kind, origin, sourceHash: hash, lookedAt } as const;
  switch (result.status) {
    case 'answered': {
      const { prompts, commit, validator } = result;
      return {
        ...head,
        answeredAt: lookedAt,
        ...(commit === undefined ? {} : { commit }),
        ...(validator === undefined ? {} : { validator }),
        prompts: [...prompts],
      };
    }
    case 'unchanged': {
      const { problem: _solved, ...kept } = before ?? { ...head, prompts: [] };
      return { ...kept, ...head, answeredAt: lookedAt };
    }
    case 'failed':
      return { prompts: [], ...before, ...head, problem: problemAfter(before?.problem, result, now, random()) };
  }
}

/** A header of two keys holds them joined: neither the pair nor its base64 leaves. */
function addBasicPairs(redactor: Redactor, keys: readonly BoundKey[]): void {
  for (const { provider, origin, key } of keys) {
    if (!provider.endsWith('#publicKey')) continue;
    const secret = keys.find((other) => other.origin === origin && other.provider === provider.replace(/#publicKey$/, '#secretKey'));
    if (secret) redactor.add(`${key}:${secret.key}`);
  }
}
