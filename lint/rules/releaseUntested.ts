import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** Released, and no model was ever tried with it. */
export const releaseUntested: Rule = {
  code: 'release.untested',
  title: 'a release that was never tested',
  severity: 'info',
  explain: explained(
    'The lock file has a release of this version, and no model that it was tested with. A release counts as tested by an eval over all cases at its fingerprint, noted when it is released (again, as written, is enough), or by a drift review that was accepted to the end.',
    `version: 1.0.0 # never tested
messages:
  - role: user
    content: Say hello.`,
    `version: 1.1.0 # tested
messages:
  - role: user
    content: Say hello.`,
  ),
  check: ({ document: { version }, release }) => {
    const inUse = release();
    if (!version || !inUse?.current || inUse.changed.length || inUse.current.tested.length) return [];
    return [
      {
        range: version.range,
        message: `${version.value} was released on ${inUse.current.released} and never tested. Run the eval, then release it again as written.`,
        data: { version: version.value },
      },
    ];
  },
};
