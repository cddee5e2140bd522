import { jsonLines } from '../../dataset/jsonl.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import { csvTests } from './csvTests.ts';
import { extensionOf, kindOf, type NamedFile, namedOrBareFile, namedOrBarePattern } from './fileNames.ts';
import { type Included, placedAt, treeOf } from './included.ts';

/** One test as the file has it, with what the scenario around it adds. Defaults are put in later. */
export interface ConfigTest {
  readonly map: MapNode;
  /** Maps that lie below it: keys that it does not have count from these, variables and checks are added. */
  readonly below: readonly MapNode[];
  readonly range: Range;
}

/** The tests of a config: `tests`, then the scenarios multiplied out; `given` says whether the file has any key for them. */
export function readTests(
  map: MapNode,
  included: Included,
  issues: Issue[],
): { readonly tests: readonly ConfigTest[]; readonly given: boolean } {
  const reader = new TestReader(included, issues);
  const [tests, scenarios] = [entryOf(map, 'tests'), entryOf(map, 'scenarios')];
  if (tests) reader.add(tests.value, [], 0);
  if (scenarios) reader.scenarios(scenarios.value);
  return { tests: reader.tests, given: tests !== undefined || scenarios !== undefined };
}

/** `defaultTest`: a map, or the file that holds one. */
export function readDefaultTest(map: MapNode, included: Included, issues: Issue[]): MapNode | undefined {
  const value = entryOf(map, 'defaultTest')?.value;
  if (value?.kind === 'map') return value;
  const file = value?.kind === 'scalar' && typeof value.value === 'string' ? namedOrBareFile(value.value) : undefined;
  const tree = value && file?.kind === 'file' ? included.tree(file.path, value.range, issues) : undefined;
  if (file && file.kind !== 'file' && value) issues.push(codeIssue(file, value.range));
  return tree?.kind === 'map' ? tree : undefined;
}

/** More tests than this are not read: nobody waits for so many calls. */
export const MOST_CASES = 10_000;

/** Files that name files. */
const DEEPEST_FILE = 3;

/** Places that name a file, those within files counted as often as they are read. */
const MOST_FOLLOWED = 500;

/** A program that would print tests. */
const PROGRAM = /^(?:exec|python|ruby):/i;

/** Files of tests. */
const HELD = /\.(?:csv|tsv|jsonl?|ya?ml|xlsx?)$/i;

/** Tests that are kept elsewhere. */
const ELSEWHERE = /^(?:huggingface|https?|az|s3|langfuse):\/\//i;

class TestReader {
  readonly tests: ConfigTest[] = [];
  readonly #included: Included;
  readonly #issues: Issue[];
  #followed = 0;
  /** Of the file that is being read, from that of the config. */
  #folder = '';
  readonly #said = new Set<string>();

  constructor(included: Included, issues: Issue[]) {
    this.#included = included;
    this.#issues = issues;
  }

  add(node: PositionedNode, below: readonly MapNode[], depth: number): void {
    if (this.tests.length > MOST_CASES) return;
    if (node.kind === 'list') for (const item of node.items) this.add(item, below, depth);
    else if (node.kind === 'map') this.#map(node, below);
    else if (node.value !== null) this.#named(String(node.value), node.range, below, depth);
  }

  scenarios(node: PositionedNode, depth = 0): void {
    const file = node.kind === 'scalar' && node.value !== null ? namedOrBareFile(String(node.value)) : undefined;
    if (file?.kind === 'file') this.#scenarioFile(file.path, node.range, depth);
    else if (file?.kind === 'pattern')
      for (const path of this.#included.paths(file.path, node.range))
        if (kindOf(path).kind === 'code') this.#say(codeIssue(kindOf(path), node.range));
        else this.#scenarioFile(path, node.range, depth);
    else if (file) this.#say(codeIssue(file, node.range));
    else if (node.kind === 'list') for (const item of node.items) this.scenarios(item, depth);
    else if (node.kind === 'map') this.#scenario(node);
  }

  #scenarioFile(path: string, range: Range, depth: number): void {
    if (depth >= DEEPEST_FILE || !this.#mayFollow()) return;
    const tree = this.#included.tree(path, range, this.#issues);
    if (tree && tree.kind !== 'scalar') this.scenarios(tree, depth + 1);
  }

  /** Files that name each other could be followed without end. */
  #mayFollow(): boolean {
    return ++this.#followed <= MOST_FOLLOWED;
  }

  /** Each data of `config` with each of `tests`. */
  #scenario(map: MapNode): void {
    const data = new TestReader(this.#included, this.#issues);
    const config = entryOf(map, 'config')?.value;
    if (config) data.add(config, [], 0);
    const tests = entryOf(map, 'tests')?.value ?? { kind: 'map', entries: [], range: map.range };
    for (const each of data.tests) this.add(tests, [each.map], 0);
  }

