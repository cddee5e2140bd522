import * as vscode from 'vscode';
import { keyOwnerName } from '../evals/keyOwnerName.ts';
import { type KeyOwner, type KeyQuestions, originOf } from '../evals/keys.ts';

/** The questions about keys as VS Code asks them. */
export const KEY_QUESTIONS: KeyQuestions = {
  async allowOrigin(question) {
    const detail = 'Allow only an address that you know. A key that you give now goes there and nowhere else.';
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, 'Allow')) === 'Allow';
  },
  async enterKey({ provider, origin }) {
    return vscode.window.showInputBox({
      title: `API key for ${keyOwnerName(provider)}`,
      prompt: `Kept in the editor's secret storage and sent to ${origin} only.`,
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (/^\S+$/.test(value.trim()) ? undefined : 'A key has no spaces and is not empty.'),
    });
  },
};

/** Providers with an origin of their own. */
const OWN_ORIGINS: readonly KeyOwner[] = [
  { provider: 'openai', origin: 'https://api.openai.com' },
  { provider: 'anthropic', origin: 'https://api.anthropic.com' },
];

/** Lets the person pick whom a key is for: the built-in providers, those with a key already, or another one by name and address. */
export async function pickOwner(stored: readonly KeyOwner[]): Promise<KeyOwner | undefined> {
  const known = new Map([...OWN_ORIGINS, ...stored].map((owner) => [`${owner.provider} ${owner.origin}`, owner]));
  const has = (owner: KeyOwner): boolean => stored.some(({ provider, origin }) => provider === owner.provider && origin === owner.origin);
  const items = [...known.values()].map((owner) => ({ ...itemOf(owner), description: `${owner.origin}${has(owner) ? ' · key set' : ''}` }));
  const other = { label: 'Another server…', description: 'a provider of your evenkeel.yml', owner: undefined };
  const picked = await vscode.window.showQuickPick([...items, other], { title: 'Set API key for' });
  return picked && (picked.owner ?? enterOwner());
}

/** Lets the person pick one of those that have a key. */
export async function pickStoredOwner(stored: readonly KeyOwner[]): Promise<KeyOwner | undefined> {
  return (await vscode.window.showQuickPick(stored.map(itemOf), { title: 'Remove API key of' }))?.owner;
}

function itemOf(owner: KeyOwner): vscode.QuickPickItem & { readonly owner: KeyOwner } {
  return { label: keyOwnerName(owner.provider), description: owner.origin, owner };
}

async function enterOwner(): Promise<KeyOwner | undefined> {
  const prompt = 'The name of the provider as evenkeel.yml writes it';
  const provider = (await vscode.window.showInputBox({ title: 'Another server (1 of 2)', prompt, ignoreFocusOut: true }))?.trim();
  if (!provider) return undefined;
  const address = await vscode.window.showInputBox({
    title: 'Another server (2 of 2)',
    prompt: 'Its address; the key goes to this scheme, host and port only',
    placeHolder: 'https://models.example.com',
    ignoreFocusOut: true,
    validateInput: (value) => (originOf(value) ? undefined : 'An address such as https://models.example.com, without a name or password.'),
  });
  const origin = address && originOf(address);
  return origin ? { provider, origin } : undefined;
}
