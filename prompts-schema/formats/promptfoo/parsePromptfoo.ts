import type { DatasetRow } from '../../dataset/dataset.ts';
import type { IncludedFile, PromptDocument } from '../../document.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import { parseYamlTree } from '../../parse/yamlTree.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import type { Located, Range } from '../../text/range.ts';
import { Fields } from '../native/fields.ts';
import { readSettings } from '../native/settings.ts';
import type { SeveralPrompts } from '../severalPrompts.ts';
import { sortedIssues } from '../sortedIssues.ts';
import { commonAround, SIDES, sideOf } from './around.ts';
import { modelsOf, storedReason } from './asked.ts';
import { AssertionReader } from './assertions.ts';
import { type ConfigCase, casesOf, rowsOf } from './cases.ts';
import { evaluatorsOf } from './checks.ts';
import { Included, type IncludedFiles } from './included.ts';
import { CONFIG_KEYS } from './keys.ts';
import { type ConfigPrompt, readPrompts } from './prompts.ts';
import { type ConfigProvider, calledBy, isLabel, providerIssues, readProviders } from './providers.ts';
import { Remarks } from './remarks.ts';
import { referencedKeys, resolveTree } from './resolveTree.ts';
import { readDefaultTest, readTests } from './tests.ts';
import { readVersions } from './versions.ts';

/**
 * Reads a configuration of promptfoo: prompts, the models they are sent to, tests with their checks. `files` are the texts of the
 * files that it names, as far as they were read.
 */
export function parsePromptfoo(text: string, files: IncludedFiles): SeveralPrompts {
  const config = readConfig(text, files);
  const { prompts } = config;
  return {
    whole: wholeDocument(config),
    prompts: prompts.map((prompt) => {
      let document: PromptDocument | undefined;
      return {
        name: prompt.name,
        range: prompt.range,
        document: () => {
          document ??= promptDocument(config, prompt);
          return document;
        },
      };
    }),
  };
}

/** Everything that the prompts of a config share. */
interface Config {
  readonly text: string;
  readonly lines: LineIndex;
  readonly tree: PositionedNode | undefined;
  readonly map: MapNode;
  readonly included: Included;
  readonly prompts: readonly ConfigPrompt[];
  readonly versions: ReadonlyMap<string, Located<string>>;
  readonly providers: readonly ConfigProvider[];
  readonly cases: readonly ConfigCase[];
  /** Undefined where the file says nothing of cases. */
  readonly testsRange: Range | undefined;
  readonly issues: readonly Issue[];
}

function readConfig(text: string, files: IncludedFiles): Config {
  const { tree: written, issues: syntax } = parseYamlTree(text);
  const issues: Issue[] = [...syntax];
  const tree = written && resolveTree(written, text, issues);
  const map: MapNode = tree?.kind === 'map' ? tree : { kind: 'map', entries: [], range: tree?.range ?? { start: 0, end: 0 } };
  if (written || syntax.length === 0) checkShape(text, tree, map, issues);
  const included = new Included(files);
  const remarks = new Remarks();
  const defaults = readDefaultTest(map, included, issues);
  const providers = readProviders(map, defaults, included, issues);
  providerIssues(providers, issues);
  const { tests, given } = readTests(map, included, issues);
  const common = commonAround(defaults, entryOf(map, 'defaultTest')?.value.kind === 'map' ? text : undefined);
  const own = new Set(SIDES.filter((side) => tests.some((test) => [...test.below, test.map].some((layer) => sideOf(layer, side)))));
  const named = included.wanted.length;
  const prompts = readPrompts(text, entryOf(map, 'prompts')?.value, { common, own }, included);
  const unread = included.wanted.slice(named).some(({ value }) => files.get(value)?.status !== 'read'); // then some names are not known
  const versions = readVersions(text, map, unread ? undefined : prompts.map(({ name }) => name), issues);
  // without any test promptfoo asks once, with the variables of the default
  const once =
    !given && prompts.length > 0 && prompts.every((prompt) => isFilled(prompt, defaults))
      ? [{ map: EMPTY, below: [], range: map.range }]
      : [];
  const cases = casesOf(given ? tests : once, defaults, included, remarks, issues);
  issues.push(...remarks.issues());
  const testsRange = (entryOf(map, 'tests') ?? entryOf(map, 'scenarios') ?? entryOf(map, 'defaultTest'))?.value.range;
  const shown = testsRange ?? (once.length > 0 ? map.range : undefined);
  return { text, lines: new LineIndex(text), tree, map, included, prompts, versions, providers, cases, testsRange: shown, issues };
}

