import { canonicalJson, sha256Hex } from '../../../prompts-schema/index.ts';
import type { CaseLabel, ChangeGroup, ComparedCase, ComparedSample, Comparison } from '../../../protocol/index.ts';
import { type CaseFields, caseFields, sampleText, shownPath } from './caseFields.ts';
import { CHANGE_KINDS, type Change, holding, most } from './change.ts';
import { oneLine, share } from './figures.ts';
import { pathChange } from './pathChange.ts';
import { fenceChange, textSet } from './textChange.ts';

/** A case before anything is said of it. */
export type UndescribedCase = Omit<ComparedCase, 'line' | 'change' | 'group'>;

/** What is said of the change of one case, and where it belongs. */
export interface CaseChange {
  /** One line for lists. */
  readonly line: string;
  /** SHA-256 of the kind of change: reviews are carried forward by it. */
  readonly change: string;
  /** Cases with the same key form a group. */
  readonly groupKey: string;
  readonly groupTitle: string;
  /** `$.team`; absent where the change is not about one path. */
  readonly path?: string;
  readonly severity: ChangeGroup['severity'];
  /** Where its group stands in the list: lower is worse. */
  readonly rank: number;
}

/** A case with what is said of it. */
export type DescribedCase = ComparedCase & CaseChange;

/** Says in a line what changed in a case, and what makes its change like another one. Depends on nothing but the case and how it is read. */
export function describeChange(of: UndescribedCase, { reading }: Pick<Comparison, 'reading'>): CaseChange {
  const section = SECTIONS[of.label];
  const plain = (line: string, detail: readonly string[] = []): CaseChange => ({
    line,
    change: hash([of.label, ...detail]),
    groupKey: section.key,
    groupTitle: section.title ?? line,
    severity: section.severity,
    rank: section.rank,
  });
  if (of.label === 'new') return plain('new in the dataset', [of.inputs, textSet(of.fresh.map((sample) => sampleText(sample, reading)))]);
  if (of.label === 'missing') return plain('no longer in the dataset', [of.inputs]);
  if (section.severity === 'quiet') return plain(of.label === 'noise' ? 'within noise' : of.label);
  if (of.fresh.length === 0)
    return {
      ...plain(`no answer to ${of.failures === 1 ? 'one call' : `${of.failures} calls`}`),
      groupKey: 'unanswered',
      groupTitle: 'No answer',
      rank: section.rank + 1,
    };
  const found = findChange(of, reading);
  const path = found.path === undefined || found.path === '$' ? undefined : shownPath(found.path);
  const change = hash([found.kind, found.path ?? '', found.like, found.detail ?? null]);
  if (of.label === 'unsure') return { ...plain(found.line), change };
  const broken = of.label === 'broken';
  return {
    line: found.line,
    change,
    groupKey: hash([of.label, found.kind, found.path ?? '', found.like]),
    groupTitle: broken ? `Broken: ${found.title}` : found.title,
    ...(path === undefined ? {} : { path: oneLine(path, LONGEST_PATH) }),
    severity: of.label === 'drifted' && !GRAVE.has(found.kind) ? 'bad' : section.severity,
    rank: section.rank + CHANGE_KINDS.indexOf(found.kind),
  };
}

interface Section {
  readonly key: string;
  /** Absent where the kind of change makes the group. */
  readonly title?: string;
  readonly severity: ChangeGroup['severity'];
  readonly rank: number;
}

const SECTIONS: Readonly<Record<CaseLabel, Section>> = {
  broken: { key: 'broken', severity: 'worst', rank: 0 },
  drifted: { key: 'drifted', severity: 'worst', rank: 100 },
  unsure: { key: 'unsure', title: 'Cannot tell yet · take 5 more samples', severity: 'unsure', rank: 200 },
  changed: { key: 'changed', severity: 'info', rank: 300 },
  new: { key: 'new', title: 'New', severity: 'info', rank: 400 },
  missing: { key: 'missing', title: 'Missing', severity: 'info', rank: 500 },
  noise: { key: 'noise', title: 'Within noise', severity: 'quiet', rank: 600 },
  equivalent: { key: 'same', title: 'Equivalent, same', severity: 'quiet', rank: 700 },
  same: { key: 'same', title: 'Equivalent, same', severity: 'quiet', rank: 700 },
};

