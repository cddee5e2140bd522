import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { bundles } from '../build.ts';
import { type BenchContext, type BenchLine, type BenchRow, notHere } from './benchRow.ts';
import { measureNode, type Usage } from './measureProcess.ts';
import { median, medianRatio, round } from './statistics.ts';
import { INSTRUCTIONS, MODEL, tickets } from './tickets.ts';

/** A run of many cases: the engine, the SDK in a hand-written loop, and promptfoo where it is installed; each against a server of its own. */
export const evalRow: BenchRow = {
  id: 'eval',
  run: async (context) => {
    const programs = await bundle(context.folder);
    const small = await compare(context, programs, { count: 1000, inFlight: 32 });
    const lines = [
      ratioLine('1,000 cases, 50 ms, 32 in flight: wall', '≤ 1.15 × the SDK loop', small.ours, small.loop, 'wallMs', 1.15),
      ratioLine('… CPU', '≤ 1.6 × the SDK loop', small.ours, small.loop, 'cpuMs', 1.6),
      await peerLine(context, small.ours),
    ];
    const count = context.full ? 10_000 : 4000;
    const base = await compare({ ...context, rounds: 1 }, programs, { count: 1000, inFlight: 128 });
    const large = await compare({ ...context, rounds: 1 }, programs, { count, inFlight: 128 });
    const growth = (a: readonly Usage[], b: readonly Usage[]): number => ((b[0]!.peakMb - a[0]!.peakMb) * 1024) / (count - 1000);
    const held =
      ((await heldBytes(context.folder, programs, count)) - (await heldBytes(context.folder, programs, 1000))) / 1024 / (count - 1000);
    return [
      ...lines,
      ratioLine(
        `${count.toLocaleString('en-US')} cases, 50 ms, 128 in flight: wall`,
        '≤ 1.2 × the SDK loop',
        large.ours,
        large.loop,
        'wallMs',
        1.2,
      ),
      {
        work: '… memory that a case keeps until the end of the run',
        target: '≤ 6 KB a case',
        measured: `${round(held, 1)} KB (peak memory, which the collector lets grow: ${round(growth(base.ours, large.ours), 1)} KB a case to ${round(large.ours[0]!.peakMb, 0)} MB; SDK loop ${round(growth(base.loop, large.loop), 1)} to ${round(large.loop[0]!.peakMb, 0)} MB)`,
        met: held <= 6,
        figures: {
          heldKb: round(held),
          peakGrowthKb: round(growth(base.ours, large.ours)),
          peakMb: round(large.ours[0]!.peakMb),
          loopPeakMb: round(large.loop[0]!.peakMb),
        },
      },
    ];
  },
};

const LATENCY = 50;

interface Programs {
  readonly engineLoop: string;
  readonly sdkLoop: string;
}

/** Both bundled as what ships is, so that neither pays for reading sources. */
async function bundle(folder: string): Promise<Programs> {
  const outdir = join(folder, 'programs');
  const entryPoints = ['engineLoop', 'sdkLoop'].map((name) => join(import.meta.dirname, `${name}.ts`));
  const shipped = bundles().find(({ name }) => name === 'engineHost')?.options;
  await esbuild.build({ ...shipped, entryPoints, outdir, entryNames: '[name]', metafile: false });
  return { engineLoop: join(outdir, 'engineLoop.mjs'), sdkLoop: join(outdir, 'sdkLoop.mjs') };
}

interface Size {
  readonly count: number;
  readonly inFlight: number;
}

async function compare(
  { folder, rounds, say }: BenchContext,
  programs: Programs,
  { count, inFlight }: Size,
): Promise<{ readonly ours: readonly Usage[]; readonly loop: readonly Usage[] }> {
  const ours: Usage[] = [];
  const loop: Usage[] = [];
  for (let at = 0; at < rounds; at++) {
    say(`${count} cases, round ${at + 1} of ${rounds}`);
    await withServer(async (url) => {
      const root = prepareRoot(folder, url, count);
      ours.push(await measureNode([programs.engineLoop, root, String(inFlight)], { folder: root }));
    });
    await withServer(async (url) => {
      const root = prepareRoot(folder, url, count);
      loop.push(await measureNode([programs.sdkLoop, url, String(count), String(inFlight), join(root, 'results.jsonl')], { folder: root }));
    });
    const passed = [ours, loop].map((list) => (JSON.parse(list.at(-1)!.output) as { readonly passed: number }).passed);
    if (passed[0] !== passed[1])
      throw new Error(`The engine passed ${passed[0]} cases and the loop ${passed[1]}: they did not do the same work.`);
  }
  return { ours, loop };
}

/** What the engine holds when its last event is out, after a collection. */
function heldBytes(folder: string, { engineLoop }: Programs, count: number): Promise<number> {
  return withServer(async (url) => {
    const root = prepareRoot(folder, url, count);
    const { output } = await measureNode(['--expose-gc', engineLoop, root, '128'], { folder: root });
    return (JSON.parse(output) as { readonly held: number }).held;
  });
}

