import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateSchema } from '../../engine/evaluators/jsonSchema.ts';
import type { Json, JsonObject } from '../../safety/index.ts';
import { sarifComplaints } from './sarifChecker.ts';
import { cliFolder } from './support.ts';

/** Findings of every severity, of every kind of file, with places at both ends and across lines, in files with hard names. */
const FILES = {
  'evenkeel.yml': 'formatVersion: 1\nrules:\n  model.deprecatd: off\n  template.unused-variable: hint\n',
  'a b/ü#?:%41@[x]&.prompt.yml':
    'model: openai/gpt-4o-mini\nmodelParameters:\n  max_tokens: 400\ninputs:\n  ticket: { type: string }\nmessages:\n  - role: user\n    content: "{{ticket}} {{ ticket }} 😀{{ ticket }}"\ndataset: ./rows.jsonl\n',
  'a b/rows.jsonl': '{"id":"1","ticket":"x"}\n{"id":"2","ticket":"x"}\n',
  'http:x.prompt.yml': 'messages:\n  - role: asistant\n    content: |\n      Say hello.\njsonSchema: { file: ./none.json }\n',
  'empty.prompt.yml': '',
  'unreadable.prompt.yml': '\0',
  'open.prompt.yml': 'messages: ["',
  '_part.prompt': '{{#if x}}',
};

async function logOf(files: Readonly<Record<string, string>>): Promise<JsonObject> {
  using folder = cliFolder(files);
  return JSON.parse((await folder.run(['lint', '--format', 'sarif'])).out) as JsonObject;
}

describe('the log of evenkeel lint --format sarif', () => {
  it('is as the text of the standard wants it', async () => {
    const log = await logOf(FILES);
    expect(sarifComplaints(log)).toEqual([]);
    const levels = new Set(resultsOf(log).map(({ level }) => level));
    expect([...levels].sort()).toEqual(['error', 'note', 'warning']);
    expect(new Set(resultsOf(log).map((result) => uriOf(result)))).toContain('http%3Ax.prompt.yml');
    expect(sarifComplaints(await logOf({ 'a.prompt.yml': FILES['empty.prompt.yml'] }))).toEqual([]);
  });

  // The schema of the standard comes in @microsoft/jest-sarif.
  const SCHEMA = path.resolve(import.meta.dirname, '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  it('is valid by the JSON Schema of the standard', async () => {
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as JsonObject;
    const log = await logOf(FILES);
    expect(validateSchema(log, schema, undefined)).toEqual({ status: 'valid' });
    expect(validateSchema({ ...log, version: '2.0.0' }, schema, undefined)).toMatchObject({ status: 'invalid' });
  });
});

describe('the checker of logs', () => {
  it.each<readonly [string, (log: Changeable) => void, RegExp]>([
    ['a rule twice', ({ driver }) => driver.rules.push(driver.rules[0] ?? {}), /rules: ids are unique/],
    ['a relative page of help', ({ driver }) => set(driver.rules[0], 'helpUri', 'docs/rules/a.md'), /helpUri: is an absolute address/],
    ['a rule without words', ({ driver }) => set(driver.rules[0], 'help', { markdown: 'x' }), /help\.text: is there/],
    ['the index of another rule', ({ result }) => set(result, 'ruleIndex', 0), /ruleIndex: is the place/],
    ['no index of a rule', ({ result }) => set(result, 'ruleIndex', undefined), /ruleIndex: is there/],
    ['another level', ({ result }) => set(result, 'level', 'info'), /level: is one of/],
    ['an empty message', ({ result }) => set(result, 'message', { text: '' }), /message\.text: is there/],
    ['a line 0', ({ region }) => set(region, 'startLine', 0), /startLine: counts/],
    ['an end before its start', ({ region }) => set(region, 'endLine', 1), /region: ends/],
    ['a blank in an address', ({ artifact }) => set(artifact, 'uri', 'a b.yml'), /uri: is a relative reference/],
    ['a half escape', ({ artifact }) => set(artifact, 'uri', 'a%4.yml'), /uri: is a relative reference/],
    ['a name that reads as a scheme', ({ artifact }) => set(artifact, 'uri', 'http:x.yml'), /uri: is a relative reference/],
    ['a path from the root', ({ artifact }) => set(artifact, 'uri', '/a.yml'), /uri: is a relative reference/],
    ['a null', ({ result }) => set(result, 'level', null), /level: what is not there/],
    ['a property of nobody', ({ result }) => set(result, 'file', 'a.yml'), /has no property file/],
    ['no kind of column', ({ run }) => set(run, 'columnKind', undefined), /columnKind: says/],
  ])('finds %s', async (_, spoil, complaint) => {
    const log = await logOf(FILES);
    spoil(changeable(log));
    expect(sarifComplaints(JSON.parse(JSON.stringify(log))).join('\n')).toMatch(complaint);
  });
});

type Part = Record<string, Json | undefined>;

interface Changeable {
  readonly run: Part;
  readonly driver: { readonly rules: Part[] };
  /** The last one, which is not of the first rule and begins below the first line. */
  readonly result: Part;
  readonly region: Part;
  readonly artifact: Part;
}

interface PhysicalLocation {
  readonly artifactLocation: Part;
  readonly region: Part;
}

function changeable(log: JsonObject): Changeable {
  const [run] = log['runs'] as unknown as [Part & { readonly tool: { readonly driver: Changeable['driver'] } }];
  const result = resultsOf(log).find((one) => one['ruleIndex'] !== 0 && Number(physicalOf(one).region['startLine']) > 1) ?? {};
  const { region, artifactLocation } = physicalOf(result);
  return { run, driver: run.tool.driver, result, region, artifact: artifactLocation };
}

function resultsOf(log: JsonObject): readonly Part[] {
  const [run] = log['runs'] as unknown as [{ readonly results: readonly Part[] }];
  return run.results;
}

function physicalOf(result: Part): PhysicalLocation {
  const [location] = result['locations'] as unknown as [{ readonly physicalLocation: PhysicalLocation }];
  return location.physicalLocation;
}

function uriOf(result: Part): Json | undefined {
  return physicalOf(result).artifactLocation['uri'];
}

function set(part: Part | undefined, key: string, value: Json | undefined): void {
  if (!part) throw new Error('nothing to spoil');
  part[key] = value;
}
