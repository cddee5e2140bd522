import * as vscode from 'vscode';
import type { ComparisonPlace, ComparisonView } from '../../protocol/index.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { childNodes, comparisonNodes, type DriftNode, nodeText } from './driftNodes.ts';
import type { DriftOverview } from './driftOverview.ts';

/** What the tree asks of others. */
export interface DriftTreeNeeds {
  readonly overview: DriftOverview;
  readonly trusted: () => boolean;
  /** A comparison with its groups; asked when a person opens one. */
  readonly view: (place: ComparisonPlace) => Promise<ComparisonView>;
  /** Takes an error that the tree does without. */
  readonly report: (error: unknown) => void;
}

/** The comparisons to review as a tree, with how many cases wait as its badge. */
export class DriftTree implements vscode.TreeDataProvider<DriftNode> {
  readonly #needs: DriftTreeNeeds;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<DriftNode>;
  readonly #subscriptions: readonly { readonly dispose: () => void }[];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(needs: DriftTreeNeeds) {
    this.#needs = needs;
    this.#view = vscode.window.createTreeView(VIEWS.comparisons, { treeDataProvider: this, showCollapseAll: true });
    const looks = this.#view.onDidChangeVisibility(({ visible }) => visible && void needs.overview.refresh());
    this.#subscriptions = [this.#view, this.#changed, looks, needs.overview.onChange(() => this.#show())];
  }

  async getChildren(node?: DriftNode): Promise<DriftNode[]> {
    if (!node) return [...comparisonNodes(this.#needs.overview.comparisons())];
    if (node.kind === 'group') return [...node.cases];
    return node.kind === 'comparison' ? [...childNodes(node.listing, await this.#viewOf(node))] : [];
  }

  getTreeItem(node: DriftNode): vscode.TreeItem {
    const { label, description, tooltip, icon, color, contextValue } = nodeText(node, Date.now());
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const leaf = node.kind === 'case' || (node.kind === 'comparison' && node.listing.reviewable.length === 0);
    const item = new vscode.TreeItem(label, leaf ? None : Collapsed);
    const inside = node.kind === 'case' ? ` case ${node.caseId}` : node.kind === 'group' ? ` group ${node.group.id}` : '';
    item.id = `${node.root} ${node.comparisonId}${inside}`;
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = contextValue;
    if (node.kind !== 'group') item.command = { title: 'Show', command: COMMANDS.showDrift, arguments: [node] };
    return item;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #show(): void {
    const pending = this.#needs.overview.pending();
    this.#view.badge = pending ? { value: pending, tooltip: `${pending} to review` } : undefined;
    this.#changed.fire();
  }

  /** Groups come from the engine, which does not start in a folder that is not trusted: there the cases stand alone. */
  async #viewOf({ root, comparisonId }: ComparisonPlace): Promise<ComparisonView | undefined> {
    if (!this.#needs.trusted()) return undefined;
    try {
      return await this.#needs.view({ root, comparisonId });
    } catch (error) {
      this.#needs.report(error);
      return undefined;
    }
  }
}
