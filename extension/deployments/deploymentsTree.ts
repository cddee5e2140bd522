import * as vscode from 'vscode';
import { COMMANDS, VIEWS } from '../ids.ts';
import { childrenOf, type DeploymentNode, deploymentNodes, deploymentText } from './deploymentNodes.ts';
import type { DeploymentRefresher } from './deploymentRefresher.ts';

/** What runs where, as a tree: environments, and in each its prompts. */
export class DeploymentsTree implements vscode.TreeDataProvider<DeploymentNode> {
  readonly #refresher: DeploymentRefresher;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<DeploymentNode>;
  readonly #subscriptions: readonly { readonly dispose: () => void }[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(refresher: DeploymentRefresher) {
    this.#refresher = refresher;
    this.#view = vscode.window.createTreeView(VIEWS.deployments, { treeDataProvider: this, showCollapseAll: true });
    const looks = this.#view.onDidChangeVisibility(({ visible }) => visible && this.#changed.fire()); // ages are of now
    this.#subscriptions = [this.#view, this.#changed, looks, refresher.onChange(() => this.#changed.fire())];
  }

  getChildren(node?: DeploymentNode): DeploymentNode[] {
    return [...(node ? childrenOf(node) : deploymentNodes(this.#refresher.roots))];
  }

  getTreeItem(node: DeploymentNode): vscode.TreeItem {
    const { label, description, tooltip, icon, color, contextValue } = deploymentText(node, new Date());
    const { Expanded, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(label, childrenOf(node).length ? Expanded : None);
    item.id = idOf(node);
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = contextValue;
    if (node.kind === 'prompt' && node.promptId !== undefined) {
      item.command = { title: 'Compare', command: COMMANDS.compareDeployed, arguments: [node] };
    }
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

function idOf(node: DeploymentNode): string {
  if (node.kind === 'root') return node.root;
  const inside = node.kind === 'prompt' ? [node.promptId ?? '', node.prompt.promptName] : [];
  return JSON.stringify([node.root, node.environment, ...inside]);
}
