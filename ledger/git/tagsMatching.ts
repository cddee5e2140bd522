import { compareSemver } from '../../prompts-schema/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { runGit } from './runGit.ts';

/** A tag of a commit. */
export interface GitTag {
  readonly name: string;
  /** Whole. */
  readonly commit: string;
  /** ISO time at which the tag was made; of one without a message that of its commit. */
  readonly at: string;
  /** Who made it. */
  readonly by: string;
}

/** The tags that fit a pattern (`*` matches no `/`), newest first: by the version in their name, then by date. */
export async function tagsMatching({ root, capabilities }: Workspace, pattern: string): Promise<readonly GitTag[]> {
  const { code, out } = await runGit(root, capabilities, ['for-each-ref', `--format=${FORMAT}`, `refs/tags/${pattern}`]);
  if (code !== 0) return [];
  return out
    .toString('utf8')
    .split('\n')
    .flatMap((line): readonly GitTag[] => {
      const [name = '', kind, object = '', peeledKind, peeled = '', at = '', tagger = '', author = ''] = line.split('\0');
      if (kind === 'commit') return [{ name, commit: object, at, by: author }];
      return kind === 'tag' && peeledKind === 'commit' ? [{ name, commit: peeled, at, by: tagger || author }] : [];
    })
    .sort((a, b) => compareTags(b, a));
}

const FORMAT = [
  '%(refname:strip=2)',
  '%(objecttype)',
  '%(objectname)',
  '%(*objecttype)',
  '%(*objectname)',
  '%(creatordate:iso-strict)',
  '%(taggername)',
  '%(authorname)%(*authorname)',
].join('%00');

/** Below 0 where `a` is the older one. Names with a version come after those without; equal versions go by date. */
export function compareTags(a: Pick<GitTag, 'name' | 'at'>, b: Pick<GitTag, 'name' | 'at'>): number {
  return compareSemver(versionIn(a.name), versionIn(b.name)) || Date.parse(a.at) - Date.parse(b.at) || (a.name < b.name ? -1 : 1);
}

/** The version that a tag's name ends in, as semver: `1.10.0-rc.1` of `support-v1.10-rc.1`; empty where there is none. */
function versionIn(name: string): string {
  const match = /(?:^|[^\d.])(\d+\.\d+)(\.\d+)?(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(name);
  return match ? `${match[1]}${match[2] ?? '.0'}${match[3] ?? ''}` : '';
}
