import { problemLine, type SideRef } from '../protocol/index.ts';
import { deploymentKeys } from './deploymentKeys.ts';
import type { DriftContext } from './driftContext.ts';

/**
 * Looks at the environments that sides name, as far as they are due, so that what is compared is what runs there now. Where a source cannot be
 * asked that is told, and its last answer counts.
 */
export async function refreshSides(root: string, sides: readonly (SideRef | undefined)[], context: DriftContext): Promise<void> {
  const environments = sides.flatMap((side) => (side?.kind === 'environment' ? [side.environment] : []));
  if (!environments.length) return;
  const { engine, reporter } = context;
  const keys = deploymentKeys(await engine.deploymentKeys({ root, environments }), context);
  const view = await engine.refreshDeployments({ root, environments, keys });
  const now = new Date();
  for (const of of view.environments) {
    const line = environments.includes(of.environment) ? problemLine(of, now) : '';
    if (line !== '') reporter.say(`${of.environment}: ${line}.`);
  }
}
