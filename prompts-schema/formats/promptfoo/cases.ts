import { type Json, type JsonObject, ownObject } from '../../../safety/index.ts';
import { CaseIds } from '../../dataset/caseIds.ts';
import type { DatasetRow } from '../../dataset/dataset.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapEntry, MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import { type OwnTexts, ownVariables, SIDES, sideOf } from './around.ts';
import { type AskedProviders, readAsked } from './asked.ts';
import type { CaseChecks } from './checks.ts';
import { baseName, extensionOf, kindOf, namedFile } from './fileNames.ts';
import type { Included } from './included.ts';
import { TEST_KEYS } from './keys.ts';
import type { Remarks } from './remarks.ts';
import { type ConfigTest, MOST_CASES } from './tests.ts';

/** One case of a config with its checks. */
export interface ConfigCase {
  readonly variables: JsonObject;
  readonly range: Range;
  readonly checks: CaseChecks;
  /** Labels of the prompts that it is for; all where undefined. */
  readonly prompts: readonly string[] | undefined;
  /** Whom it asks, where it says so. */
  readonly asked: AskedProviders | undefined;
  /** Its texts around the prompt. */
  readonly own: OwnTexts;
  /** Names that earlier cases gave to their answers (`storeOutputAs`). */
  readonly stored: ReadonlySet<string>;
  /** Why it cannot be asked, whatever the prompt. */
  readonly refused: string | undefined;
}

/** The cases that the tests stand for: defaults put in, lists of values multiplied out. */
export function casesOf(
  tests: readonly ConfigTest[],
  defaults: MapNode | undefined,
  included: Included,
  remarks: Remarks,
  issues: Issue[],
): readonly ConfigCase[] {
  const cases: ConfigCase[] = [];
  let stored: ReadonlySet<string> = new Set();
  for (const test of tests) {
    const layers = [...(defaults ? [defaults] : []), ...test.below, test.map];
    reportUnused(layers, remarks);
    const ofTest = layers.filter((layer) => layer !== defaults);
    const own = ownTextsOf(ofTest);
    // one provider for all leaves nothing to choose among
    const among = defaults && entryOf(defaults, 'provider') ? undefined : topmost(layers, 'providers')?.value;
    const asked = readAsked(topmost(ofTest, 'provider')?.value, among, included, issues);
    const keeps = settingOf(layers, 'options', 'storeOutputAs');
    const checks = checksOf(layers, test, defaults);
    const values = variablesOf(layers, included, remarks);
    const expand = settingOf(layers, 'options', 'disableVarExpansion') !== true;
    const prompts = textsOf(topmost(layers, 'prompts'));
    for (const variables of combinations(values, expand)) {
      if (cases.length >= MOST_CASES) {
        remarks.add(
          'many',
          'schema.too-large',
          `The tests stand for more than ${MOST_CASES.toLocaleString('en')} cases; nothing beyond is read.`,
          test.range,
        );
        return cases;
      }
      const texts = ownVariables(own, variables);
      const around = texts.ok ? Object.fromEntries(texts.variables) : {};
      const limits = { asked, own, stored, refused: texts.ok ? undefined : texts.message };
      cases.push({ variables: { ...variables, ...around }, range: test.range, checks, prompts, ...limits });
      if (typeof keeps === 'string' && !stored.has(keeps)) stored = new Set([...stored, keeps]);
    }
  }
  return cases;
}

/** Cases as rows of a dataset. `id` and `expected` are variables like others here. */
export function rowsOf(
  cases: readonly ConfigCase[],
  limitsOf: (of: ConfigCase) => Pick<DatasetRow, 'models' | 'refused'> | undefined = () => undefined,
): readonly DatasetRow[] {
  const ids = new CaseIds();
  return cases.map((of) => ids.hashed(of.variables, undefined, of.range, limitsOf(of)));
}

function ownTextsOf(layers: readonly MapNode[]): OwnTexts {
  const found = SIDES.flatMap((side) => {
    const text = layers.flatMap((layer) => sideOf(layer, side)?.text ?? []).at(-1);
    return text === undefined ? [] : [[side, text] as const];
  });
  return Object.fromEntries(found);
}

function topmost(layers: readonly MapNode[], key: string): MapEntry | undefined {
  for (const layer of [...layers].reverse()) {
    const entry = entryOf(layer, key);
    if (entry) return entry;
  }
  return undefined;
}

function settingOf(layers: readonly MapNode[], map: string, key: string): Json | undefined {
  for (const layer of [...layers].reverse()) {
    const value = entryOf(layer, map)?.value;
    const entry = value?.kind === 'map' ? entryOf(value, key) : undefined;
    if (entry) return toJson(entry.value);
  }
  return undefined;
}

function textsOf(entry: MapEntry | undefined): readonly string[] | undefined {
  if (!entry) return undefined;
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [String(item.value)] : []));
}

function checksOf(layers: readonly MapNode[], test: ConfigTest, defaults: MapNode | undefined): CaseChecks {
  const withoutDefaults = settingOf(layers, 'options', 'disableDefaultAsserts') === true;
  const asserts = layers.flatMap((layer) => {
    const list = withoutDefaults && layer === defaults ? undefined : entryOf(layer, 'assert')?.value;
    return list?.kind === 'list' ? list.items : [];
  });
  const threshold = topmost(layers, 'threshold');
  const value = threshold && toJson(threshold.value);
  return {
    asserts,
    threshold: typeof value === 'number' && threshold ? { value, range: threshold.range } : undefined,
    transform: settingOf(layers, 'options', 'transform') !== undefined || settingOf(layers, 'options', 'postprocess') !== undefined,
    scoring: topmost(layers, 'assertScoringFunction')?.range,
    range: test.range,
  };
}

