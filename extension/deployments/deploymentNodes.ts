import { byWords, type DeploymentsView, momentWords, problemLine, relationWords, versionWords } from '../../protocol/index.ts';
import { escapeTerminalLine } from '../../safety/index.ts';
import type { NodeText } from '../drift/driftNodes.ts';
import { ageOrProblem } from './ageOrProblem.ts';
import type { RootDeployments } from './deploymentRefresher.ts';

type EnvironmentView = DeploymentsView['environments'][number];
type PromptView = EnvironmentView['prompts'][number];

/** What the tree shows: environments and in each its prompts; above them the roots where there are several. Commands get the node that was clicked. */
export type DeploymentNode =
  | { readonly kind: 'root'; readonly root: string; readonly environments: readonly EnvironmentNode[] }
  | EnvironmentNode
  | PromptNode;

export interface EnvironmentNode {
  readonly kind: 'environment';
  readonly root: string;
  readonly environment: string;
  /** Undefined while the engine has not answered. */
  readonly view: EnvironmentView | undefined;
  /** Why the root could not be looked at. */
  readonly problem: string | undefined;
}

export interface PromptNode {
  readonly kind: 'prompt';
  readonly root: string;
  readonly environment: string;
  /** Absent where the root has no such prompt. */
  readonly promptId?: string;
  readonly prompt: PromptView;
}

/** The tree from its top. */
export function deploymentNodes(roots: readonly RootDeployments[]): readonly DeploymentNode[] {
  const perRoot = roots.map(({ root, environments, view, problem }) => {
    const nodes = environments.map(({ environment }): EnvironmentNode => {
      const found = view?.environments.find((one) => one.environment === environment);
      return { kind: 'environment', root, environment, view: found, problem };
    });
    return { kind: 'root' as const, root, environments: nodes };
  });
  return perRoot.length > 1 ? perRoot : (perRoot[0]?.environments ?? []);
}

export function childrenOf(node: DeploymentNode): readonly DeploymentNode[] {
  if (node.kind === 'root') return node.environments;
  if (node.kind === 'prompt') return [];
  const { root, environment, view } = node;
  return (view?.prompts ?? []).map((prompt) => {
    const { promptId } = prompt;
    return { kind: 'prompt', root, environment, prompt, ...(promptId === undefined ? {} : { promptId }) };
  });
}

/** How a node reads: all of it one line of plain text, its tooltip several. */
export function deploymentText(node: DeploymentNode, now: Date): NodeText {
  const text =
    node.kind === 'root' ? rootText(node.root) : node.kind === 'environment' ? environmentText(node, now) : promptText(node.prompt, now);
  return {
    ...text,
    label: escapeTerminalLine(text.label),
    description: escapeTerminalLine(text.description),
    tooltip: text.tooltip.split('\n').map(escapeTerminalLine).join('\n'),
  };
}

function rootText(root: string): NodeText {
  const label = root.slice(Math.max(root.lastIndexOf('/'), root.lastIndexOf('\\')) + 1) || root;
  return { label, description: '', tooltip: root, icon: 'root-folder', color: undefined, contextValue: 'deployments.root' };
}

function environmentText({ environment, view, problem }: EnvironmentNode, now: Date): NodeText {
  const trouble = view?.problem;
  const calm = { icon: 'cloud', color: undefined };
  const worried = { icon: 'warning', color: 'list.warningForeground' };
  const contextValue = trouble?.kind === 'key' ? 'deployments.environment.key' : 'deployments.environment';
  const fixed = { label: environment, contextValue };
  if (problem !== undefined) return { ...fixed, ...worried, description: 'could not be looked at', tooltip: problem };
  if (!view) return { ...fixed, ...calm, description: 'not looked at yet', tooltip: environment };
  const { answeredAt, origin, prompts, source } = view;
  const about = `${environment}: ${SOURCES[source]} ${origin}`;
  if (!trouble) {
    const count = answeredAt === undefined ? '' : `${prompts.length} ${prompts.length === 1 ? 'prompt' : 'prompts'}`;
    return { ...fixed, ...calm, description: [count, ageOrProblem(view, now)].filter(Boolean).join(' · '), tooltip: about };
  }
  const description = ageOrProblem(view, now);
  const tries = `Tried ${trouble.failures} ${trouble.failures === 1 ? 'time' : 'times'}; next try ${nextTry(trouble.retryAt, now)}.`;
  return { ...fixed, ...worried, description, tooltip: [about, problemLine(view, now), trouble.message, tries].join('\n') };
}

function promptText({ promptId, promptName, deployed, relation, drift }: PromptView, now: Date): NodeText {
  const { model, since } = deployed;
  const by = byWords(deployed);
  const parts = [
    versionWords(deployed),
    promptId === undefined ? 'not in this folder' : relation.kind === 'same' ? '= this file' : relationWords(relation),
    since === undefined ? '' : `since ${momentWords(since, now)}`,
    drift ?? '',
  ];
  return {
    label: promptName,
    description: parts.filter(Boolean).join(' · '),
    tooltip: [promptId ?? promptName, model === undefined ? '' : `model ${model}`, by && `by ${by}`].filter(Boolean).join('\n'),
    ...(relation.kind === 'same' ? SAME : relation.kind === 'unknown' ? UNKNOWN : OTHER),
    contextValue: promptId === undefined ? 'deployments.stranger' : 'deployments.prompt',
  };
}

function nextTry(retryAt: string, now: Date): string {
  const minutes = Math.ceil((Date.parse(retryAt) - now.getTime()) / 60_000);
  return minutes > 0 ? `in ${minutes} min` : 'soon';
}

const SOURCES: Readonly<Record<EnvironmentView['source'], string>> = {
  git: 'git ref',
  file: 'deployments file',
  http: 'endpoint',
  langfuse: 'Langfuse label of',
};

type Icon = Pick<NodeText, 'icon' | 'color'>;

const SAME: Icon = { icon: 'check', color: 'testing.iconPassed' };
const OTHER: Icon = { icon: 'arrow-swap', color: 'charts.orange' };
const UNKNOWN: Icon = { icon: 'question', color: undefined };
