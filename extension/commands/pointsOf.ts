import { environmentChoices } from '../deployments/environmentChoices.ts';
import { COMMITS_SHOWN } from '../history/historyNodes.ts';
import { type PointChoice, pointChoices } from '../history/pointChoices.ts';
import type { Services } from '../services.ts';

/** The releases, environments and earlier edits of a prompt that it can be compared with. */
export async function pointsOf(
  { engine, live }: Pick<Services, 'engine' | 'live'>,
  place: { readonly root: string; readonly promptId: string },
): Promise<readonly PointChoice[]> {
  const { events } = await engine.request('history', { ...place, limit: COMMITS_SHOWN });
  const known = live.refresher.roots.find(({ root }) => root === place.root);
  const now = new Date();
  return pointChoices(environmentChoices(known?.environments ?? [], known?.view, place.promptId, now), events, now);
}
