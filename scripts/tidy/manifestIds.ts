import { lineAt } from './maskSource.ts';
import type { Problem, Tree } from './tree.ts';

const MANIFEST = 'package.json';
const IDS = 'extension/ids.ts';

/** An id of ours anywhere in a text: `evenkeel.runEval`, also within a when-clause; not a path, not a file such as evenkeel.yml. */
const ID = /(?<![\w./-])evenkeel(?:\.[A-Za-z][\w-]*)+/g;
const FILE = /\.(ya?ml|json|lock|vsix|cjs|mjs|js)$/;

interface Manifest {
  readonly contributes?: {
    readonly commands?: readonly { readonly command: string }[];
    readonly menus?: unknown;
    readonly keybindings?: unknown;
  };
  readonly activationEvents?: unknown;
  readonly capabilities?: unknown;
}

/** Every id of the manifest is a constant of extension/ids.ts and the other way round, and every command is declared and registered. */
export function manifestIds(tree: Tree): readonly Problem[] {
  const ids = tree.files.find(({ path }) => path === IDS);
  const text = tree.read(MANIFEST);
  if (!ids || text === undefined) return [];
  const manifest = JSON.parse(text) as Manifest;
  const { contributes, activationEvents, capabilities } = manifest;
  const inManifest = idsIn([contributes, activationEvents, capabilities]);
  const inCode = new Map(
    ids.literals.filter(({ value }) => value.startsWith('evenkeel.')).map(({ value, start }) => [value, lineAt(ids.text, start)]),
  );
  const declared = (contributes?.commands ?? []).map(({ command }) => command);
  const used = new Set([...idsIn([contributes?.menus, contributes?.keybindings], 'command')]);
  const at = (id: string): Problem['line'] => lineAt(text, Math.max(0, text.indexOf(`"${id}"`)));

  return [
    ...[...inManifest]
      .filter((id) => !inCode.has(id))
      .map((id) => ({ file: MANIFEST, line: at(id), message: `${id} has no constant in ${IDS}` })),
    ...[...inCode].filter(([id]) => !inManifest.has(id)).map(([id, line]) => ({ file: IDS, line, message: `${id} is not in ${MANIFEST}` })),
    ...[...used]
      .filter((id) => !declared.includes(id))
      .map((id) => ({ file: MANIFEST, line: at(id), message: `${id} is in a menu or key binding, but not in contributes.commands` })),
    ...unregistered(tree, ids.text).map(({ id, line }) => ({ file: IDS, line, message: `${id} is registered nowhere in extension/` })),
  ];
}

/** All ids in a piece of the manifest, in keys and values; with `only`, those that are the value of this key. */
function idsIn(piece: unknown, only?: string): ReadonlySet<string> {
  const found = new Set<string>();
  const take = (text: string) => {
    for (const [id] of text.matchAll(ID)) if (!FILE.test(id)) found.add(id);
  };
  const visit = (value: unknown, key: string | undefined): void => {
    if (typeof value === 'string') {
      if (!only || key === only) take(value);
    } else if (Array.isArray(value)) for (const each of value) visit(each, key);
    else if (value && typeof value === 'object') {
      for (const [name, each] of Object.entries(value)) {
        if (!only) take(name);
        visit(each, name);
      }
    }
  };
  visit(piece, undefined);
  return found;
}

/** The constants of COMMANDS that no command file takes as its id and no call registers. */
function unregistered({ files }: Tree, ids: string): readonly { readonly id: string; readonly line: number }[] {
  const [block = ''] = /export const COMMANDS\b[^}]*}/.exec(ids) ?? [];
  const code = files.filter(({ path }) => path.startsWith('extension/') && path !== IDS).map(({ masked }) => masked);
  const registered = new Set(
    code.flatMap((masked) => [...masked.matchAll(/(?:\bid:|registerCommand\()\s*COMMANDS\.(\w+)/g)].map(([, name]) => name)),
  );
  return [...block.matchAll(/(\w+):\s*'([^']+)'/g)]
    .filter(([, name]) => !registered.has(name))
    .map(([, , id = '']) => ({ id, line: lineAt(ids, ids.indexOf(`'${id}'`)) }));
}