const EMPTY: MapNode = { kind: 'map', entries: [], range: { start: 0, end: 0 } };

function isFilled({ messages }: ConfigPrompt, defaults: MapNode | undefined): boolean {
  const vars = defaults && entryOf(defaults, 'vars')?.value;
  const given = new Set(vars?.kind === 'map' ? vars.entries.map(({ key }) => key) : []);
  return messages.every(({ placeholders }) => placeholders.every(({ name, conditional, use }) => conditional || use || given.has(name)));
}

function checkShape(text: string, tree: PositionedNode | undefined, map: MapNode, issues: Issue[]): void {
  const start = tree?.range.start ?? 0;
  const lineEnd = text.indexOf('\n', start);
  const line = { start, end: Math.min(lineEnd < 0 ? text.length : lineEnd, start + 200) };
  if (tree && tree.kind !== 'map') {
    issues.push({
      code: 'schema.not-a-prompt',
      message: 'A promptfoo configuration is a map with `prompts`, `providers` and `tests`.',
      range: line,
    });
    return;
  }
  const known = [...CONFIG_KEYS, 'evenkeel'];
  if (map.entries.length > 0 && !map.entries.some(({ key }) => known.includes(key))) {
    issues.push({
      code: 'schema.not-a-prompt',
      message: 'None of these keys belongs to a promptfoo configuration. It has `prompts`, `providers` and `tests`.',
      range: map.entries[0]?.keyRange ?? line,
    });
    return;
  }
  const named = referencedKeys(text);
  for (const { key, keyRange } of map.entries)
    if (!known.includes(key) && !named.has(key)) issues.push(unknownKeyIssue(key, keyRange, known, []));
  // red-team configurations and those of other front ends bring their own
  if (map.entries.length > 0 && !entryOf(map, 'prompts') && !entryOf(map, 'redteam'))
    issues.push({
      code: 'schema.missing-key',
      message: '`prompts` is missing: a list of texts, or of files that hold one.',
      range: map.entries[0]?.keyRange ?? line,
      data: { key: 'prompts' },
    });
  const extensions = entryOf(map, 'extensions');
  if (extensions)
    issues.push({
      code: 'schema.unsupported-value',
      message: '`extensions` are code, and nothing of a repository is executed here: runs do without them.',
      range: extensions.keyRange,
    });
}

/** One prompt, with the tests that are for it. */
function promptDocument(config: Config, prompt: ConfigPrompt): PromptDocument {
  const issues: Issue[] = [...config.issues, ...prompt.issues];
  const { transform, allowed, callable, ...called } = calledBy(config.providers, prompt, issues);
  const remarks = new Remarks();
  const limits = new Map<ConfigCase, Pick<DatasetRow, 'models' | 'refused'>>();
  const cases = config.cases.filter((of) => {
    if (of.prompts && !of.prompts.some((label) => isLabel(label, prompt))) return false;
    const models = modelsOf(of.asked, { allowed, callable }, remarks);
    if (models === 'nobody') return false;
    const refused = refusalOf(of, prompt, remarks);
    limits.set(of, { ...(models ? { models } : {}), ...(refused === undefined ? {} : { refused }) });
    return true;
  });
  issues.push(...remarks.issues());
  const rows = rowsOf(cases, (of) => limits.get(of));
  const reader = new AssertionReader(config.included, issues, called.tools);
  const checks = cases.map(({ checks: own }) => (transform ? { ...own, transform } : own));
  return document(config, [prompt], {
    ...called,
    name: { value: prompt.name, range: prompt.nameRange },
    key: prompt.name,
    testData: config.testsRange ? rows : undefined,
    evaluators: evaluatorsOf(checks, rows, reader),
    issues,
  });
}

