/** In the page: what VS Code has stored of its editors, one text a workspace. */
export async function storedLayout(): Promise<readonly string[]> {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const layouts: string[] = [];
  for (const { name = '' } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await settled(indexedDB.open(name));
    if (database.objectStoreNames.contains('ItemTable')) {
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      const layout: unknown = await settled(items.get('memento/workbench.parts.editor'));
      if (layout !== undefined) layouts.push(String(layout));
    }
    database.close();
  }
  return layouts;
}

/** What a stored layout keeps for a panel, with whatever escapes; empty where it has none. */
export function stateOf(layout: string, viewType: string): string {
  const at = layout.indexOf(viewType);
  const state = at < 0 ? -1 : layout.indexOf('state', at);
  return state < 0 ? '' : layout.slice(state, state + 60);
}
