import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SERVER_FLAGS } from '../../protocol/index.ts';
import { ROOT } from '../bootstrap.mjs';
import { type BenchContext, type BenchLine, type BenchRow, notHere } from './benchRow.ts';
import { type MeasuredServer, startLanguageServer } from './languageClient.ts';
import { promptText } from './promptText.ts';
import { serverBundle } from './serverStartRow.ts';
import { median, round } from './statistics.ts';

/** A keystroke until the findings for it are there, CPU and memory of the whole server, beside yaml-language-server where it is installed. */
export const keystrokeRow: BenchRow = {
  id: 'keystroke',
  run: async (context) => {
    const server = serverBundle();
    if (!server) return [notHere('Keystroke to findings', 'p50 ≤ 60 ms', 'dist/server is not built (npm run build)')];
    const ours: Program = { args: [...SERVER_FLAGS, server, '--stdio'], settings: {} };
    const theirs = peerOf(context);
    const turns = { small: [] as Turn[], large: [] as Turn[] };
    for (let at = 0; at < context.rounds; at++) {
      context.say(`typing, round ${at + 1} of ${context.rounds}`);
      for (const [turn, lines] of [
        [turns.small, 200],
        [turns.large, 2000],
      ] as const)
        turn.push({ ours: await type(ours, lines), theirs: theirs && (await type(theirs, lines)) });
    }
    const p50 = median(turns.small.map((turn) => turn.ours.p50));
    return [
      {
        work: 'Keystroke to findings, ≤ 200 lines (without the editor’s own pause)',
        target: 'p50 ≤ 60 ms',
        measured: `${round(p50, 1)} ms`,
        met: p50 <= 60,
        figures: { p50: round(p50) },
      },
      cpuLine(turns.small, turns.large),
      memoryLine(turns.large),
    ];
  },
};

const EDITS = 30;

interface Program {
  readonly args: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}

interface Typed {
  readonly p50: number;
  /** An edit; NaN where the system does not tell. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** One after the other, so that what else the machine does falls on both. */
interface Turn {
  readonly ours: Typed;
  readonly theirs: Typed | undefined;
}

async function type({ args, settings }: Program, lines: number): Promise<Typed> {
  const server = await startLanguageServer(args, { trusted: false }, settings);
  const uri = 'file:///nowhere/triage.prompt.yml';
  const text = promptText(lines);
  const findings = findingsOf(server, uri);
  try {
    // First a role that no message has: both servers must find it, or one of them would be measured without the schema.
    const wrong = { uri, languageId: 'yaml', version: 1, text: text.replace('role: ', 'role: nobody') };
    await server.connection.sendNotification('textDocument/didOpen', { textDocument: wrong });
    if (!JSON.stringify(await findings(1)).includes('"severity":1')) throw new Error(`${args.join(' ')} does not check prompt files`);
    const times: number[] = [];
    let before = server.usage();
    for (let version = 2; version < 2 + EDITS + 5; version++) {
      if (version === 7) before = server.usage(); // the first edits warm up
      const started = performance.now();
      const change = { text: text.replace('Classify the ticket', `Classify the ticket ${version}`) };
      await server.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
      await findings(version);
      if (version >= 7) times.push(performance.now() - started);
      await sleep(5);
    }
    const after = server.usage();
    return {
      p50: median(times),
      cpuMs: after && before ? (after.cpuMs - before.cpuMs) / EDITS : Number.NaN,
      rssMb: after?.rssMb ?? Number.NaN,
    };
  } finally {
    await server.stop();
  }
}

/** Asks for the findings where the server answers, else waits until it sends those of the version. */
function findingsOf({ connection, capabilities }: MeasuredServer, uri: string): (version: number) => Promise<unknown> {
  if (capabilities['diagnosticProvider']) return () => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  let seen: { readonly version: number; readonly findings: unknown } = { version: 0, findings: [] };
  let wake: (() => void) | undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: Published) => {
    if (params.uri !== uri) return;
    seen = { version: params.version ?? seen.version + 1, findings: params.diagnostics };
    wake?.();
  });
  return async (version) => {
    while (seen.version < version)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return seen.findings;
  };
}

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: unknown;
}

/** yaml-language-server with the schema of prompt files that this project ships, and nothing from the network. */
function peerOf({ peers }: BenchContext): Program | undefined {
  const program = peers && join(peers, 'node_modules/yaml-language-server/bin/yaml-language-server');
  if (!program || !existsSync(program)) return undefined;
  const schemas = { [pathToFileURL(join(ROOT, 'dist/schemas/promptFile.schema.json')).href]: '*.prompt.yml' };
  return { args: [program, '--stdio'], settings: { yaml: { validate: true, schemaStore: { enable: false }, schemas } } };
}

const NO_PEER = 'yaml-language-server is not installed here (--peers DIR)';

function cpuLine(small: readonly Turn[], large: readonly Turn[]): BenchLine {
  const both = [small, large].map((turns) => medians(turns, ({ cpuMs }) => cpuMs));
  const [work, target] = ['Server CPU an edit at 200 and 2,000 lines', '≤ yaml-language-server'];
  const figures = { small: both[0]?.ours ?? Number.NaN, large: both[1]?.ours ?? Number.NaN };
  const own = both.map(({ ours }) => round(ours, 1)).join(' and ');
  if (both.some(({ theirs }) => Number.isNaN(theirs))) return { ...notHere(work, target, `${own} ms; ${NO_PEER}`), figures };
  const other = both.map(({ theirs }) => round(theirs, 1)).join(' and ');
  return { work, target, measured: `${own} ms (theirs ${other} ms)`, met: both.every(({ ours, theirs }) => ours <= theirs), figures };
}

function memoryLine(turns: readonly Turn[]): BenchLine {
  const { ours, theirs } = medians(turns, ({ rssMb }) => rssMb);
  const [work, target] = ['Server memory at 2,000 lines', '≤ 0.7 × yaml-language-server'];
  const figures = { rssMb: round(ours, 0) };
  if (Number.isNaN(theirs)) return { ...notHere(work, target, `${round(ours, 0)} MB; ${NO_PEER}`), figures };
  return { work, target, measured: `${round(ours, 0)} MB (theirs ${round(theirs, 0)} MB)`, met: ours <= 0.7 * theirs, figures };
}

function medians(turns: readonly Turn[], of: (typed: Typed) => number): { readonly ours: number; readonly theirs: number } {
  return {
    ours: median(turns.map(({ ours }) => of(ours))),
    theirs: median(turns.map(({ theirs }) => (theirs ? of(theirs) : Number.NaN))),
  };
}
