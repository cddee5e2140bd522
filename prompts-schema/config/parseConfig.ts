import { isJsonObject, type Json, ownObject } from '../../safety/index.ts';
import { checkSchema, type Refusal } from '../parse/checkSchema.ts';
import type { Issue } from '../parse/issue.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { entryOf, toJson } from '../parse/tree.ts';
import { withoutConsequences } from '../parse/withoutConsequences.ts';
import { parseYamlTree } from '../parse/yamlTree.ts';
import { CONFIG_VERSION, configSchema, DEFAULT_CONFIG, type EvenkeelConfig } from '../schemas/configFile.ts';
import { LineIndex } from '../text/lineIndex.ts';

/** What an evenkeel.yml says. What could not be read is in the issues, and the default holds in its place. */
export interface ParsedConfig {
  readonly config: EvenkeelConfig;
  readonly issues: readonly Issue[];
  readonly lines: LineIndex;
  readonly tree: PositionedNode | undefined;
}

/** Reads any text whatever as evenkeel.yml. Never throws. A file of a newer format is not read at all. */
export function parseConfig(text: string): ParsedConfig {
  const { tree, issues: syntax } = parseYamlTree(text);
  const issues: Issue[] = [...syntax];
  const lines = new LineIndex(text);
  if (!tree) return { config: DEFAULT_CONFIG, issues, lines, tree };
  if (tree.kind !== 'map') {
    issues.push({ code: 'schema.wrong-type', message: 'evenkeel.yml is a map of settings.', range: tree.range });
    return { config: DEFAULT_CONFIG, issues, lines, tree };
  }
  const newer = newerFormat(tree);
  if (newer) return { config: DEFAULT_CONFIG, issues: [...issues, newer], lines, tree };
  const filled = withoutEmptyParts(tree);
  issues.push(...checkSchema(filled, configSchema).issues, ...secretHeaders(filled));
  const found = withoutConsequences(issues, lines).sort((a, b) => a.range.start - b.range.start);
  return { config: readable(filled), issues: found, lines, tree };
}

/** Each round leaves out what the schema refuses; an unreadable part may be refused as a whole in the next one. */
const MOST_ROUNDS = 8;

function readable(tree: MapNode): EvenkeelConfig {
  let value: Json = toJson(tree);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const parsed = configSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const refusal of checkSchema(tree, configSchema, [], value).refusals) value = without(value, refusal.path) ?? {};
  }
  return DEFAULT_CONFIG;
}

/** The value without what the path leads to; where a key of the path is missing, without the part that lacks it (undefined). */
function without(value: Json, path: Refusal['path']): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((item, index) => {
      const kept = index === step ? without(item, rest) : item;
      return kept === undefined ? [] : [kept];
    });
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, String(step))) return undefined;
  const entries: (readonly [string, Json])[] = [];
  for (const [key, item] of Object.entries(value)) {
    const kept = key === String(step) ? without(item, rest) : item;
    if (kept !== undefined) entries.push([key, kept]);
  }
  return ownObject(entries);
}

/** `providers:` with nothing below it is the same as no such key: people leave headings in. */
function withoutEmptyParts(map: MapNode): MapNode {
  const entries = map.entries.filter(({ value }) => value.kind !== 'scalar' || value.value !== null);
  return {
    ...map,
    entries: entries.map((entry) => (entry.value.kind === 'map' ? { ...entry, value: withoutEmptyParts(entry.value) } : entry)),
  };
}

function newerFormat(tree: MapNode): Issue | undefined {
  const version = entryOf(tree, 'formatVersion')?.value;
  if (version?.kind !== 'scalar' || typeof version.value !== 'number' || version.value <= CONFIG_VERSION) return undefined;
  return {
    code: 'schema.newer-format',
    message: `This file is of format ${version.value}, and this Evenkeel reads format ${CONFIG_VERSION}. Update Evenkeel; until then the defaults hold.`,
    range: version.range,
  };
}

/** Headers that carry a secret do not belong in a file of the repository. */
function secretHeaders(tree: MapNode): readonly Issue[] {
  const providers = entryOf(tree, 'providers')?.value;
  if (providers?.kind !== 'map') return [];
  return providers.entries.flatMap(({ value }) => {
    const headers = value.kind === 'map' ? entryOf(value, 'headers')?.value : undefined;
    if (headers?.kind !== 'map') return [];
    return headers.entries
      .filter(({ key, value: header }) => SECRET_NAMES.test(key) || (header.kind === 'scalar' && SECRET_VALUES.test(String(header.value))))
      .map(
        ({ key, range }): Issue => ({
          code: 'schema.wrong-value',
          message: `The header \`${key}\` looks like a secret, which must not be in this file. Remove it, and name the variable of the key in \`keyEnv\`.`,
          range,
          data: { secret: true },
        }),
      );
  });
}

const SECRET_NAMES = /^(?:authorization|proxy-authorization|cookie|(?:x-)?api-?key|x-goog-api-key|x-auth-token)$/i;
const SECRET_VALUES = /^(?:Bearer |Basic )|^(?:sk-|ghp_|gho_|AIza|xai-)/;
