import { isBuiltin } from 'node:module';
import { NETWORK_MODULES, NETWORK_PLACES, PACKAGE_ROOMS, PURE_ROOMS } from '../house.ts';
import { type Problem, roomOf, type Tree } from './tree.ts';

/** Packages and Node's modules are imported only where the house lets them, and a room's packages are all declared dependencies. */
export function packageImports(tree: Tree): readonly Problem[] {
  const manifest = JSON.parse(tree.read('package.json') ?? '{}') as { readonly dependencies?: Readonly<Record<string, string>> };
  const declared = Object.keys(manifest.dependencies ?? {});
  return tree.files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [];
    return file.imports.flatMap(({ specifier, line, typeOnly }) => {
      if (specifier.startsWith('.')) return [];
      const message = isBuiltin(specifier)
        ? builtinObjection(file.path, room, specifier)
        : packageObjection(file.path, specifier, declared, typeOnly);
      return message ? [{ file: file.path, line, message }] : [];
    });
  });
}

function builtinObjection(file: string, room: string, specifier: string): string | undefined {
  const name = specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (PURE_ROOMS.includes(room)) return `${room}/ is pure and may not import ${name}`;
  if (NETWORK_MODULES.includes(name) && !isIn(file, NETWORK_PLACES))
    return `${name} opens the network: only ${NETWORK_PLACES.join(', ')} may import it`;
  return undefined;
}

function packageObjection(file: string, specifier: string, declared: readonly string[], typeOnly: boolean): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const homes = PACKAGE_ROOMS[name];
  if (homes && !isIn(file, homes)) return `${name} belongs to ${homes.join(', ')}`;
  // VS Code brings its own module; types come from @types packages too.
  if (name !== 'vscode' && !typeOnly && !declared.includes(name)) return `${name} is not among the dependencies of package.json`;
  return undefined;
}

/** Whether a file is one of the places, or in one of them. */
function isIn(file: string, places: readonly string[]): boolean {
  return places.some((place) => file === place || file.startsWith(place.endsWith('/') ? place : `${place}/`));
}
