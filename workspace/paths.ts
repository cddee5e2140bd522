/**
 * The canonical form of a root-relative path: `/` between names, no `.`, no `..`. Undefined for everything that is not plainly inside:
 * absolute, drive, UNC, `file:`, NUL, climbing out; on Windows also devices (`NUL`, `com1.txt`), streams (`a:b`) and names ending in a dot or space.
 * `\` separates names on every platform, so that a prompt written on Windows means the same on Linux.
 */
export function confinePath(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  return join([], path, platform);
}

/** The root-relative path of what `reference` names in the file `from`; undefined when it leads outside the root. Nothing is read. */
export function resolveReference(from: string, reference: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const base = confinePath(from, platform);
  if (base === undefined) return undefined;
  return join(base.split('/').slice(0, -1), reference, platform);
}

/** Whether `path` is `root` or below it; both absolute and real. */
export function isInside(root: string, path: string, separator: string): boolean {
  return path === root || path.startsWith(root.endsWith(separator) ? root : root + separator);
}

function join(base: readonly string[], reference: string, platform: NodeJS.Platform): string | undefined {
  if (reference.includes('\0')) return undefined;
  const path = reference.replaceAll('\\', '/');
  if (path.startsWith('/') || /^(?:[a-z]:|file:|[a-z][a-z0-9+.-]*:\/\/)/i.test(path)) return undefined;
  const names = [...base];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (names.pop() === undefined) return undefined;
    } else if (platform === 'win32' && !isWindowsName(name)) return undefined;
    else names.push(name);
  }
  return names.length ? names.join('/') : undefined;
}

/** Windows gives some names to devices, whatever their extension, and drops dots and spaces at the end (Naming Files, Paths, and Namespaces). */
function isWindowsName(name: string): boolean {
  return !/[<>:"|?*\x01-\x1f]|[. ]$/.test(name) && !/^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)/i.test(name);
}
