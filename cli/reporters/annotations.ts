import { escapeTerminalLine } from '../../safety/index.ts';
import type { FileFinding } from '../lint/fileFinding.ts';

/** A finding as a command that GitHub Actions shows beside the line: `::error file=…,line=…::message`. Nothing in it can begin another command. */
export function annotation({ file, line, column, endLine, endColumn, finding }: FileFinding): string {
  const level = finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'notice';
  const place = [
    `file=${property(file)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    // columns of a span over several lines are refused
    ...(line === endLine ? [`col=${column}`, `endColumn=${Math.max(column, endColumn)}`] : []),
    `title=${property(finding.code)}`,
  ];
  return `::${level} ${place.join(',')}::${data(finding.message)}`;
}

/** Control characters become visible first; what is left that the runner reads is escaped as it asks for. */
function data(text: string): string {
  return escapeTerminalLine(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
