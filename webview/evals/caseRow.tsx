import type { EvalsRow } from '../../protocol/index.ts';
import { Cell, Row } from '../components/grid.tsx';
import { Icon } from '../components/icon.tsx';
import { Pill } from '../components/pill.tsx';
import { formatSeconds } from '../state/figures.ts';
import type { VisibleEntry } from '../state/visibleEntries.ts';
import './caseRow.css';

interface CaseRowProps {
  readonly entry: VisibleEntry;
  readonly id: string;
  readonly rowIndex: number;
  /** Pixels below the list's start. */
  readonly top: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** One line of the table: a case, or the title of a group. */
export function CaseRow({ entry, id, rowIndex, top, selected, onSelect }: CaseRowProps) {
  const place = { transform: `translateY(${top}px)` };
  if (entry.kind === 'group') {
    return (
      <Row id={id} class="caseLine groupLine" aria-rowindex={rowIndex} style={place}>
        <Cell column="groupName" span={7}>
          {entry.name} <span class="dim">{entry.count}</span>
        </Cell>
      </Row>
    );
  }
  const { row } = entry;
  const [icon, label] = STATUS[row.status];
  const kind = row.status === 'running' || row.status === 'waiting' ? 'unfinished' : row.status;
  return (
    <Row id={id} class={`caseLine case ${kind}`} aria-rowindex={rowIndex} aria-selected={selected} style={place} onClick={onSelect}>
      <Cell column="status">
        <Icon name={icon} label={label} />
      </Cell>
      <Cell column="id mono">{row.caseId}</Cell>
      <Cell column="input">{row.input}</Cell>
      <Cell column="output mono">
        {row.changed ? <Icon name="diff-modified" label="changed since last run: " /> : null}
        {row.output || (row.status === 'running' ? 'running…' : '')}
      </Cell>
      <Cell column="evaluators">
        <Evaluators row={row} />
      </Cell>
      <Cell column="time">{row.cached ? 'cached' : row.latencyMs === undefined ? '' : formatSeconds(row.latencyMs)}</Cell>
      <Cell column="tokens">{row.tokens?.toLocaleString('en') ?? ''}</Cell>
    </Row>
  );
}

function Evaluators({ row }: { readonly row: EvalsRow }) {
  return (
    <>
      {row.failed.map((name) => (
        <Pill key={name} tone="bad" title={`${name}: failed`}>
          <span class="unseen">failed: </span>
          {name}
        </Pill>
      ))}
      {row.unscored.map((name) => (
        <Pill key={name} tone="plain" title={`${name}: unscored`}>
          {name}: unscored
        </Pill>
      ))}
      {row.passedCount > 0 ? (
        <Pill tone="good">
          {row.passedCount}
          <span class="unseen"> passed</span>
        </Pill>
      ) : null}
    </>
  );
}

const STATUS: Readonly<Record<EvalsRow['status'], readonly [icon: string, label: string]>> = {
  waiting: ['circle-outline', 'not run'],
  running: ['loading codicon-modifier-spin', 'running'],
  passed: ['check', 'passed'],
  failed: ['close', 'failed'],
  unscored: ['question', 'unscored'],
  error: ['warning', 'no answer'],
};