function ratioLine(
  work: string,
  target: string,
  ours: readonly Usage[],
  theirs: readonly Usage[],
  what: 'wallMs' | 'cpuMs',
  limit: number,
): BenchLine {
  const pick = (list: readonly Usage[]): readonly number[] => list.map((usage) => usage[what]);
  const ratio = medianRatio(pick(ours), pick(theirs));
  const seconds = (list: readonly Usage[]): string => `${round(median(pick(list)) / 1000)} s`;
  return {
    work,
    target,
    measured: `${round(ratio)} × (${seconds(ours)} and ${seconds(theirs)})`,
    met: ratio <= limit,
    figures: { ratio: round(ratio, 3), ours: round(median(pick(ours)), 0), theirs: round(median(pick(theirs)), 0) },
  };
}

async function peerLine({ peers, folder }: BenchContext, ours: readonly Usage[]): Promise<BenchLine> {
  const [work, target] = ['… wall beside promptfoo', '≤ 0.3 × promptfoo'];
  const program = peers && join(peers, 'node_modules/promptfoo/dist/src/entrypoint.js');
  if (!program || !existsSync(program)) return notHere(work, target, 'promptfoo is not installed here (--peers DIR)');
  const usage = await withServer((url) => {
    const root = prepareRoot(folder, url, 1000);
    writeFileSync(join(root, 'promptfooconfig.json'), JSON.stringify(promptfooConfig(url)));
    const quiet = {
      PROMPTFOO_DISABLE_TELEMETRY: '1',
      PROMPTFOO_DISABLE_UPDATE: '1',
      PROMPTFOO_DISABLE_SHARING: '1',
      PROMPTFOO_CONFIG_DIR: join(root, 'config'),
      OPENAI_API_KEY: 'none',
      CI: '1',
    };
    const args = [program, 'eval', '-c', 'promptfooconfig.json', '--no-cache', '--no-table', '--no-progress-bar', '-j', '32'];
    // It exits with 100 when cases fail, and one in twenty does.
    return measureNode(args, { folder: root, env: quiet, allowedCodes: [0, 100] });
  });
  const ratio = median(ours.map(({ wallMs }) => wallMs)) / usage.wallMs;
  return {
    work,
    target,
    measured: `${round(ratio)} × (${round(usage.wallMs / 1000)} s)`,
    met: ratio <= 0.3,
    figures: { ratio: round(ratio, 3), theirs: round(usage.wallMs, 0) },
  };
}

function promptfooConfig(url: string): object {
  const messages = [
    { role: 'system', content: INSTRUCTIONS },
    { role: 'user', content: 'TICKET: {{ticket}}' },
  ];
  const assert = [
    { type: 'is-json' },
    { type: 'contains', value: '"category":"{{expected}}"' },
    { type: 'javascript', value: 'JSON.parse(output).category === context.vars.expected' },
  ];
  return {
    prompts: [{ id: 'triage', label: 'triage', raw: JSON.stringify(messages) }],
    providers: [{ id: `openai:chat:${MODEL}`, config: { apiBaseUrl: `${url}/v1`, apiKey: 'none', temperature: 0 } }],
    evaluateOptions: { maxConcurrency: 32, cache: false, showProgressBar: false },
    sharing: false,
    defaultTest: { assert },
    tests: tickets(1000).map(({ ticket, expected }) => ({ vars: { ticket, expected } })),
  };
}

/** A fresh folder with the evaluation as prompt file, dataset and evenkeel.yml. */
function prepareRoot(folder: string, url: string, count: number): string {
  mkdirSync(folder, { recursive: true });
  const root = mkdtempSync(join(folder, 'root-'));
  writeFileSync(join(root, 'evenkeel.yml'), `providers:\n  bench: { kind: openai-compatible, baseUrl: ${url}/v1 }\n`);
  writeFileSync(
    join(root, 'triage.cases.jsonl'),
    tickets(count)
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
  writeFileSync(
    join(root, 'triage.prompt.yml'),
    `name: Triage
model: bench/${MODEL}
modelParameters: { temperature: 0, maxTokens: 200 }
messages:
  - { role: system, content: ${JSON.stringify(INSTRUCTIONS)} }
  - { role: user, content: "TICKET: {{ticket}}" }
dataset: ./triage.cases.jsonl
evaluators:
  - { name: is JSON, json: true }
  - name: names the category
    string: { contains: '"category":"{{expected}}"' }
  - { name: right category, path: $.category, equals: { case: expected } }
`,
  );
  return root;
}

async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sandboxServer.ts'), String(LATENCY)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (piece) => resolve(String(piece)));
      child.once('error', reject);
    });
    return await work((JSON.parse(line) as { readonly url: string }).url);
  } finally {
    child.stdin.end();
    child.kill('SIGTERM');
  }
}
