import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent, Sample } from '../../protocol/index.ts';
import { serveSandbox } from '../../sandbox/serve.ts';
import { type CliFolder, cliFolder, EXAMPLE } from './support.ts';

const PROMPT = `name: Word
model: sandbox/extractor-2026-05
messages:
  - role: system
    content: "Answer with exactly one of these words: cat, dog."
  - role: user
    content: "{{animal}}"
dataset: ./word.cases.jsonl
evaluators:
  - { name: right word, path: $, equals: { case: expected } }
`;
const CASES =
  '{"id":"a","animal":"a cat that purrs","expected":"cat"}\n{"id":"b","animal":"my dog barks","expected":"dog"}\n{"id":"c","animal":"the dog again","expected":"cat"}\n';
const WORD = { 'evenkeel.yml': 'formatVersion: 1\n', 'word.prompt.yml': PROMPT, 'word.cases.jsonl': CASES };

const samplesOf = (json: readonly Record<string, unknown>[]): Sample[] =>
  (json as unknown as RunEvent[]).flatMap((event) => (event.type === 'sampleFinished' ? [event.sample] : []));

describe('evenkeel eval', () => {
  it('tells what did not pass and the figures, and exits with 1', async () => {
    using folder = cliFolder(WORD);
    const { code, out, err } = await folder.run(['eval']);
    expect(err).toBe('');
    expect(code).toBe(1);
    const stable = out
      .replace(/run \d{8}-\d{6}-\w+/, 'run ID')
      .replace(/median [^·]+·/, 'median T ·')
      .replace(/\d+ tokens in/, 'N tokens in');
    expect(stable).toBe(
      [
        'Word · sandbox/extractor-2026-05 · 3 cases · word.cases.jsonl · in-process sandbox',
        '  ✗ c  right word: the answer is "dog", not "cat".',
        '  2 of 3 passed (66.7 %, between 20.8 and 93.9) · 1 failed · 0 unscored · 0 errors (1 right word)',
        '  3 calls · median T · N tokens in, 3 out · $0.00 · run ID',
        '',
        '',
      ].join('\n'),
    );
  });

  it('exits with 0 when everything passed, and runs only the cases named', async () => {
    using folder = cliFolder(WORD);
    const { code, json } = await folder.run(['eval', 'word.prompt.yml', '--case', 'a', '--case', 'b', '--json']);
    expect(code).toBe(0);
    expect(
      samplesOf(json)
        .map(({ key }) => key.caseId)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(json.at(-1)).toMatchObject({ type: 'runFinished', end: 'finished', totals: { cases: 2, passed: 2, failed: 0 } });
  });

  it('agrees with the sandbox’s own log, case by case, in two separate runs with one seed', async () => {
    using folder = cliFolder({ copyOf: EXAMPLE });
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const served = await serveSandbox({ port: 0 });
      try {
        const { json } = await folder.run(['eval', 'triage.prompt.yml', '--seed', '11', '--json', '--sandbox-url', served.url]);
        const samples = samplesOf(json);
        const told = samples.map((sample) => sample.output?.text).sort();
        expect(samples).toHaveLength(50);
        expect(
          served.sandbox.log
            .entries()
            .map(({ output }) => output)
            .sort(),
        ).toEqual(told);
        runs.push(Object.fromEntries(samples.map((sample) => [sample.key.caseId, sample.output?.text])));
      } finally {
        await served.close();
      }
    }
    expect(runs[0]).toEqual(runs[1]);
  });

  it('takes up an aborted run and calls only for what is missing', async () => {
    using folder = cliFolder({ copyOf: EXAMPLE });
    const served = await serveSandbox({ port: 0, latencyMs: 40 });
    try {
      const stop = new AbortController();
      const off = served.sandbox.log.subscribe(({ n }) => n === 20 && stop.abort());
      const first = await folder.run(['eval', 'triage.prompt.yml', '--json', '--concurrency', '4', '--sandbox-url', served.url], {
        signal: stop.signal,
      });
      off();
      expect(first.code).toBe(1); // a failed case comes before incomplete
      expect(first.json.at(-1)).toMatchObject({ type: 'runFinished', end: 'cancelled' });
      const answered = samplesOf(first.json).filter(({ output }) => output).length;
      expect(answered).toBeLessThan(50);
      const before = served.sandbox.log.total;
      const second = await folder.run(['eval', 'triage.prompt.yml', '--json', '--resume', '--yes', '--sandbox-url', served.url]);
      expect(served.sandbox.log.total - before).toBe(50 - answered);
      expect(second.json.at(-1)).toMatchObject({ type: 'runFinished', end: 'finished', totals: { cases: 50, errors: 0 } });
      const third = await folder.run(['eval', 'triage.prompt.yml', '--resume', '--sandbox-url', served.url]);
      expect(third).toMatchObject({ code: 2 });
      expect(third.out).toContain('No run of it is left unfinished');
    } finally {
      await served.close();
    }
  });

  it('scores stored answers again without a call', async () => {
    using folder = cliFolder(WORD);
    await folder.run(['eval']);
    const prompt = path.join(folder.path, 'word.prompt.yml');
    writeFileSync(prompt, readFileSync(prompt, 'utf8').replace('equals: { case: expected }', 'oneOf: [cat, dog]'));
    const { code, json } = await folder.run(['eval', '--rescore', '--json']);
    expect(code).toBe(0);
    expect(json.filter(({ type }) => type === 'sampleFinished' || type === 'attemptStarted')).toEqual([]);
    expect(json.at(-1)).toMatchObject({ type: 'runFinished', totals: { passed: 3, failed: 0 } });
  });

  it('asks before a large run, and stays out of it without an answer', async () => {
    using folder = cliFolder({ ...WORD, 'evenkeel.yml': 'formatVersion: 1\nbudgets: { askAbove: { calls: 2 } }\n' });
    const silent = await folder.run(['eval']);
    expect(silent).toMatchObject({ code: 2 });
    expect(silent.out).toContain('--yes');
    expect((await folder.run(['eval'], { confirm: false })).code).toBe(3);
    expect((await folder.run(['eval'], { confirm: true })).code).toBe(1);
    expect((await folder.run(['eval', '--yes'])).code).toBe(1);
  });

  it('takes seed and cache from evenkeel.yml where the command line says nothing', async () => {
    using folder = cliFolder({ ...WORD, 'evenkeel.yml': 'formatVersion: 1\ndefaults: { cache: true, seed: 7 }\n' });
    const first = await folder.run(['eval', '--json']);
    expect(first.json.find(({ type }) => type === 'runStarted')).toMatchObject({ header: { seed: 7, cache: true } });
    const totals = async (...more: readonly string[]) => (await folder.run(['eval', '--json', ...more])).json.at(-1)?.totals;
    expect(await totals()).toMatchObject({ fromCache: 3, calls: 0 });
    expect(await totals('--no-cache')).toMatchObject({ fromCache: 0, calls: 3 });
  });

  it('stops before the budget is exceeded and says so', async () => {
    using folder = cliFolder(WORD);
    const { code, json, out } = await folder.run(['eval', '--max-calls', '2', '--json']);
    expect(code, out).toBe(3);
    expect(json.at(-1)).toMatchObject({ type: 'runFinished', end: 'budget', totals: { calls: 2 } });
  });
});

