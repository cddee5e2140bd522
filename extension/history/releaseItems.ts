import type { Bump, ReleaseChoices } from '../../protocol/index.ts';

/** A version to pick for a release. */
export interface ReleaseItem {
  readonly label: string;
  readonly description: string;
  readonly bump: Bump;
}

/** The versions that a release could get, each with what such a step means. */
export function releaseItems({ choices }: Pick<ReleaseChoices, 'choices'>): readonly ReleaseItem[] {
  return choices.map(({ bump, version }) => ({
    label: version,
    description: typeof bump === 'string' ? MEANINGS[bump] : '',
    bump,
  }));
}

const MEANINGS: Readonly<Record<Extract<Bump, string>, string>> = {
  asWritten: 'as the file says',
  patch: 'patch: the answers keep their meaning and their form',
  minor: 'minor: the answers may say more or say it better',
  major: 'major: whoever reads the answers has to be changed as well',
};
