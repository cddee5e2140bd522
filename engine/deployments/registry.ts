import type { DeploymentSourceKind } from '../../protocol/index.ts';
import { fileSource } from './fileSource.ts';
import { gitSource } from './gitSource.ts';
import { httpSource } from './httpSource.ts';
import { langfuseSource } from './langfuseSource.ts';
import type { DeploymentSource } from './source.ts';

/** Every kind of source; a kind without one does not compile. */
export const SOURCES: Readonly<Record<DeploymentSourceKind, DeploymentSource>> = {
  git: gitSource,
  file: fileSource,
  http: httpSource,
  langfuse: langfuseSource,
};