/** Something else is said now, or nothing; the other kinds are changes of degree. */
const GRAVE: ReadonlySet<Change['kind']> = new Set(['contract', 'format', 'presence', 'emptied', 'label', 'members']);

const LONGEST_PATH = 120;

/** What changed in a case that is not quiet and has samples on both sides. */
export function findChange(of: UndescribedCase, reading: Comparison['reading']): Change {
  const contract = contractChange(of);
  if (contract) return contract;
  const fields = caseFields(of, reading);
  return formatChange(of, fields, reading) ?? leadingChange(of, fields) ?? DIFFERS;
}

/** The views see a change that no words were found for, such as one of many small parts. */
const DIFFERS: Change = { kind: 'wording', line: 'answers differ', title: 'answers differ', like: 'differs' };

/** What breaks the contract, where that is what the case is listed for; or that it is kept again. */
function contractChange({ label, lead, contract, approved, fresh }: UndescribedCase): Change | undefined {
  if (!contract || approved.length === 0) return undefined;
  const rise = contract.candidate / fresh.length - contract.baseline / approved.length;
  const leads = label === 'broken' || lead?.kind === 'contract';
  if (leads ? contract.candidate > 0 && rise >= 0 : label !== 'drifted' && rise > 0) {
    const [reason, times] = reasons(fresh)[0] ?? [UNKNOWN_REASON, contract.candidate];
    return { kind: 'contract', line: `${reason} in ${share(times, fresh.length)}`, title: reason, like: reason };
  }
  if (rise >= 0 || !(leads || (lead === undefined && label === 'changed'))) return undefined;
  const [reason = UNKNOWN_REASON] = reasons(approved)[0] ?? [];
  const line = `${reason} in ${share(contract.candidate, fresh.length)}, before in ${share(contract.baseline, approved.length)}`;
  return { kind: 'contract', line, title: `less often ${reason}`, like: ['kept', reason] };
}

const UNKNOWN_REASON = 'contract broken';

/** Why samples break their contract, most frequent first. */
export function reasons(samples: readonly ComparedSample[]): readonly (readonly [reason: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const { contract, broken } of samples) {
    if (contract !== false) continue;
    const reason = oneLine(broken ?? UNKNOWN_REASON, LONGEST_REASON);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
}

const LONGEST_REASON = 100;

/** Answers that were JSON are no longer, or are now. */
function formatChange({ approved, fresh }: UndescribedCase, fields: CaseFields, reading: Comparison['reading']): Change | undefined {
  if (fields.format !== 'json') return undefined;
  const unread = (side: CaseFields['fresh']): number => holding(side, (one) => one === undefined);
  const [before, now] = [unread(fields.approved), unread(fields.fresh)];
  const [wasJson, isJson] = [!most(before, approved.length), !most(now, fresh.length)];
  if (wasJson === isJson) return undefined;
  const text = (sample: ComparedSample): string => sampleText(sample, reading);
  const fence = fenceChange(undefined, approved.map(text), fresh.map(text));
  if (fence) return { ...fence, kind: 'format' };
  const title = isJson ? 'JSON now' : 'no longer JSON';
  return { kind: 'format', line: `${title} in ${share(isJson ? fresh.length - now : now, fresh.length)}`, title, like: title };
}

/**
 * The change at the leading path. Where the whole output leads, at the path that changed most surely; where nothing was tested, the
 * gravest of all.
 */
function leadingChange({ lead, paths }: UndescribedCase, fields: CaseFields): Change | undefined {
  if (lead === undefined) {
    const all = fields.paths.map((path) => pathChange(path, fields)).filter((change) => change !== undefined);
    const rank = ({ kind }: Change): number => CHANGE_KINDS.indexOf(kind);
    return all.reduce<Change | undefined>((worst, one) => (worst === undefined || rank(one) < rank(worst) ? one : worst), undefined);
  }
  const surest = [...paths].sort((a, b) => a.p - b.p || b.effect - a.effect || (a.path < b.path ? -1 : 1)).map(({ path }) => path);
  for (const path of lead.kind === 'document' || lead.kind === 'contract' ? surest : [lead.path, ...surest]) {
    const change = pathChange(path, fields);
    if (change) return change;
  }
  return undefined;
}

function hash(parts: Parameters<typeof canonicalJson>[0]): string {
  return sha256Hex(canonicalJson(parts));
}