/** Why a case of the prompt cannot be asked as the file means it, which is an issue too. */
function refusalOf(of: ConfigCase, prompt: ConfigPrompt, remarks: Remarks): string | undefined {
  const stored = storedReason(of, prompt);
  const side = prompt.chat ? SIDES.find((one) => of.own[one] !== undefined) : undefined;
  const why =
    side && `Its \`${side}\` would make one text of the list of messages that the prompt is. Write it into a variable of one of them.`;
  const message = of.refused ?? why ?? stored?.message;
  if (message !== undefined) remarks.add(message, 'schema.unsupported-value', `This test is refused. ${message}`, of.range);
  return message;
}

/** The file as a whole: all messages, all cases, and each check once. */
function wholeDocument(config: Config): PromptDocument {
  const issues: Issue[] = [...config.issues, ...config.prompts.flatMap((prompt) => prompt.issues)];
  const first = config.prompts[0];
  const {
    transform: _transform,
    allowed: _allowed,
    callable: _callable,
    ...called
  } = calledBy(config.providers, first ?? { label: '', name: '', config: undefined }, issues);
  const reader = new AssertionReader(config.included, issues, called.tools);
  const checks = config.cases.map(({ checks: own }) => own);
  const evaluators = evaluatorsOf(checks, [], reader); // of no rows: bound to none
  const { description } = fieldsOf(config, []);
  return document(config, config.prompts, {
    ...called,
    name: description,
    testData: config.testsRange ? rowsOf(config.cases) : undefined,
    evaluators,
    issues,
  });
}

type Own = Pick<PromptDocument, 'name' | 'model' | 'parameters' | 'responseFormat' | 'outputSchema' | 'tools' | 'testData' | 'evaluators'> &
  Partial<Pick<PromptDocument, 'key' | 'moreModels'>> & { readonly issues: Issue[] };

function document(config: Config, prompts: readonly ConfigPrompt[], own: Own): PromptDocument {
  const { text, lines, tree, testsRange } = config;
  const { description, settings } = fieldsOf(config, own.issues);
  return {
    format: 'promptfoo',
    dialect: 'nunjucks',
    text,
    lines,
    tree,
    description,
    version: own.key === undefined ? undefined : config.versions.get(own.key),
    inputs: undefined,
    messages: prompts.flatMap(({ messages }) => messages),
    blocks: prompts.flatMap(({ blocks }) => blocks),
    dataset: undefined,
    testDataRange: testsRange,
    evaluatorsRange: own.evaluators.length > 0 ? testsRange : undefined,
    ...settings,
    ...own,
    included: includedFor(prompts, config),
    issues: sortedIssues(own.issues, lines),
  };
}

/** The files of other prompts are not in the fingerprint of these. */
function includedFor(prompts: readonly ConfigPrompt[], config: Config): readonly IncludedFile[] {
  const own = new Set(prompts.map(({ file }) => file));
  const others = new Set(config.prompts.flatMap(({ file }) => (file === undefined || own.has(file) ? [] : [file])));
  return config.included.wanted.map((one) => (others.has(one.value) ? { ...one, inFingerprint: false } : one));
}

function fieldsOf({ text, map }: Config, issues: Issue[]) {
  const entry = entryOf(map, 'evenkeel')?.value;
  const own = new Fields(text, entry?.kind === 'map' ? entry : EMPTY, issues, 'evenkeel');
  return { description: new Fields(text, map, issues).lenientText('description'), settings: readSettings(own) };
}
