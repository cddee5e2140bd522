import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { KeyNeed } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { keyOwnerName } from '../evals/keyOwnerName.ts';
import { COMMANDS } from '../ids.ts';
import { pickText } from '../pickText.ts';
import type { Command, Services } from '../services.ts';
import { KEY_QUESTIONS } from './keyDialogs.ts';

const NodeArgument = z.object({ root: z.string(), environment: z.string() });

/** Keeps the key for the source of an environment, bound to its address, and has the source asked again. */
export function setDeploymentKey({ engine, keys, live }: Services): Command {
  return {
    id: COMMANDS.setDeploymentKey,
    async execute(argument) {
      const node = NodeArgument.safeParse(argument);
      if (!live.refresher.roots.length) await live.refresher.refresh('due');
      const roots = node.success ? [node.data.root] : live.refresher.roots.map(({ root }) => root);
      const environments = node.success ? { environments: [node.data.environment] } : {};
      const needs = (await Promise.all(roots.map((root) => engine.request('deploymentKeys', { root, ...environments })))).flat();
      const sources = [...Map.groupBy(needs, ({ provider, origin }) => JSON.stringify([sourceOf(provider), origin])).values()];
      if (!sources.length) throw new UserError('usage', NO_KEY_WANTED);
      const chosen = sources.length === 1 ? sources[0] : await pickSource(sources);
      if (!chosen || !(await keys.ask(chosen, KEY_QUESTIONS))) return;
      vscode.window.setStatusBarMessage(`Evenkeel: key kept for ${chosen[0]?.origin}`, 5000);
      await live.refresher.refresh('all');
    },
  };
}

const NO_KEY_WANTED =
  'No source here takes a key. An `http` source takes one where evenkeel.yml names the variable of its token in `keyEnv`; `langfuse` always does.';

/** The environment alone: a source may want two keys. */
function sourceOf(provider: string): string {
  return provider.replace(/#.*$/, '');
}

async function pickSource(sources: readonly (readonly KeyNeed[])[]): Promise<readonly KeyNeed[] | undefined> {
  const items = sources.flatMap((needs) => {
    const [first] = needs;
    return first ? [{ label: pickText(keyOwnerName(sourceOf(first.provider))), description: first.origin, needs }] : [];
  });
  return (await vscode.window.showQuickPick(items, { title: 'Set deployment key for' }))?.needs;
}
