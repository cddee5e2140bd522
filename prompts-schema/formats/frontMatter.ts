import type { Issue } from '../parse/issue.ts';
import type { MapNode, PositionedNode } from '../parse/positioned.ts';
import { shiftTree } from '../parse/shiftTree.ts';
import { MAX_YAML_LENGTH, parseYamlTree } from '../parse/yamlTree.ts';
import { openingLine } from '../template/openingLine.ts';
import type { Range } from '../text/range.ts';

/** The parts of a file that begins with settings and goes on with a template. */
export interface FileParts {
  /** The YAML between the lines; undefined where the file has none. */
  readonly front: Range | undefined;
  readonly body: Range;
  readonly issues: readonly Issue[];
}

/** The settings of such a file, with places in the file. */
export interface FrontMatter {
  readonly tree: PositionedNode | undefined;
  /** The same as a map; empty where there is none. */
  readonly map: MapNode;
  readonly issues: readonly Issue[];
}

/** Why a file is not read at all: it is no text, or too much of it. */
export function refusalOf(text: string): Issue | undefined {
  if (text.length > MAX_YAML_LENGTH)
    return {
      code: 'schema.too-large',
      message: 'The file is larger than 1 MB, which no prompt needs. Move data to a .jsonl or .csv file.',
      range: openingLine(text, 0, 80),
    };
  return text.slice(0, BINARY_PROBE).includes('\u0000')
    ? {
        code: 'schema.not-a-prompt',
        message: 'This file is not text, and so no prompt.',
        range: { start: 0, end: Math.min(1, text.length) },
      }
    : undefined;
}

/** Reads the YAML of the front matter. Anything but a map is an issue. */
export function readFrontMatter(text: string, front: Range | undefined): FrontMatter {
  const nowhere = front ?? { start: 0, end: 0 };
  const empty: MapNode = { kind: 'map', entries: [], range: nowhere };
  if (!front) return { tree: undefined, map: empty, issues: [] };
  const { tree, issues } = shiftTree(parseYamlTree(text.slice(front.start, front.end)), front.start);
  if (!tree || tree.kind === 'map') return { tree, map: tree ?? empty, issues };
  const message = `The settings at the top are a map of keys and values; this is ${tree.kind === 'list' ? 'a list' : 'a single value'}.`;
  return {
    tree,
    map: empty,
    issues: [...issues, { code: 'schema.wrong-type', message, range: openingLine(text, front.start, front.end) }],
  };
}

/** How much of a file is searched for bytes that no text has. */
const BINARY_PROBE = 4_096;
