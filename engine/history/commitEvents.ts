import type { ChangedPart, HistoryEntry, HistoryEvent, PromptHistory, PromptPoint } from '../../protocol/index.ts';

/** The commits of a prompt as events, in their order. */
export function commitEvents({ entries, shallow }: PromptHistory): readonly HistoryEvent[] {
  return entries.map((entry, at) => {
    const before = entry.parents ? entry.parents[0] : entries[at + 1]?.commit;
    const isFirst = at === entries.length - 1;
    return {
      kind: isRename(entry) ? 'rename' : 'edit',
      at: entry.at,
      title: titleOf(entry, entries[at + 1]),
      detail: [entry.author, entry.commit.slice(0, 7), ...changesOf(entry, before === undefined, isFirst && shallow)].join(' · '),
      point: pointOf(entry.commit),
      ...(before === undefined ? {} : { before: pointOf(before) }),
    };
  });
}

function isRename({ edit, changed }: HistoryEntry): boolean {
  return !edit && changed.length === 1 && changed[0] === 'path';
}

/** `1.4.0: shorter summary` where the commit names a new version and its subject does not. */
function titleOf({ subject, version, changed, path }: HistoryEntry, older: HistoryEntry | undefined): string {
  const isNew = changed.includes('version') && version !== undefined && older?.version !== version && !subject.includes(version);
  const text = subject || path;
  return isNew ? `${version}: ${text}` : text;
}

function changesOf({ changed, broken, path }: HistoryEntry, isFirst: boolean, isCut: boolean): readonly string[] {
  const parts = changed.map((part) => WORDS[part]).join(', ');
  return [
    isFirst ? (isCut ? 'where the clone ends' : 'first version') : parts,
    ...(!isFirst && changed.includes('path') ? [`now ${path}`] : []),
    ...(broken ? ['not a whole prompt'] : []),
  ];
}

const WORDS: Readonly<Record<ChangedPart, string>> = {
  messages: 'messages',
  tools: 'tools',
  output: 'output',
  parameters: 'parameters',
  model: 'model',
  version: 'version',
  path: 'renamed',
};

function pointOf(commit: string): PromptPoint {
  return { kind: 'commit', commit };
}
