import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVER_FLAGS } from '../../protocol/index.ts';
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
    context.say('typing');
    const small = await type([...SERVER_FLAGS, server, '--stdio'], 200);
    const large = await type([...SERVER_FLAGS, server, '--stdio'], 2000);
    return [
      {
        work: 'Keystroke to findings, ≤ 200 lines (without the editor’s own pause)',
        target: 'p50 ≤ 60 ms',
        measured: `${round(small.p50, 1)} ms`,
        met: small.p50 <= 60,
        figures: { p50: round(small.p50), cpuMs: round(small.cpuMs ?? Number.NaN), rssMb: round(small.rssMb ?? Number.NaN, 0) },
      },
      ...(await beside(context, small, large)),
    ];
  },
};

const EDITS = 30;

interface Typed {
  readonly p50: number;
  /** An edit. */
  readonly cpuMs: number | undefined;
  readonly rssMb: number | undefined;
}

async function type(args: readonly string[], lines: number): Promise<Typed> {
  const server = await startLanguageServer(args, { trusted: false });
  const uri = 'file:///nowhere/triage.prompt.yml';
  const text = promptText(lines);
  const findings = findingsOf(server, uri);
  try {
    await server.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    await findings(1);
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
    return { p50: median(times), cpuMs: after && before ? (after.cpuMs - before.cpuMs) / EDITS : undefined, rssMb: after?.rssMb };
  } finally {
    await server.stop();
  }
}

/** Asks for the findings where the server answers, else waits until it sends those of the version. */
function findingsOf({ connection, capabilities }: MeasuredServer, uri: string): (version: number) => Promise<void> {
  if (capabilities['diagnosticProvider'])
    return async () => void (await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }));
  let seen = 0;
  let wake: (() => void) | undefined;
  connection.onNotification('textDocument/publishDiagnostics', (params: { readonly uri: string; readonly version?: number }) => {
    if (params.uri !== uri) return;
    seen = params.version ?? seen + 1;
    wake?.();
  });
  return async (version) => {
    while (seen < version)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
}

async function beside({ peers }: BenchContext, small: Typed, large: Typed): Promise<readonly BenchLine[]> {
  const cpu = ['Server CPU an edit at 200 and 2,000 lines', '≤ yaml-language-server'] as const;
  const memory = ['Server memory at 2,000 lines', '≤ 0.7 × yaml-language-server'] as const;
  const program = peers && join(peers, 'node_modules/yaml-language-server/bin/yaml-language-server');
  const own = `${round(small.cpuMs ?? Number.NaN, 1)} and ${round(large.cpuMs ?? Number.NaN, 1)} ms`;
  const rss = `${round(large.rssMb ?? Number.NaN, 0)} MB`;
  const figures = { small: small.cpuMs ?? Number.NaN, large: large.cpuMs ?? Number.NaN };
  if (!program || !existsSync(program))
    return [
      { ...notHere(...cpu, `${own}; yaml-language-server is not installed here (--peers DIR)`), figures },
      {
        ...notHere(...memory, `${rss}; yaml-language-server is not installed here (--peers DIR)`),
        figures: { rssMb: large.rssMb ?? Number.NaN },
      },
    ];
  const [theirSmall, theirLarge] = [await type([program, '--stdio'], 200), await type([program, '--stdio'], 2000)];
  const less = (a: number | undefined, b: number | undefined, share = 1): boolean => a !== undefined && b !== undefined && a <= b * share;
  return [
    {
      work: cpu[0],
      target: cpu[1],
      measured: `${own} (theirs ${round(theirSmall.cpuMs ?? 0, 1)} and ${round(theirLarge.cpuMs ?? 0, 1)} ms)`,
      met: less(small.cpuMs, theirSmall.cpuMs) && less(large.cpuMs, theirLarge.cpuMs),
      figures,
    },
    {
      work: memory[0],
      target: memory[1],
      measured: `${rss} (theirs ${round(theirLarge.rssMb ?? 0, 0)} MB)`,
      met: less(large.rssMb, theirLarge.rssMb, 0.7),
      figures: { rssMb: large.rssMb ?? Number.NaN },
    },
  ];
}
