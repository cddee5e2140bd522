import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { Bump } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { configFiles } from '../client/configs.ts';
import { promptAddress } from '../client/promptUri.ts';
import { environmentChoices } from '../deployments/environmentChoices.ts';
import type { Services } from '../services.ts';
import { findTarget, pickTarget } from './target.ts';

/** What a command about releases and deployments is about: a prompt, perhaps an environment and a version. */
export interface LiveTarget {
  /** Address of the prompt file in the editor's spelling. */
  readonly uri: string;
  readonly root: string;
  readonly promptId: string;
  readonly environment: string | undefined;
  readonly bump: Bump | undefined;
}

/** A node of our trees, as it comes as an argument. */
const NodeArgument = z.object({ root: z.string(), promptId: z.string(), environment: z.optional(z.string()) });
/** What lenses, hovers and quick fixes say beside the address. */
const LensArgument = z.object({ environment: z.optional(z.string()), bump: z.optional(Bump) });

/**
 * The prompt that a tree item, a lens or the active editor names, else the one whose history is seen, else the one that the person picks;
 * undefined when the person leaves.
 */
export async function liveTargetOf({ server, live }: Services, argument: unknown, title: string): Promise<LiveTarget | undefined> {
  const node = NodeArgument.safeParse(argument);
  if (node.success) {
    const { root, promptId, environment } = node.data;
    return { uri: promptAddress(root, promptId).toString(), root, promptId, environment, bump: undefined };
  }
  const seen = live.history.seen;
  const target = await pickTarget(seen !== undefined && !findTarget(argument) ? { uri: seen } : argument, title);
  if (!target) return undefined;
  const uri = target.uri.toString();
  const { root, promptId } = await server.promptInputs(uri);
  const said = LensArgument.safeParse(argument);
  return { uri, root, promptId, environment: said.data?.environment, bump: said.data?.bump };
}

/** The environment that the target names, else the only one, else the one that the person picks; undefined when the person leaves. */
export async function environmentOf({ server, live }: Services, target: LiveTarget, title: string): Promise<string | undefined> {
  if (target.environment !== undefined) return target.environment;
  const known = live.refresher.roots.find(({ root }) => root === target.root);
  const named = known ?? (await server.environments(await configFiles())).find(({ root }) => root === target.root);
  const choices = environmentChoices(named?.environments ?? [], known?.view, target.promptId, new Date());
  if (!choices.length) throw new UserError('configuration', NO_ENVIRONMENT);
  if (choices.length === 1) return choices[0]?.environment;
  return (await vscode.window.showQuickPick(choices, { title, placeHolder: 'Which environment?' }))?.environment;
}

export const NO_ENVIRONMENT =
  'evenkeel.yml of this folder names no environment. Add one below `environments:`, such as `production: { git: { ref: origin/production } }`; docs/deployments.md has every kind.';
