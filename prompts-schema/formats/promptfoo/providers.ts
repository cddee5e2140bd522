import type { PromptDocument } from '../../document.ts';
import { canonicalJson } from '../../fingerprint/canonicalJson.ts';
import type { Issue } from '../../parse/issue.ts';
import type { MapNode, PositionedNode } from '../../parse/positioned.ts';
import { entryOf, toJson } from '../../parse/tree.ts';
import type { Located, Range } from '../../text/range.ts';
import { namedOrBareFile } from './fileNames.ts';
import type { Included } from './included.ts';
import { modelOf } from './modelNames.ts';
import { type CallSettings, readCallSettings } from './settings.ts';

/** One provider of a config. */
export interface ConfigProvider {
  /** As it is written. */
  readonly id: Located<string>;
  readonly label: string | undefined;
  /** `provider/model` as we write it; undefined for a provider that runs here have no name for. */
  readonly model: string | undefined;
  readonly config: MapNode | undefined;
  /** Labels of the prompts that are sent to it; all where undefined. */
  readonly prompts: readonly string[] | undefined;
  /** Changes answers by code before they are checked. */
  readonly transform: boolean;
  readonly range: Range;
}

/** How a prompt is called: by the first of its providers that runs here know, and by others that are called in the same way. */
export interface Called extends CallSettings, Pick<PromptDocument, 'model' | 'moreModels'> {
  readonly transform: boolean;
  /** The providers that the prompt is sent to, whether runs here know them or not. */
  readonly allowed: readonly ConfigProvider[];
  /** Those that a run calls. */
  readonly callable: readonly ConfigProvider[];
}

/** The providers of `providers` or `targets`, in order; lists in files are read. `provider` of the default test answers in place of them all. */
export function readProviders(map: MapNode, defaults: MapNode | undefined, included: Included, issues: Issue[]): readonly ConfigProvider[] {
  const entry = (defaults && entryOf(defaults, 'provider')) ?? entryOf(map, 'providers') ?? entryOf(map, 'targets');
  return entry ? providersIn(entry.value, included, issues, 0) : [];
}

/** The one provider that a test names. */
export function readProvider(node: PositionedNode, included: Included, issues: Issue[]): ConfigProvider | undefined {
  return providersIn(node, included, issues, 0)[0];
}

/** Says once which providers are not called. */
export function providerIssues(providers: readonly ConfigProvider[], issues: Issue[]): void {
  const unknown = providers.filter(({ model }) => model === undefined);
  const [first] = unknown;
  if (!first) return;
  const names = unknown.slice(0, MOST_NAMES).map(({ id }) => `\`${id.value}\``);
  issues.push({
    code: 'schema.unresolved-value',
    message: `Runs here do not call ${names.join(', ')}${unknown.length > names.length ? ' …' : ''}. Name a model of yours when you run the prompt (\`--model\`), or as \`defaults.model\` in evenkeel.yml.`,
    range: first.id.range,
    data: { providers: unknown.map(({ id }) => id.value) },
  });
}

/** How a prompt is called. Settings of its own (`config` of a prompt) go before those of the provider. */
export function calledBy(
  providers: readonly ConfigProvider[],
  prompt: { readonly label: string; readonly name: string; readonly config: MapNode | undefined },
  issues: Issue[],
): Called {
  const allowed = providers.filter(({ prompts }) => !prompts || prompts.some((label) => isLabel(label, prompt)));
  const first = allowed.find(({ model }) => model !== undefined);
  const settings = readCallSettings([prompt.config, first?.config], prompt.name, issues);
  if (!first || first.model === undefined) return { ...settings, model: undefined, transform: false, allowed, callable: [] };
  const alike = allowed.filter((other) => other !== first && other.model !== undefined && sameCall(other, first));
  const different = allowed.filter((other) => other.model !== undefined && other.model !== first.model && !sameCall(other, first));
  if (different[0])
    issues.push({
      code: 'schema.unresolved-value',
      message: `${different.map(({ id }) => `\`${id.value}\``).join(', ')}: called with settings of its own, which one prompt has only once. Runs take \`${first.id.value}\`; with \`--model\` another is called with the settings of that.`,
      range: different[0].id.range,
    });
  const more = [...new Set(alike.map(({ model }) => model ?? ''))].filter((model) => model !== first.model);
  return {
    ...settings,
    model: { value: first.model, range: first.id.range },
    ...(more.length > 0 ? { moreModels: more } : {}),
    transform: first.transform,
    allowed,
    callable: [first, ...alike],
  };
}

/** Whether a test or provider that names a prompt means this one: its label, its name, or the group before a colon. */
export function isLabel(wanted: string, { label, name }: { readonly label: string; readonly name: string }): boolean {
  const group = wanted.endsWith(':*') ? wanted.slice(0, -2) : wanted;
  return wanted === label || wanted === name || label.startsWith(`${group}:`);
}

const MOST_NAMES = 4;

/** Whether two providers are called with the same settings. */
export function sameCall(a: ConfigProvider, b: ConfigProvider): boolean {
  const text = ({ config, transform }: ConfigProvider): string => canonicalJson([config ? toJson(config) : {}, transform]);
  return text(a) === text(b);
}

function providersIn(node: PositionedNode, included: Included, issues: Issue[], depth: number): readonly ConfigProvider[] {
  if (node.kind === 'list') return node.items.flatMap((item) => providersIn(item, included, issues, depth));
  if (node.kind === 'scalar') {
    if (node.value === null) return [];
    const id = String(node.value);
    const file = namedOrBareFile(id);
    if (file?.kind !== 'file' || !/\.(?:ya?ml|json)$/i.test(file.path) || depth > 0)
      return [provider(id, node.range, node.range, undefined)];
    const list = included.tree(file.path, node.range, issues, true);
    return list ? providersIn(list, included, issues, depth + 1) : [];
  }
  const id = entryOf(node, 'id')?.value;
  if (id?.kind === 'scalar' && id.value !== null) return [provider(String(id.value), id.range, node.range, node)];
  // the old form: the id is the key
  const [only] = node.entries;
  const inner = node.entries.length === 1 && only?.value.kind === 'map' ? only.value : undefined;
  if (only && inner) return [provider(only.key, only.keyRange, node.range, inner)];
  issues.push({
    code: 'schema.missing-key',
    message: 'A provider needs an `id`, such as `openai:gpt-5-mini`.',
    range: only?.keyRange ?? node.range,
  });
  return [];
}

function provider(id: string, idRange: Range, range: Range, map: MapNode | undefined): ConfigProvider {
  const field = (key: string): PositionedNode | undefined => map && entryOf(map, key)?.value;
  const [label, config, prompts] = [field('label'), field('config'), field('prompts')];
  const settings = config?.kind === 'map' ? config : undefined;
  return {
    id: { value: id, range: idRange },
    label: label?.kind === 'scalar' && label.value !== null ? String(label.value) : undefined,
    model: modelOf(id, settings),
    config: settings,
    prompts:
      prompts?.kind === 'list'
        ? prompts.items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [String(item.value)] : []))
        : undefined,
    transform: field('transform') !== undefined || (settings !== undefined && entryOf(settings, 'transformResponse') !== undefined),
    range,
  };
}
