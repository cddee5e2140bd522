import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { askKind } from './askKind.ts';
import { environmentOf, liveTargetOf } from './liveTarget.ts';

/** Holds the answers of the prompt in the editor against those of what runs in an environment; the panel asks before calls that cost. */
export function evaluateAgainst(services: Services): Command {
  return {
    id: COMMANDS.evaluateAgainst,
    async execute(argument) {
      const target = await liveTargetOf(services, argument, 'Evaluate against what is deployed');
      const environment = target && (await environmentOf(services, target, 'Evaluate against what is deployed'));
      if (!target || environment === undefined) return;
      const kind = await askKind(`Evaluate against ${environment}`);
      if (!kind) return;
      const session = await services.drift.drifts.of(target.uri);
      services.drift.panels.show(session);
      await session.compare({ kind, baseline: { kind: 'environment', environment } });
    },
  };
}