/** What a test can say of a call that runs here do not follow. */
const UNUSED: readonly (readonly [map: string | undefined, key: string, message: string])[] = [
  [undefined, 'providerOutput', '`providerOutput` of a test: the model is asked all the same.'],
  [
    'options',
    'transformVars',
    '`transformVars` is code, and nothing of a repository is executed here: values are put in as they are written.',
  ],
];

function reportUnused(layers: readonly MapNode[], remarks: Remarks): void {
  for (const layer of layers) {
    for (const { key, keyRange } of layer.entries)
      if (!TEST_KEYS.includes(key)) remarks.addIssue(`key ${key} ${keyRange.start}`, unknownKeyIssue(key, keyRange, TEST_KEYS, ['tests']));
    for (const [map, key, message] of UNUSED) {
      const within = map === undefined ? layer : entryOf(layer, map)?.value;
      const entry = within?.kind === 'map' ? entryOf(within, key) : undefined;
      if (entry) remarks.add(key, 'schema.unsupported-value', message, entry.keyRange);
    }
  }
}

type Values = readonly (readonly [name: string, values: readonly Json[]])[];

function variablesOf(layers: readonly MapNode[], included: Included, remarks: Remarks): readonly (readonly [string, Json, boolean])[] {
  const found = new Map<string, readonly [Json, boolean]>();
  for (const layer of layers) {
    for (const { key, value } of variableEntries(entryOf(layer, 'vars')?.value, included)) {
      const list = expanded(value, included);
      const read = readValue(key, list, included, remarks);
      found.set(key, [read, list.kind === 'list' && list.items[0]?.kind === 'scalar' && typeof list.items[0].value === 'string']);
    }
  }
  return [...found].map(([name, [value, many]]) => [name, value, many] as const);
}

/** `vars`: a map, or the file or files that hold one. */
function variableEntries(node: PositionedNode | undefined, included: Included): readonly MapEntry[] {
  if (node?.kind === 'map') return node.entries;
  const paths = node?.kind === 'list' ? node.items : node ? [node] : [];
  return paths.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const path = item.value.replace(/^file:\/\//, '');
    if (!/\.(?:ya?ml|json)$/i.test(path)) return [];
    const files = kindOf(path).kind === 'pattern' ? included.paths(path, item.range) : [path];
    return files.flatMap((file) => {
      const tree = included.tree(file, item.range, []);
      return tree?.kind === 'map' ? tree.entries : [];
    });
  });
}

/** A pattern of files as the list of them: each is a value. */
function expanded(node: PositionedNode, included: Included): PositionedNode {
  const file = node.kind === 'scalar' && typeof node.value === 'string' ? namedFile(node.value) : undefined;
  if (node.kind !== 'scalar' || file?.kind !== 'pattern') return node;
  const items = included.paths(file.path, node.range).map((path) => ({ ...node, value: `file://${path}` }));
  return { kind: 'list', items, range: node.range };
}

function readValue(name: string, node: PositionedNode, included: Included, remarks: Remarks): Json {
  if (node.kind === 'list') return node.items.map((item) => readValue(name, item, included, remarks));
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return toJson(node);
  const file = namedFile(node.value);
  if (!file) {
    if (/\{\{|\{%/.test(node.value))
      remarks.add(
        'template',
        'template.unsupported-construct',
        `The value of \`${name}\` holds template tags. promptfoo would fill them in; here values are put in as they are, and never read as templates.`,
        node.range,
      );
    return node.value;
  }
  if (file.kind !== 'file' || BINARY.has(extensionOf(file.path))) {
    const what =
      file.kind === 'code' ? 'is code, which is not executed' : file.kind === 'pattern' ? 'stands for several files' : 'is no text';
    remarks.add(
      `file ${baseName(file.path)}`,
      'schema.unsupported-value',
      `\`${file.path}\` ${what}: \`${name}\` is the name of the file here.`,
      node.range,
    );
    return node.value;
  }
  const text = included.text(file.path, node.range);
  if (text === undefined) return node.value;
  if (!/^ya?ml$/.test(extensionOf(file.path))) return text.trim();
  const tree = included.tree(file.path, node.range, []);
  return tree ? JSON.stringify(toJson(tree)) : text;
}

const BINARY: ReadonlySet<string> = new Set([
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'svg', 'wav', 'mp3', 'ogg', 'mp4', 'webm', 'mov', 'pdf', 'docx', 'xlsx', 'zip'],
]);

/** Each value of each list of texts with each of the others; lists of anything else are one value. */
function* combinations(variables: readonly (readonly [string, Json, boolean])[], expand: boolean): Generator<JsonObject> {
  const values: Values = variables.map(([name, value, many]) => [name, expand && many && Array.isArray(value) ? value : [value]] as const);
  if (values.some(([, list]) => list.length === 0)) return;
  const places = values.map(() => 0);
  for (;;) {
    yield ownObject(values.map(([name, list], at) => [name, list[places[at] ?? 0] ?? null] as const));
    let at = places.length - 1;
    for (; at >= 0; at--) {
      const next = (places[at] ?? 0) + 1;
      if (next < (values[at]?.[1].length ?? 0)) {
        places[at] = next;
        break;
      }
      places[at] = 0;
    }
    if (at < 0) return;
  }
}
