import type { SideRef } from '../protocol/index.ts';
import { UserError } from '../safety/index.ts';

/** A side of a comparison as a person writes it. Throws UserError('usage') that lists the ways to write one. */
export function parseSide(text: string): SideRef {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? undefined : text.slice(colon + 1).trim();
  if (rest !== '')
    switch (kind) {
      case 'baseline':
        return { kind: 'baseline', ...(rest === undefined ? {} : { model: rest }) };
      case 'working':
        if (rest === undefined) return { kind: 'workingCopy' };
        break;
      case 'model':
        if (rest !== undefined) return { kind: 'workingCopy', model: rest };
        break;
      case 'git':
        if (rest !== undefined) return { kind: 'git', ref: rest };
        break;
      case 'env':
        if (rest !== undefined) return { kind: 'environment', environment: rest };
        break;
      case 'release':
        if (rest !== undefined) return { kind: 'release', version: rest };
        break;
      case 'run':
        if (rest !== undefined) return { kind: 'run', run: rest };
        break;
    }
  throw new UserError(
    'usage',
    `“${text}” is no side. Write baseline, baseline:provider/model, working, model:provider/name, git:<revision> (git:main~3), env:<environment> (env:production), release:<version>, run:latest, run:previous, run:<day> or run:<id>.`,
  );
}