/** What is spoilt, how, and what the message must say. */
type BadInput = readonly [name: string, spoil: (folder: CliFolder) => void, patterns: readonly RegExp[]];

describe('on a live terminal', () => {
  it('one line moves below the lines that stay, and repeats of a reason are counted', async () => {
    using folder = cliFolder(WORD);
    const { out } = await folder.run(['eval', '--repeat', '5', '--case', 'c'], { terminal: true });
    expect(out).toMatch(/\r\u001b\[K {2}\d of 5/);
    const last = out.split('\r\u001b[K').at(-1) ?? '';
    expect(last).toContain('0 of 1 passed');
    expect(out).toContain('right word: the answer is "dog", not "cat". (5 times)');
    for (const line of out.split(/\r|\n/)) expect(line.length).toBeLessThan(160);
  });
});

describe('bad input gives one clear message with what to do next', () => {
  const table: readonly BadInput[] = [
    [
      'a missing dataset',
      (folder) => replace(folder, 'word.prompt.yml', './word.cases.jsonl', './nowhere.jsonl'),
      [/word\.prompt\.yml:8: /, /nowhere\.jsonl/, /Create it or correct the path/],
    ],
    [
      'a ragged CSV',
      (folder) => {
        replace(folder, 'word.prompt.yml', 'word.cases.jsonl', 'word.cases.csv');
        writeFileSync(path.join(folder.path, 'word.cases.csv'), 'id,animal,expected\na,cat,cat\nb,dog\n');
      },
      [/word\.cases\.csv:3/, /2/, /3/],
    ],
    [
      'an unknown evaluator',
      (folder) => replace(folder, 'word.prompt.yml', 'equals:', 'equalz:'),
      [/word\.prompt\.yml:10/, /equalz/, /equals/],
    ],
    [
      'a retired model',
      (folder) => replace(folder, 'word.prompt.yml', 'sandbox/extractor-2026-05', 'anthropic/claude-2.1'),
      [/word\.prompt\.yml:2/, /claude-2\.1/, /21 July 2025|2025-07-21/],
    ],
    [
      'a key that is not there',
      (folder) => replace(folder, 'word.prompt.yml', 'sandbox/extractor-2026-05', 'anthropic/claude-haiku-4-5-20251001'),
      [/ANTHROPIC_API_KEY/],
    ],
    [
      'a provider nobody knows',
      (folder) => replace(folder, 'word.prompt.yml', 'sandbox/extractor-2026-05', 'somewhere/model-1'),
      [/somewhere/, /evenkeel\.yml/],
    ],
    [
      'a provider that is down',
      (folder) => {
        replace(folder, 'word.prompt.yml', 'sandbox/', 'local/');
        appendFileSync(
          path.join(folder.path, 'evenkeel.yml'),
          'providers:\n  local: { kind: openai-compatible, baseUrl: http://127.0.0.1:9/v1 }\n',
        );
      },
      [/127\.0\.0\.1:9/],
    ],
    [
      'no model at all',
      (folder) => replace(folder, 'word.prompt.yml', 'model: sandbox/extractor-2026-05\n', ''),
      [/model/, /evenkeel\.yml|defaults\.model/],
    ],
    ['YAML that does not parse', (folder) => replace(folder, 'word.prompt.yml', 'messages:', 'messages: ['), [/word\.prompt\.yml:\d+/]],
  ];
  it.each(table)('%s', async (_name, spoil, patterns) => {
    using folder = cliFolder(WORD);
    spoil(folder);
    const { code, out, err } = await folder.run(['eval', 'word.prompt.yml']);
    expect(code === 2 || code === 3, `${code} ${out}${err}`).toBe(true);
    for (const pattern of patterns) expect(out + err).toMatch(pattern);
    expect(out + err).not.toMatch(/fault of Evenkeel|\n\s+at /);
  });

  it('a wrong key is told once and the run stops', async () => {
    const served = await serveSandbox({ port: 0 });
    using folder = cliFolder({
      ...WORD,
      'evenkeel.yml': `formatVersion: 1\nproviders:\n  local: { kind: openai-compatible, baseUrl: "${served.url}/v1", keyEnv: LOCAL_KEY }\n`,
      'word.prompt.yml': PROMPT.replace('sandbox/', 'local/'),
    });
    try {
      const { code, out } = await folder.run(['eval', '--allow-origin', served.url], { env: { LOCAL_KEY: 'wrong-key' } });
      expect(code).toBe(3);
      expect(out.match(/\(401\)/g), out).toHaveLength(1); // a port may have the digits, too
      expect(out).not.toContain('wrong-key');
    } finally {
      await served.close();
    }
  });

  it('a path that is not there, a folder without prompts', async () => {
    using folder = cliFolder({ 'notes.md': 'x' });
    expect(await folder.run(['eval', 'nope'])).toMatchObject({ code: 2, err: 'There is no file or folder nope.\n' });
    expect((await folder.run(['eval'])).err).toContain('evenkeel init');
    expect((await folder.run(['eval', 'notes.md'])).err).toContain('is not a prompt file');
  });
});

describe('sandbox', () => {
  it('says which snapshots can stand behind the alias', async () => {
    using folder = cliFolder({});
    const { code, err } = await folder.run(['sandbox', '--port', '0', '--latest', 'extractor-2026-04']);
    expect(code).toBe(2);
    expect(err).toContain('There are extractor-2026-05, extractor-2026-08, extractor-2026-09, extractor-2026-10.');
  });
});

describe('init, lint and schema', () => {
  it('init writes a prompt that runs without a key and lints clean, and overwrites nothing', async () => {
    using folder = cliFolder({});
    expect((await folder.run(['init'])).code).toBe(0);
    expect((await folder.run(['lint'])).out).toBe('1 file: nothing found.\n');
    const { json } = await folder.run(['eval', '--json']);
    expect(json.at(-1)).toMatchObject({ type: 'runFinished', end: 'finished', totals: { cases: 6, errors: 0 } });
    const again = await folder.run(['init']);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('nothing was written');
    expect((await folder.run(['init', '--force'])).code).toBe(0);
  });

  it('lint tells file, line and rule, as text and as JSON, and exits with 1 at error level', async () => {
    using folder = cliFolder({
      'a.prompt.yml': 'model: openai/gpt-4-0613\nmessages:\n  - role: user\n    content: "{{x}}"\ntestData:\n  - { y: 1 }\n',
    });
    const text = await folder.run(['lint']);
    expect(text.code).toBe(1);
    expect(text.out).toMatch(/^a\.prompt\.yml:1:8 error model\.retired /m);
    const { json, code } = await folder.run(['lint', '--json']);
    expect(code).toBe(1);
    expect(json).toContainEqual(
      expect.objectContaining({ file: 'a.prompt.yml', line: 1, column: 8, code: 'model.retired', severity: 'error' }),
    );
  });

  it('schema prints JSON Schemas', async () => {
    using folder = cliFolder({});
    for (const which of ['prompt', 'config']) expect(JSON.parse((await folder.run(['schema', which])).out)).toHaveProperty('properties');
    expect((await folder.run(['schema', 'nope'])).code).toBe(2);
  });
});

function replace(folder: CliFolder, file: string, from: string, to: string): void {
  const place = path.join(folder.path, file);
  const text = readFileSync(place, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(place, text.replace(from, to));
}
