import {
  DEPLOYED_COLUMNS,
  type DeployedRow,
  deployedCells,
  LENS_COMMANDS,
  problemLine,
  type RunLensArguments,
} from '../../protocol/index.ts';
import { escapeMarkdown, escapeTerminalLine } from '../../safety/index.ts';

/** What the table of environments is made for. */
export interface DeployedHoverOptions {
  /** The prompt's address. */
  readonly uri: string;
  readonly now: Date;
  /** Whether what is offered below it can be done: not in a folder that is not trusted. */
  readonly links: boolean;
}

/** What is live: a row for each environment, what is wrong with its source below, then what can be done about it. Empty without environments. */
export function deployedHover(rows: readonly DeployedRow[], { uri, now, links }: DeployedHoverOptions): string {
  if (!rows.length) return '';
  const shown = rows.slice(0, MOST_ROWS);
  const table = [DEPLOYED_COLUMNS, DEPLOYED_COLUMNS.map(() => '---'), ...shown.map((row) => deployedCells(row, now).map(plain))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  const problems = shown.flatMap((row) => {
    const line = problemLine(row, now);
    return line ? [plain(`${row.environment}: ${line}`)] : [];
  });
  return [
    table,
    ...(rows.length > shown.length ? [`and ${rows.length - shown.length} more`] : []),
    ...problems,
    ...(links ? [linksOf(rows, uri)] : []),
  ].join('\n\n');
}

/** More make no table that anybody reads. */
const MOST_ROWS = 20;

/** About the first environment that runs something else than this file, else about the first that runs it. */
function linksOf(rows: readonly DeployedRow[], uri: string): string {
  const deployed = rows.filter((row) => row.deployed);
  const environment = (deployed.find(({ relation }) => relation?.kind !== 'same') ?? deployed[0])?.environment;
  const about =
    environment === undefined
      ? []
      : [
          link(`Compare with ${environment}`, LENS_COMMANDS.compareDeployed, { uri, environment }),
          link(`Evaluate against ${environment}`, LENS_COMMANDS.evaluateAgainst, { uri, environment }),
        ];
  return [...about, link('History', LENS_COMMANDS.showHistory, { uri })].join(' · ');
}

function link(title: string, command: string, argument: RunLensArguments): string {
  const query = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()'*!~]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `[${plain(title)}](command:${command}?${query})`;
}

/** One line of Markdown in which nothing is live and no cell ends early. */
function plain(text: string): string {
  const line = escapeTerminalLine(text);
  return escapeMarkdown(line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT)}…` : line);
}

const MOST_TEXT = 100;
