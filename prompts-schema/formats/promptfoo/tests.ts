import { jsonLines } from '../../dataset/jsonl.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import { csvTests } from './csvTests.ts';
import { extensionOf, type NamedFile, namedOrBareFile } from './fileNames.ts';
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

/** Tests that are kept elsewhere. */
const ELSEWHERE = /^(?:huggingface|https?|az|s3|langfuse):\/\//i;

class TestReader {
  readonly tests: ConfigTest[] = [];
  readonly #included: Included;
  readonly #issues: Issue[];

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

  scenarios(node: PositionedNode): void {
    const file = node.kind === 'scalar' && node.value !== null ? namedOrBareFile(String(node.value)) : undefined;
    if (file?.kind === 'file') {
      const tree = this.#included.tree(file.path, node.range, this.#issues);
      if (tree && tree.kind !== 'scalar') this.scenarios(tree);
    } else if (file) this.#issues.push(codeIssue(file, node.range));
    else if (node.kind === 'list') for (const item of node.items) this.scenarios(item);
    else if (node.kind === 'map') this.#scenario(node);
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
      this.#issues.push({
        code: 'schema.unsupported-value',
        message: 'Tests that code makes are not read; nothing of a repository is executed here. Write them to a file once.',
        range: path.range,
      });
      return;
    }
    this.tests.push({ map, below, range: map.range });
  }

  #named(text: string, range: Range, below: readonly MapNode[], depth: number): void {
    const file = namedOrBareFile(text);
    if (!file) {
      const message = ELSEWHERE.test(text)
        ? `\`${text.slice(0, 60)}\` is kept elsewhere and not fetched. Download it once, and name the file.`
        : 'A test is a map with `vars` and `assert`, or the name of a file.';
      this.#issues.push({ code: ELSEWHERE.test(text) ? 'schema.unsupported-value' : 'schema.wrong-type', message, range });
    } else if (file.kind !== 'file') this.#issues.push(codeIssue(file, range));
    else this.#file(file, range, below, depth);
  }

  #file({ path }: NamedFile, range: Range, below: readonly MapNode[], depth: number): void {
    const extension = extensionOf(path);
    if (extension === 'xlsx' || extension === 'xls') {
      this.#issues.push({
        code: 'schema.unsupported-value',
        message: `${path} is a spreadsheet, which is not read. Save it as .csv.`,
        range,
      });
      return;
    }
    const text = depth < DEEPEST_FILE ? this.#included.text(path, range) : undefined;
    if (text === undefined) return;
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
}

function codeIssue({ kind, path }: NamedFile, range: Range): Issue {
  const message =
    kind === 'code'
      ? `\`${path}\` is code; nothing of a repository is executed here. Write what it makes to a file once.`
      : `\`${path}\` stands for several files. Name each file.`;
  return { code: 'schema.unsupported-value', message, range };
}