  #map(map: MapNode, below: readonly MapNode[]): void {
    const path = entryOf(map, 'path')?.value;
    if (path && !entryOf(map, 'vars') && !entryOf(map, 'assert')) {
      this.#say({
        code: 'schema.unsupported-value',
        message:
          'Tests that code makes are not read, for nothing of a repository is executed here. Run it once, write what it makes to a file, and name that.',
        range: path.range,
      });
      return;
    }
    this.tests.push({ map: fromFolder(map, this.#folder), below, range: map.range });
  }

  #named(text: string, range: Range, below: readonly MapNode[], depth: number): void {
    const file = namedOrBarePattern(text);
    if (!file) {
      const message = ELSEWHERE.test(text)
        ? `\`${text.slice(0, 60)}\` is kept elsewhere and not fetched. Download it once, and name the file.`
        : 'A test is a map with `vars` and `assert`, or the name of a file.';
      const program = PROGRAM.test(text) ? codeIssue({ kind: 'code', path: text.slice(0, 60) }, range) : undefined;
      this.#say(program ?? { code: ELSEWHERE.test(text) ? 'schema.unsupported-value' : 'schema.wrong-type', message, range });
    } else if (file.kind === 'pattern') this.#pattern(file, range, below, depth);
    else if (file.kind === 'code') this.#say(codeIssue(file, range));
    else this.#file(file, range, below, depth);
  }

  /** The files that fit, in order. */
  #pattern({ path: pattern }: NamedFile, range: Range, below: readonly MapNode[], depth: number): void {
    if (depth >= DEEPEST_FILE) return;
    for (const path of this.#included.paths(pattern, range)) {
      const file = kindOf(path);
      if (file.kind === 'code') this.#say(codeIssue(file, range));
      else if (HELD.test(path)) this.#file({ kind: 'file', path }, range, below, depth);
      else
        this.#say({
          code: 'schema.unsupported-value',
          message: `${path} fits \`${pattern}\` and holds no tests. Write a narrower pattern, such as \`*.yaml\`.`,
          range,
        });
    }
  }

  #file({ path }: NamedFile, range: Range, below: readonly MapNode[], depth: number): void {
    const extension = extensionOf(path);
    if (extension === 'xlsx' || extension === 'xls') {
      this.#say({
        code: 'schema.unsupported-value',
        message: `${path} is a spreadsheet, which is not read. Save it as .csv.`,
        range,
      });
      return;
    }
    const text = depth < DEEPEST_FILE && this.#mayFollow() ? this.#included.text(path, range) : undefined;
    if (text === undefined) return;
    const outer = this.#folder;
    this.#folder = path.slice(0, path.lastIndexOf('/') + 1);
    this.#text(text, path, range, below, depth);
    this.#folder = outer;
  }

  #text(text: string, path: string, range: Range, below: readonly MapNode[], depth: number): void {
    const extension = extensionOf(path);
    if (extension === 'csv' || extension === 'tsv')
      for (const map of csvTests(text, path, range, MOST_CASES, this.#issues)) this.#map(map, below);
    else if (extension === 'jsonl')
      for (const line of jsonLines(text)) {
        if (this.tests.length > MOST_CASES) return;
        const node = treeOf(text.slice(line.start, line.end), path, range, this.#issues);
        if (node?.kind === 'map') this.#map(node, below);
      }
    else {
      const node = treeOf(text, path, range, this.#issues);
      if (node) this.add(placedAt(node, range), below, depth + 1);
    }
  }

  /** Once at a place: a pattern in a file that is read often says the same. */
  #say(issue: Issue): void {
    const key = `${issue.range.start} ${issue.message}`;
    if (!this.#said.has(key)) this.#issues.push(issue);
    this.#said.add(key);
  }
}

/** Files of variables that a test names count from the file that the test is in. */
function fromFolder(map: MapNode, folder: string): MapNode {
  const vars = folder === '' ? undefined : entryOf(map, 'vars')?.value;
  if (vars === undefined || vars.kind === 'map') return map;
  const moved = (node: PositionedNode): PositionedNode =>
    node.kind === 'scalar' && typeof node.value === 'string'
      ? { ...node, value: `${folder}${node.value.replace(/^file:\/\//, '')}` }
      : node;
  const value = vars.kind === 'list' ? { ...vars, items: vars.items.map(moved) } : moved(vars);
  return { ...map, entries: map.entries.map((entry) => (entry.key === 'vars' ? { ...entry, value } : entry)) };
}

function codeIssue({ kind, path }: NamedFile, range: Range): Issue {
  const message =
    kind === 'code'
      ? `\`${path}\` is code, and nothing of a repository is executed here. Run it once, write what it makes to a file (.yaml, .json or .csv), and name that.`
      : `\`${path}\` stands for several files, and one is meant. Name it.`;
  return { code: 'schema.unsupported-value', message, range };
}
