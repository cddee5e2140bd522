import { DatasetCache, gatherFacts } from '../../ledger/index.ts';
import { type Finding, lintDataset, lintPrompt, type Severities } from '../../lint/index.ts';
import { type EvenkeelConfig, type LineIndex, parsePrompt, promptFormatOf } from '../../prompts-schema/index.ts';
import { UNTRUSTED } from '../../safety/index.ts';
import { loadConfig, type Workspace } from '../../workspace/index.ts';
import type { ParsedOptions } from '../args.ts';
import { EXIT, type ExitCode } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { type FileFinding, findingLine, findingsSummary } from '../reporters/findings.ts';
import { type Selected, selectPrompts } from '../selection.ts';

/** Checks prompt files, their datasets and evenkeel.yml; makes no call and writes nothing. */
export async function lintCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const selected = await selectPrompts(paths, io.cwd, UNTRUSTED);
  const today = new Date().toISOString().slice(0, 10);
  const counts = { files: 0, errors: 0, warnings: 0, others: 0 };
  const seen = new Set<string>();
  for (const prompt of selected) {
    counts.files++;
    for (const found of await findingsOf(prompt, today, seen)) {
      const { severity } = found.finding;
      counts[severity === 'error' ? 'errors' : severity === 'warning' ? 'warnings' : 'others']++;
      if (options['json']) io.out(`${JSON.stringify(asJson(found))}\n`);
      else if (severity === 'error' || !options['quiet']) io.out(`${findingLine(found, io)}\n`);
    }
  }
  if (!options['json']) io.out(`${findingsSummary(counts)}\n`);
  return counts.errors ? EXIT.failed : EXIT.passed;
}

/** Findings of one prompt, then of its dataset and of its root's configuration where those were not told before. */
async function findingsOf({ workspace, promptId }: Selected, today: string, seen: Set<string>): Promise<readonly FileFinding[]> {
  const file = await workspace.read(promptId);
  if (!file.ok) return [unreadable(promptId, file.message)];
  const settings = await loadConfig(workspace);
  const severities = severitiesOf(settings.config);
  const document = parsePrompt(file.text, promptFormatOf(promptId));
  const facts = await gatherFacts(workspace, document, promptId, { config: settings.config, today, datasets: new DatasetCache() });
  const found = located(promptId, document.lines, lintPrompt(document, facts, { severities }));
  const { dataset } = facts;
  if (dataset?.status === 'read' && first(seen, workspace, dataset.path))
    found.push(...located(dataset.path, dataset.value.lines, lintDataset(dataset.value, dataset.path, severities)));
  if (settings.path && first(seen, workspace, settings.path)) {
    for (const { code, message, range } of settings.issues)
      found.push(
        ...located(settings.path, settings.lines, [{ code, message, range, severity: 'error', fixes: [], docs: `docs/rules/${code}.md` }]),
      );
  }
  return found;
}

function severitiesOf({ rules }: EvenkeelConfig): Severities {
  const set = Object.entries(rules).map(([code, rule]) => [code, typeof rule === 'string' ? rule : rule.severity] as const);
  return new Map(set.flatMap(([code, severity]) => (severity ? [[code, severity] as const] : [])));
}

function located(file: string, lines: LineIndex, findings: readonly Finding[]): FileFinding[] {
  return findings.map((finding) => {
    const { line, character } = lines.positionAt(finding.range.start);
    return { file, line: line + 1, column: character + 1, finding };
  });
}

function unreadable(file: string, message: string): FileFinding {
  return {
    file,
    line: 1,
    column: 1,
    finding: {
      code: 'schema.syntax',
      severity: 'error',
      message,
      range: { start: 0, end: 0 },
      fixes: [],
      docs: 'docs/rules/schema.syntax.md',
    },
  };
}

function first(seen: Set<string>, { root }: Workspace, path: string): boolean {
  const key = `${root}\n${path}`;
  const isFirst = !seen.has(key);
  seen.add(key);
  return isFirst;
}

function asJson({ file, line, column, finding }: FileFinding): object {
  const { code, severity, message, fixes, docs } = finding;
  return { file, line, column, code, severity, message, fixes: fixes.map(({ title }) => title), docs };
}
