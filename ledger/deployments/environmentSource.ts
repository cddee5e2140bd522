import { canonicalJson, type EnvironmentConfig, type EvenkeelConfig, SOURCE_KEYS, sha256Hex } from '../../prompts-schema/index.ts';
import type { DeploymentSourceKind } from '../../protocol/index.ts';
import type { Json } from '../../safety/index.ts';

/** One environment of evenkeel.yml: its name, and which source knows what runs there. */
export interface EnvironmentSource {
  readonly environment: string;
  readonly kind: DeploymentSourceKind;
  /** For people: `origin/production`, `tag support-v*`, `deployments.jsonl`, an address. */
  readonly origin: string;
  /** Of the source alone: an answer of another source of the same environment does not count. */
  readonly hash: string;
  readonly config: EnvironmentConfig;
}

/** The environments in the order of evenkeel.yml. */
export function environmentSources({ environments }: EvenkeelConfig): readonly EnvironmentSource[] {
  return Object.entries(environments).flatMap(([environment, config]) => {
    const kind = SOURCE_KEYS.find((key) => config[key] !== undefined);
    if (!kind) return []; // the reader of evenkeel.yml keeps none without a source
    const hash = sha256Hex(canonicalJson({ [kind]: (config[kind] ?? null) as Json }));
    return [{ environment, kind, origin: originOf(config), hash, config }];
  });
}

function originOf({ git, file, http, langfuse }: EnvironmentConfig): string {
  if (git) return git.ref ?? `tag ${git.tag}`;
  if (file !== undefined) return file.replace(/^\.\//, '');
  if (http) return http.url;
  return langfuse ? `${langfuse.baseUrl.replace(/\/+$/, '')}, label ${langfuse.label}` : '';
}
