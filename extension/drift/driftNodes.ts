import type { CaseLabel, ChangeGroup, ComparisonView, ReviewState } from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import { ago } from '../evals/ago.ts';
import type { ComparisonName } from './addresses.ts';
import type { ListedComparison } from './driftOverview.ts';

/** What the tree shows: comparisons, in each its groups of like changes, in each its cases. Commands get the node that was clicked. */
export type DriftNode =
  | (ComparisonName & { readonly kind: 'comparison'; readonly listing: ListedComparison })
  | (ComparisonName & { readonly kind: 'group'; readonly group: ChangeGroup; readonly cases: readonly CaseNode[] })
  | CaseNode;

export interface CaseNode extends ComparisonName {
  readonly kind: 'case';
  readonly caseId: string;
  readonly label: CaseLabel;
  readonly line: string;
  readonly review: ReviewState;
}

/** How a node reads: all of it one line of plain text. */
export interface NodeText {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon and the theme's colour for it. */
  readonly icon: string;
  readonly color: string | undefined;
  /** What menus ask for. */
  readonly contextValue: string;
}

export function comparisonNodes(comparisons: readonly ListedComparison[]): readonly DriftNode[] {
  return comparisons.map((listing) => ({ kind: 'comparison', ...nameOf(listing), listing }));
}

/** What is inside a comparison: its groups as the panel has them, one with a single case as that case; without a view its cases alone. */
export function childNodes(listing: ListedComparison, view: ComparisonView | undefined): readonly DriftNode[] {
  const name = nameOf(listing);
  if (!view) return listing.reviewable.map((one) => ({ kind: 'case', ...name, ...one }));
  const rows = new Map(view.rows.map((row) => [row.caseId, row]));
  return view.groups
    .filter(({ folded }) => !folded)
    .flatMap((group): readonly DriftNode[] => {
      const cases = group.caseIds.flatMap((caseId): readonly CaseNode[] => {
        const row = rows.get(caseId);
        return row ? [{ kind: 'case', ...name, caseId, label: row.label, line: row.line, review: row.review }] : [];
      });
      return cases.length > 1 ? [{ kind: 'group', ...name, group, cases }] : cases;
    });
}

export function nodeText(node: DriftNode, now: number): NodeText {
  const text = node.kind === 'comparison' ? comparisonText(node.listing, now) : node.kind === 'group' ? groupText(node) : caseText(node);
  return {
    ...text,
    label: escapeTerminalLine(text.label),
    description: escapeTerminalLine(text.description),
    tooltip: text.tooltip.split('\n').map(escapeTerminalLine).join('\n'),
  };
}

function comparisonText(listing: ListedComparison, now: number): NodeText {
  const { promptId, promptName, baseline, candidate, createdAt, pending, rejected, kind, reviewable } = listing;
  const age = Math.max(0, now - Date.parse(createdAt)) || 0;
  const when = age < 60_000 ? 'just now' : `${ago(age)} ago`;
  const counts = [pending ? `${pending} to review` : '', rejected ? `${rejected} rejected` : ''].filter(Boolean).join(', ');
  return {
    label: promptName,
    description: [counts || (reviewable.length ? 'reviewed' : 'nothing to review'), kind === 'quick' ? 'quick' : '', when]
      .filter(Boolean)
      .join(' · '),
    tooltip: `${promptId || 'recorded outputs'}\n${baseline} ↔ ${candidate}`,
    ...(pending || !rejected ? { icon: 'git-compare', color: undefined } : { icon: 'error', color: RED }),
    contextValue: 'comparison',
  };
}

function groupText({ group, cases }: Extract<DriftNode, { kind: 'group' }>): NodeText {
  const pending = cases.filter(({ review }) => review.state === 'pending').length;
  const count = pending === cases.length ? `${pending}` : `${pending} of ${cases.length} to review`;
  return {
    label: group.title,
    description: [group.path, count].filter(Boolean).join(' · '),
    tooltip: [group.path, group.title].filter(Boolean).join(' '),
    ...SEVERITY_ICONS[group.severity],
    contextValue: pending ? 'group.pending' : 'group.reviewed',
  };
}

function caseText({ caseId, label, line, review }: CaseNode): NodeText {
  const said = review.reason ? `${STATES[review.state]}: ${review.reason}` : STATES[review.state];
  return {
    label: caseId,
    description: line,
    tooltip: [`${caseId}: ${LABELS[label]}`, line, [said, review.by && `by ${review.by}`].filter(Boolean).join(' ')]
      .filter(Boolean)
      .join('\n'),
    ...(review.state === 'pending' ? LABEL_ICONS[label] : STATE_ICONS[review.state]),
    contextValue: review.state === 'pending' ? 'case.pending' : 'case.reviewed',
  };
}

function nameOf({ root, comparisonId, promptId, promptName }: ListedComparison): ComparisonName {
  return { root, comparisonId, promptId, promptName };
}

type Icon = Pick<NodeText, 'icon' | 'color'>;

const RED = 'testing.iconFailed';
const AMBER = 'charts.orange';
const GREEN = 'testing.iconPassed';

const LABEL_ICONS: Readonly<Record<CaseLabel, Icon>> = {
  broken: { icon: 'error', color: RED },
  drifted: { icon: 'arrow-swap', color: AMBER },
  unsure: { icon: 'question', color: undefined },
  changed: { icon: 'diff-modified', color: undefined },
  new: { icon: 'diff-added', color: undefined },
  missing: { icon: 'diff-removed', color: undefined },
  same: { icon: 'dash', color: undefined },
  equivalent: { icon: 'dash', color: undefined },
  noise: { icon: 'dash', color: undefined },
};

const SEVERITY_ICONS: Readonly<Record<ChangeGroup['severity'], Icon>> = {
  worst: { icon: 'circle-filled', color: RED },
  bad: { icon: 'circle-filled', color: AMBER },
  unsure: { icon: 'question', color: undefined },
  info: { icon: 'info', color: undefined },
  quiet: { icon: 'dash', color: undefined },
};

const STATE_ICONS: Readonly<Record<Exclude<ReviewState['state'], 'pending'>, Icon>> = {
  accepted: { icon: 'check', color: GREEN },
  rejected: { icon: 'close', color: RED },
  knownNoise: { icon: 'mute', color: undefined },
};

const STATES: Readonly<Record<ReviewState['state'], string>> = {
  pending: '',
  accepted: 'accepted',
  rejected: 'rejected',
  knownNoise: 'known noise',
};

const LABELS: Readonly<Record<CaseLabel, string>> = {
  new: 'new in the dataset',
  missing: 'no longer in the dataset',
  broken: 'broken',
  drifted: 'drifted',
  unsure: 'cannot be told yet',
  same: 'same',
  equivalent: 'equivalent',
  noise: 'within noise',
  changed: 'changed, not tested for noise',
};
