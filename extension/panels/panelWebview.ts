import * as vscode from 'vscode';
import { type Page, panelHtml } from './html.ts';

/** A new panel beside the editor, which keeps the focus. */
export function createPanelWebview(viewType: string, extensionUri: vscode.Uri, title: string): vscode.WebviewPanel {
  const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  return vscode.window.createWebviewPanel(viewType, title, column, webviewOptions(extensionUri));
}

/** Gives a panel, new or restored, its options, title, icon and page. */
export function fillPanelWebview(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, page: Page): void {
  const { webview } = panel;
  webview.options = webviewOptions(extensionUri);
  panel.title = page.title;
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'extension', 'media', 'icon.png');
  const dist = webviewFolder(extensionUri);
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  webview.html = panelHtml({ cspSource: webview.cspSource, file }, page);
}

function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions & vscode.WebviewPanelOptions {
  return { enableScripts: true, enableCommandUris: false, enableForms: false, localResourceRoots: [webviewFolder(extensionUri)] };
}
