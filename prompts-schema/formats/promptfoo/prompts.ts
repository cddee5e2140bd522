import { csvRecords, sniffDelimiter } from '../../dataset/csv.ts';
import { jsonLines } from '../../dataset/jsonl.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode, ScalarNode } from '../../parse/positioned.ts';
import { entryOf } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import { type Around, readSurrounded, type SurroundedPrompt } from './around.ts';
import { baseName, extensionOf, kindOf, type NamedFile, namedOrBarePattern } from './fileNames.ts';
import type { Included } from './included.ts';
import { PromptNames } from './names.ts';
import { fileSource, type PromptSource, scalarSource } from './promptText.ts';

/** One prompt of a config. */
export interface ConfigPrompt extends SurroundedPrompt {
  /** Of the prompt id, each once. */
  readonly name: string;
  /** What tests and providers call it. */
  readonly label: string;
  readonly nameRange: Range;
  /** Where it is written, or where its file is named. */
  readonly range: Range;
  /** Settings of a call that are this prompt's own. */
  readonly config: MapNode | undefined;
  /** The file that holds it, as written; undefined for one that stands in the config. */
  readonly file: string | undefined;
}

/** Every prompt of `prompts`, in order. One that cannot be sent from here has no messages and an issue that names it. */
export function readPrompts(
  config: string,
  entry: PositionedNode | undefined,
  around: Around,
  included: Included,
): readonly ConfigPrompt[] {
  const items = entry?.kind === 'list' ? entry.items : entry?.kind === 'map' ? labelled(entry) : entry ? [entry] : [];
  const names = new PromptNames();
  return items.flatMap((item) => promptsOf(config, item, included).map((draft) => finished(draft, around, names)));
}

interface Draft {
  readonly source: PromptSource | undefined;
  readonly chat: 'maybe' | 'yaml';
  readonly label: string | undefined;
  readonly named: string | undefined;
  readonly nameRange: Range;
  readonly range: Range;
  readonly config: MapNode | undefined;
  readonly file: string | undefined;
  readonly issues: readonly Issue[];
}

function finished(
  { source, chat, label, named, nameRange, range, config, file, issues }: Draft,
  around: Around,
  names: PromptNames,
): ConfigPrompt {
  const read = source ? readSurrounded(source, chat, around) : { messages: [], blocks: [], issues: [], chat: false };
  const name = names.give(label ?? named);
  return { ...read, issues: [...issues, ...read.issues], name, label: label ?? source?.text ?? name, nameRange, range, config, file };
}

/** The old form of a map from file to label. */
function labelled(map: MapNode): readonly PositionedNode[] {
  return map.entries.map(({ key, keyRange, value, range }) => ({
    kind: 'map',
    entries: [
      { key: 'id', keyRange, value: { kind: 'scalar', value: key, range: keyRange, style: 'plain' }, range: keyRange },
      { key: 'label', keyRange: value.range, value, range: value.range },
    ],
    range,
  }));
}

function promptsOf(config: string, item: PositionedNode, included: Included): readonly Draft[] {
  if (item.kind === 'scalar') return draftsOf(config, item, { label: undefined, nameRange: item.range, range: item.range }, included);
  const range = item.range;
  const refuse = (message: string): readonly Draft[] => [
    { ...NOTHING, nameRange: range, range, issues: [{ code: 'schema.wrong-type', message, range }] },
  ];
  if (item.kind === 'list') return refuse('A prompt is a text, the name of a file, or a map with `raw` or `id`, not a list.');
  const text = entryOf(item, 'raw') ?? entryOf(item, 'id');
  if (text?.value.kind !== 'scalar' || text.value.value === null)
    return refuse('This prompt has no text: give it `raw`, or the file as `id`.');
  const label = entryOf(item, 'label')?.value;
  const settings = entryOf(item, 'config')?.value;
  const own = label?.kind === 'scalar' && label.value !== null ? String(label.value) : undefined;
  const place = { label: own, nameRange: own === undefined ? text.value.range : (label?.range ?? range), range };
  return draftsOf(config, text.value, place, included).map((draft) => ({
    ...draft,
    config: settings?.kind === 'map' ? settings : undefined,
  }));
}

type Place = Pick<Draft, 'label' | 'nameRange' | 'range'>;

const NOTHING = {
  source: undefined,
  chat: 'maybe',
  label: undefined,
  named: undefined,
  config: undefined,
  file: undefined,
  issues: [],
} as const;

