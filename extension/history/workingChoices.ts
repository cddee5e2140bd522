import { momentWords, type WorkingPoint } from '../../protocol/index.ts';
import { pickText } from '../pickText.ts';

/** A moment to pick; the one without a point asks for a day. */
export interface WorkingChoice {
  readonly label: string;
  readonly description: string;
  readonly point?: WorkingPoint;
}

/** The moments at which a prompt worked, as choices; a day last. */
export function workingChoices(points: readonly WorkingPoint[], now: Date): readonly WorkingChoice[] {
  return [
    ...points.map((point) => {
      const { kind, label, detail, at } = point;
      const when = kind === 'run' || at === undefined ? '' : momentWords(at, now);
      return {
        label: `${ICONS[kind]} ${pickText(label)}`,
        description: pickText([when, detail].filter(Boolean).join(' · ')),
        point,
      };
    }),
    { label: '$(calendar) A date…', description: 'what was there at the end of a day' },
  ];
}

const ICONS: Readonly<Record<WorkingPoint['kind'], string>> = {
  run: '$(pass)',
  release: '$(tag)',
  deployment: '$(rocket)',
  commit: '$(git-commit)',
};
