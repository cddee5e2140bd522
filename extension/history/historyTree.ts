import * as vscode from 'vscode';
import type { HistoryView, PromptInputs } from '../../protocol/index.ts';
import { holdsSeveral, isPromptFile } from '../client/documents.ts';
import { errorNotice } from '../evals/turn.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { type HistoryNode, historyMessage, historyNodes, historyText } from './historyNodes.ts';
import { LatestOnly } from './latestOnly.ts';

/** What the tree asks of others. */
export interface HistoryTreeNeeds {
  readonly inputs: (uri: string) => Promise<PromptInputs>;
  readonly history: (params: { readonly root: string; readonly promptId: string }) => Promise<HistoryView>;
  readonly trusted: () => boolean;
  /** Takes an error that the view has told in short. */
  readonly report: (error: unknown) => void;
}

const SEVERAL = 'This file holds several prompts; `evenkeel history <file>#<name>` tells the history of one.';

/** What has happened to the prompt in the active editor, newest first. It is looked up only while somebody sees it. */
export class HistoryTree implements vscode.TreeDataProvider<HistoryNode> {
  readonly #needs: HistoryTreeNeeds;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<HistoryNode>;
  readonly #subscriptions: readonly { readonly dispose: () => void }[];
  readonly #looks = new LatestOnly();
  #uri: string | undefined;
  #nodes: readonly HistoryNode[] = [];
  /** What is shown is of an earlier time: looked up again when somebody sees it. */
  #stale = true;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(needs: HistoryTreeNeeds) {
    this.#needs = needs;
    this.#view = vscode.window.createTreeView(VIEWS.history, { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(() => this.#lookWhenSeen()),
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#follow(editor)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.toString() === this.#uri && this.refresh()),
    ];
    this.#follow(vscode.window.activeTextEditor);
  }

  /** The address of the prompt whose history somebody sees. */
  get seen(): string | undefined {
    return this.#view.visible ? this.#uri : undefined;
  }

  /** Shows the history of this prompt and brings the view into sight. */
  async show(uri: string): Promise<void> {
    this.#setPrompt(uri);
    await vscode.commands.executeCommand(`${VIEWS.history}.focus`);
    this.#lookWhenSeen();
  }

  /** Something happened: looked up again, at once when the view is seen. */
  refresh(): void {
    this.#stale = true;
    this.#lookWhenSeen();
  }

  getChildren(node?: HistoryNode): HistoryNode[] {
    return node ? [] : [...this.#nodes];
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    const { label, description, tooltip, icon, color, contextValue } = historyText(node, new Date());
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
    item.description = description;
    item.tooltip = tooltip;
    item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
    item.contextValue = contextValue;
    item.command = { title: 'Show', command: COMMANDS.showChange, arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#looks.stop();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Another prompt in the active editor; an editor of something else leaves the one shown. */
  #follow(editor: vscode.TextEditor | undefined): void {
    const uri = editor?.document.uri;
    if (uri?.scheme !== 'file' || !isPromptFile(uri.path)) return;
    this.#setPrompt(uri.toString());
    this.#lookWhenSeen();
  }

  #setPrompt(uri: string): void {
    if (uri === this.#uri) return;
    this.#uri = uri;
    this.#stale = true;
    this.#nodes = [];
    this.#changed.fire();
  }

  #lookWhenSeen(): void {
    if (this.#stale && this.#view.visible && this.#uri !== undefined) void this.#look(this.#uri);
  }

  async #look(uri: string): Promise<void> {
    if (!this.#needs.trusted()) return this.#show([], undefined); // the view's welcome says why
    if (holdsSeveral(uri)) return this.#show([], SEVERAL);
    this.#stale = false;
    const current = this.#looks.begin();
    try {
      const { root, promptId } = await this.#needs.inputs(uri);
      const view = await this.#needs.history({ root, promptId });
      if (current()) this.#show(historyNodes(root, view), historyMessage(view));
    } catch (error) {
      if (!current()) return;
      this.#show([], errorNotice(error));
      this.#needs.report(error);
    }
  }

  #show(nodes: readonly HistoryNode[], message: string | undefined): void {
    this.#nodes = nodes;
    this.#view.message = message ?? '';
    this.#changed.fire();
  }
}
