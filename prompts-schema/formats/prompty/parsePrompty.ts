import type { OutputSchema, PromptDocument, TemplateDialect } from '../../document.ts';
import { parseSemver } from '../../lock/semver.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import { LineIndex } from '../../text/lineIndex.ts';
import { nearest } from '../../text/nearest.ts';
import type { Located } from '../../text/range.ts';
import { readBody } from '../bodyTemplate.ts';
import { type FileParts, readFrontMatter, refusalOf } from '../frontMatter.ts';
import { Fields } from '../native/fields.ts';
import { namedSchemaOf } from '../native/outputSchema.ts';
import { isOwnKey, readOwnFields } from '../ownFields.ts';
import { sampleCase } from '../sampleCase.ts';
import { sortedIssues } from '../sortedIssues.ts';
import { bodyIssues } from './bodyIssues.ts';
import { readModel } from './model.ts';
import { promptyParts } from './parts.ts';
import { defaultsOf, inputsOf, objectSchema, readProperties, sampleMap } from './properties.ts';
import { environmentIssue, fileIssue, referenceOf } from './references.ts';
import { divideByRoles, PROMPTY } from './roleMarkers.ts';
import { readTools } from './tools.ts';
import { versionOf } from './version.ts';

/** Reads a Prompty file of either version: settings in YAML, and a template whose lines `system:`, `user:` … say who speaks. */
export function parsePrompty(text: string): PromptDocument {
  const refusal = refusalOf(text);
  const parts: FileParts = refusal ? { front: undefined, body: { start: 0, end: 0 }, issues: [refusal] } : promptyParts(text);
  const front = readFrontMatter(text, parts.front);
  const issues: Issue[] = [...parts.issues, ...front.issues];
  const { map } = front;
  const fields = new Fields(text, map, issues);
  const lines = new LineIndex(text);
  const version = versionOf(map);
  checkKeys(map, issues);
  const dialect = dialectOf(map, issues);
  const body = readBody(text, parts.body, dialect, PROMPTY, issues, divideByRoles(text, parts.body, version, issues));
  issues.push(...bodyIssues(text, parts.body, version));
  const name = fields.lenientText('name');
  const added = readOwnFields(text, map, issues);
  const own = { ...added, version: added.version ?? labelledVersion(map) };
  const inputs = readInputs(map, issues);
  const model = readModel(map, name?.value, issues);
  const sample = readSample(map, issues);
  const defaults = defaultsOf(inputs.properties);
  const dataset = own.dataset ?? sample.file ?? inputs.file;
  return {
    format: 'prompty',
    dialect,
    text,
    lines,
    tree: front.tree,
    name,
    description: fields.lenientText('description'),
    ...model,
    inputs: inputs.declared,
    ...(defaults ? { defaults } : {}),
    messages: body.messages,
    ...(body.body ? { body: body.body } : {}),
    ...(body.blocks ? { blocks: body.blocks } : {}),
    ...(body.partials ? { partials: body.partials } : {}),
    ...(version === 2 && !model.outputSchema ? { outputSchema: readOutputs(map, name?.value) } : {}),
    tools: readTools(map, issues) ?? model.tools,
    ...own,
    dataset,
    ...(dataset ? {} : sampleCase(sample.map ?? inputs.sample, body.variables, own, issues)),
    issues: sortedIssues(issues, lines),
  };
}

/** The label that its author gave the file, where it is one that a release can have. */
function labelledVersion(map: MapNode): Located<string> | undefined {
  const node = entryOf(map, 'version')?.value;
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || !parseSemver(node.value)) return undefined;
  return { value: node.value, range: node.range };
}

const KEYS: readonly string[] = [
  ...['name', 'displayName', 'description', 'version', 'authors', 'tags', 'metadata', 'model', 'inputs', 'outputs', 'sample', 'template'],
  ...['tools', 'base', '$schema', 'id', 'instructions', 'inputSchema', 'outputSchema', 'kind', 'environment', 'parameters'],
];

