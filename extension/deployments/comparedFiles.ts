import * as vscode from 'vscode';

/** One file of a prompt on both sides of a comparison. */
export interface ComparedFile {
  /** From the prompt's folder; of the prompt's own file its name. */
  readonly name: string;
  readonly left: vscode.Uri;
  readonly right: vscode.Uri;
  readonly differs: boolean;
}

/**
 * Opens what differs between two states of a prompt: its own file in the native diff, with an offer to see the others that differ as well; where its
 * own file is the same, those others.
 */
export async function showDifferences(own: ComparedFile, others: readonly ComparedFile[], sides: string): Promise<void> {
  const differing = others.filter(({ differs }) => differs);
  const [only] = differing;
  if (own.differs || !only) await showDiff(own, sides);
  else if (differing.length === 1) await showDiff(only, sides);
  else await showAll(differing, `${own.name}: ${sides}`);
  if (own.differs && only) void offerAll([own, ...differing], sides);
}

/** The person need not answer. */
async function offerAll(files: readonly ComparedFile[], sides: string): Promise<void> {
  const names = files.slice(1).map(({ name }) => name);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const said = `${names.slice(0, MOST_NAMED).join(', ')}${more} ${names.length === 1 ? 'differs' : 'differ'} as well.`;
  if ((await vscode.window.showInformationMessage(said, SHOW_ALL)) === SHOW_ALL) await showAll(files, `${files[0]?.name}: ${sides}`);
}

const MOST_NAMED = 3;
const SHOW_ALL = 'Show All';

async function showDiff({ name, left, right }: ComparedFile, sides: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, `${name}: ${sides}`, { preview: true });
}

async function showAll(files: readonly ComparedFile[], title: string): Promise<void> {
  const resources = files.map(({ left, right }) => [right, left, right]);
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}