/** Prompts that are kept or made elsewhere: `langfuse://…`, `exec:…`. */
const ELSEWHERE = /^(?:(langfuse|portkey|helicone|az|package|https?):(?:\/\/)?|(exec|python|ruby):)/i;

function draftsOf(config: string, node: ScalarNode, place: Place, included: Included): readonly Draft[] {
  const text = node.value === null ? '' : String(node.value);
  const refuse = (message: string, named?: string): readonly Draft[] => [
    { ...NOTHING, ...place, named, issues: [{ code: 'schema.unsupported-value', message, range: node.range }] },
  ];
  if (!text.trim())
    return [{ ...NOTHING, ...place, issues: [{ code: 'schema.wrong-value', message: 'This prompt is empty.', range: node.range }] }];
  const file = namedOrBarePattern(text);
  const elsewhere = file || /[\n{]/.test(text) ? undefined : ELSEWHERE.exec(text);
  if (elsewhere?.[1]) return refuse(`\`${shown(text)}\` is kept elsewhere and not fetched: this prompt cannot be run from here.`, text);
  if (elsewhere || file?.kind === 'code')
    return refuse(
      `\`${shown(file?.path ?? text)}\` is code that makes a prompt, and nothing of a repository is executed here. Write its text to a file (.txt, .json) and name that.`,
      file && baseName(file.path),
    );
  if (file?.kind === 'pattern') return patternDrafts(config, file.path, node, place, included);
  if (!file) return [{ ...NOTHING, ...place, source: scalarSource(config, node) }];
  return fileDrafts(file, node.range, place, included);
}

/** The files that fit, in order; those that hold no prompts are passed over. */
function patternDrafts(config: string, pattern: string, node: ScalarNode, place: Place, included: Included): readonly Draft[] {
  const fitting = included.paths(pattern, node.range);
  const paths = fitting.filter((path) => kindOf(path).kind === 'code' || HELD.test(path));
  if (fitting.length > 0 && paths.length === 0) {
    const message = `No file that fits \`${shown(pattern)}\` holds a prompt: those end in .txt, .md, .j2, .json, .jsonl, .yaml or .csv.`;
    return [{ ...NOTHING, ...place, named: pattern, issues: [{ code: 'schema.unsupported-value', message, range: node.range }] }];
  }
  return paths.flatMap((path) => {
    const own = { ...place, label: place.label === undefined ? undefined : `${place.label}: ${path}` };
    return draftsOf(config, { ...node, value: `file://${path}` }, own, included);
  });
}

const HELD = /\.(?:txt|md|j2|jsonl?|ya?ml|csv|tsv)$/i;

function fileDrafts({ path }: NamedFile, range: Range, place: Place, included: Included): readonly Draft[] {
  const text = included.text(path, range, true);
  const named = baseName(path);
  if (text === undefined) return [{ ...NOTHING, ...place, named, file: path }];
  const extension = extensionOf(path);
  const draft = (part: string, label: string | undefined = place.label): Draft => ({
    ...NOTHING,
    ...place,
    label,
    named,
    file: path,
    source: fileSource(part, path, range),
    chat: extension === 'yaml' || extension === 'yml' ? 'yaml' : 'maybe',
  });
  switch (extension) {
    case 'txt':
      return separated(text).map((part) => draft(part));
    case 'jsonl':
      return [...jsonLines(text)].map(({ start, end }) => draft(text.slice(start, end)));
    case 'csv':
    case 'tsv':
      return csvPrompts(text, draft);
    default:
      return [draft(text)];
  }
}

/** Several prompts in one text, with lines `---` between them. */
function separated(text: string): readonly string[] {
  const parts = text
    .split(/^---[ \t]*\r?$/m)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length > 0 ? parts : [''];
}

function csvPrompts(text: string, draft: (part: string, label?: string) => Draft): readonly Draft[] {
  const [header, ...rows] = [...csvRecords(text, sniffDelimiter(text))];
  const column = (name: string): number => header?.cells.findIndex(({ value }) => value.trim() === name) ?? -1;
  const [prompt, label] = [column('prompt'), column('label')];
  const records = prompt < 0 && header ? [header, ...rows] : rows; // one column without a header
  return records.flatMap(({ cells }) => {
    const part = cells[Math.max(prompt, 0)]?.value ?? '';
    return part.trim() ? [draft(part, cells[label]?.value.trim() || undefined)] : [];
  });
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
