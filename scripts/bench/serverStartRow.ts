import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { ROOT } from '../bootstrap.mjs';
import { type BenchRow, notHere } from './benchRow.ts';
import { startLanguageServer } from './languageClient.ts';
import { median, medianRatio, round } from './statistics.ts';

/** How long the language server takes to answer `initialize`, beside a minimal server with the same libraries. */
export const serverStartRow: BenchRow = {
  id: 'serverStart',
  run: async ({ folder, rounds, say }) => {
    const [work, target] = ['Language server: start to initialize', '≤ 1.5 × a minimal server'];
    const server = serverBundle();
    if (!server) return [notHere(work, target, 'dist/server is not built (npm run build)')];
    const minimal = await bundleMinimal(folder);
    const ours: number[] = [];
    const bare: number[] = [];
    say('starting the language server');
    for (let at = 0; at < Math.max(7, rounds * 3); at++) {
      ours.push(await startAndStop(server));
      bare.push(await startAndStop(minimal));
    }
    const ratio = medianRatio(ours, bare);
    return [
      {
        work,
        target,
        measured: `${round(ratio)} × (${round(median(ours), 0)} ms and ${round(median(bare), 0)} ms)`,
        met: ratio <= 1.5,
        figures: { ratio: round(ratio, 3), ours: round(median(ours)), theirs: round(median(bare)) },
      },
    ];
  },
};

/** The built language server, if there is one. */
export function serverBundle(): string | undefined {
  return ['dist/server/main.mjs', 'dist/server.cjs'].map((name) => join(ROOT, name)).find((path) => existsSync(path));
}

async function startAndStop(server: string): Promise<number> {
  const { initializeMs, stop } = await startLanguageServer([server, '--stdio'], { trusted: false });
  await stop();
  return initializeMs;
}

/** Documents, and on every change the YAML parsed with positions: the least that a server for prompt files does. */
const MINIMAL = `
import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineCounter, parseDocument } from 'yaml';
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
connection.onInitialize(() => ({ capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental } }));
documents.onDidChangeContent(({ document }) => connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: parseDocument(document.getText(), { lineCounter: new LineCounter() }).errors.map(({ message }) => ({ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, message })) }));
documents.listen(connection);
connection.listen();
`;

async function bundleMinimal(folder: string): Promise<string> {
  const outfile = join(folder, 'minimalServer.cjs');
  await esbuild.build({
    stdin: { contents: MINIMAL, resolveDir: ROOT },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    logLevel: 'warning',
  });
  return outfile;
}
