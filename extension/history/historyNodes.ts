import { type HistoryEvent, type HistoryView, momentWords } from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import type { NodeText } from '../drift/driftNodes.ts';

/** One thing that happened to a prompt, as the tree and its commands have it. */
export interface HistoryNode {
  readonly root: string;
  readonly promptId: string;
  readonly event: HistoryEvent;
}

export function historyNodes(root: string, { promptId, events }: HistoryView): readonly HistoryNode[] {
  return events.map((event) => ({ root, promptId, event }));
}

/** How an event reads: all of it one line of plain text. */
export function historyText({ event }: HistoryNode, now: Date): NodeText {
  const { kind, title, detail, at } = event;
  const when = momentWords(at, now);
  return {
    label: escapeTerminalLine(title),
    description: escapeTerminalLine([when, detail].filter(Boolean).join(' · ')),
    tooltip: [title, detail, `${NAMES[kind]}, ${when}`].filter(Boolean).map(escapeTerminalLine).join('\n'),
    ...ICONS[kind],
    contextValue: event.point ? `history.${kind}.text` : `history.${kind}`,
  };
}

/** What the view says above its rows: whose history it is, then what is missing and why. */
export function historyMessage({ promptName, promptId, notes, events, open }: HistoryView): string {
  const whose = promptName === promptId ? promptId : `${promptName} · ${promptId}`;
  const none = events.length ? [] : ['Nothing has happened to this prompt yet.'];
  const more = open ? [`Older commits: evenkeel history ${promptId} --limit 0`] : [];
  return [whose, ...none, ...more, ...notes].map(escapeTerminalLine).join('\n');
}

/** Commits that views and pickers ask for: reading a long history to its beginning takes seconds. */
export const COMMITS_SHOWN = 200;

const NAMES: Readonly<Record<HistoryEvent['kind'], string>> = {
  edit: 'edit',
  rename: 'rename',
  release: 'release',
  deployment: 'deployment',
  eval: 'eval',
  review: 'drift review',
  uncommitted: 'not committed',
};

const ICONS: Readonly<Record<HistoryEvent['kind'], Pick<NodeText, 'icon' | 'color'>>> = {
  edit: { icon: 'git-commit', color: undefined },
  rename: { icon: 'file-symlink-file', color: undefined },
  release: { icon: 'tag', color: 'charts.blue' },
  deployment: { icon: 'rocket', color: 'charts.purple' },
  eval: { icon: 'beaker', color: undefined },
  review: { icon: 'git-compare', color: undefined },
  uncommitted: { icon: 'edit', color: 'gitDecoration.modifiedResourceForeground' },
};