/** Keys that nobody knows are no error in Prompty; one that looks like a slip is worth a word. */
function checkKeys({ entries }: MapNode, issues: Issue[]): void {
  for (const { key, keyRange } of entries)
    if (!KEYS.includes(key) && !isOwnKey(key) && nearest(key, KEYS)) issues.push(unknownKeyIssue(key, keyRange, KEYS, []));
  const base = entries.find(({ key }) => key === 'base');
  if (base)
    issues.push({
      code: 'schema.unsupported-value',
      message: 'What this file inherits is not read. Write the settings of the other file here.',
      range: base.value.range,
      data: { construct: 'base' },
    });
}

const DIALECTS: ReadonlyMap<string, TemplateDialect> = new Map([
  ['jinja2', 'jinja'],
  ['jinja', 'jinja'],
  ['nunjucks', 'nunjucks'],
  ['mustache', 'mustache'],
]);

/** `template: jinja2`, `{ type: jinja2 }`, `{ format: jinja2 }` or `{ format: { kind: jinja2 } }`. */
function dialectOf(map: MapNode, issues: Issue[]): TemplateDialect {
  let node = entryOf(map, 'template')?.value;
  for (const key of ['format', 'type', 'kind']) if (node?.kind === 'map') node = entryOf(node, key)?.value ?? node;
  if (node?.kind === 'map') node = entryOf(node, 'kind')?.value ?? node;
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return 'jinja';
  const dialect = DIALECTS.get(node.value.toLowerCase());
  if (dialect) return dialect;
  const near = nearest(node.value, DIALECTS.keys());
  issues.push({
    code: 'schema.wrong-value',
    message: `No template language is called "${node.value}" here; it is read as jinja2. Known are jinja2 and mustache.`,
    range: node.range,
    ...(near ? { data: { nearest: near } } : {}),
  });
  return 'jinja';
}

function readInputs(map: MapNode, issues: Issue[]) {
  const entry = entryOf(map, 'inputs') ?? entryOf(map, 'inputSchema');
  const reference = entry && referenceOf(entry);
  if (!entry || reference?.kind === 'file')
    return { properties: [], declared: undefined, sample: undefined, file: reference?.kind === 'file' ? reference.path : undefined };
  const properties = readProperties(entry.value);
  for (const property of properties)
    for (const value of [property.default, property.sample]) {
      const inner = value && referenceOf({ value });
      const own = { key: property.name, keyRange: property.nameRange, range: property.range, value: value ?? property.node };
      if (inner?.kind === 'env') issues.push(environmentIssue(`\`${property.name}\``, inner.name, own));
      else if (inner?.kind === 'file') issues.push(fileIssue(`\`${property.name}\``, inner.path));
    }
  const plain = properties.filter(({ default: one, sample }) => ![one, sample].some((value) => value && referenceOf({ value })));
  return { properties: plain, declared: inputsOf(properties, issues), sample: sampleMap(plain, entry.value.range), file: undefined };
}

/** `sample`: a map of values, or the file that holds one. */
function readSample(map: MapNode, issues: Issue[]): { readonly map: MapNode | undefined; readonly file: Located<string> | undefined } {
  const entry = entryOf(map, 'sample');
  if (!entry) return { map: undefined, file: undefined };
  const reference = referenceOf(entry);
  if (reference?.kind === 'file') return { map: undefined, file: reference.path };
  if (reference?.kind === 'env') issues.push(environmentIssue('The sample', reference.name, entry));
  if (entry.value.kind === 'map') return { map: entry.value, file: undefined };
  const path = entry.value.kind === 'scalar' && typeof entry.value.value === 'string' ? entry.value.value.trim() : '';
  return { map: undefined, file: /\.(?:json|ya?ml)$/i.test(path) ? { value: path, range: entry.value.range } : undefined };
}

function readOutputs(map: MapNode, promptName: string | undefined): OutputSchema | undefined {
  const entry = entryOf(map, 'outputs') ?? entryOf(map, 'outputSchema');
  const properties = entry ? readProperties(entry.value) : [];
  if (!entry || properties.length === 0) return undefined;
  const named = namedSchemaOf(objectSchema(properties), promptName);
  return 'missing' in named ? undefined : { kind: 'inline', value: named, range: entry.value.range };
}
