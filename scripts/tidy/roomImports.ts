import { ALLOWED_IMPORTS, TYPES_ONLY } from '../house.ts';
import { type Problem, resolveImport, roomOf, type Tree } from './tree.ts';

/** Imports between rooms go only where the house allows, and only as types where it says so; no room imports tests or scripts. */
export function roomImports({ files }: Tree): readonly Problem[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [];
    return file.imports.flatMap(({ specifier, line, typeOnly }) => {
      const target = resolveImport(file.path, specifier);
      if (target === undefined || target.startsWith(`${room}/`)) return [];
      const message = objection(room, target, typeOnly);
      return message ? [{ file: file.path, line, message }] : [];
    });
  });
}

function objection(room: string, target: string, typeOnly: boolean): string | undefined {
  const other = roomOf(target);
  if (!other) return `${room}/ imports ${target}, which is in no room`;
  const allowed = ['safety', ...(ALLOWED_IMPORTS[room] ?? [])];
  if (room === 'safety') return `safety/ imports nothing of ours, and this is ${target}`;
  if (!allowed.includes(other)) return `${room}/ may not import ${other}/: only ${allowed.join(', ')}`;
  if (!typeOnly && TYPES_ONLY.some(([from, of]) => from === room && of === other))
    return `${room}/ may import only types of ${other}/: write import type`;
  return undefined;
}
