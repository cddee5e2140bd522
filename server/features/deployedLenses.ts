import { type DeployedRow, deployedLine, LENS_COMMANDS } from '../../protocol/index.ts';
import type { LensTitle } from './driftLenses.ts';
import { lensText } from './lensText.ts';

/** What the lenses about releases and deployments are made from. */
export interface DeployedLensInput {
  /** In the order of evenkeel.yml. */
  readonly rows: readonly DeployedRow[];
  /** The prompt has a lock file, in which the file as it is now is no release. */
  readonly release: boolean;
  readonly now: Date;
}

/** What runs where, three environments at most and how many more there are, or that none of several has it; then the release that is to be made. */
export function deployedLenses({ rows, release, now }: DeployedLensInput): readonly LensTitle[] {
  const without = rows.filter(({ deployed, answeredAt, problem }) => !deployed && !problem && answeredAt !== undefined);
  const nowhere = without.length > 1 && !rows.some(({ deployed }) => deployed);
  const told = [
    ...(nowhere ? [{ title: 'not deployed', command: LENS_COMMANDS.showHistory }] : []),
    ...rows.flatMap((row) => {
      const line = nowhere && without.includes(row) ? '' : deployedLine(row, now);
      return line ? [{ title: lensText(line), command: LENS_COMMANDS.compareDeployed, environment: row.environment }] : [];
    }),
  ];
  const more = told.length - SHOWN;
  return [
    ...told.slice(0, SHOWN),
    ...(more > 0 ? [{ title: `+${more} more`, command: LENS_COMMANDS.compareDeployed }] : []),
    ...(release ? [{ title: 'Release…', command: LENS_COMMANDS.release }] : []),
  ];
}

/** Environments that lenses name. */
const SHOWN = 3;
