import type { Location } from 'vscode-languageserver/node';
import { lspRange } from '../positions.ts';
import type { VariableFile } from '../variables/variableFile.ts';

/**
 * Where a variable comes from: its declaration under inputs and its column in the dataset; without either the first key of the file's own
 * cases, else the first place that reads it.
 */
export function definitions(files: readonly VariableFile[]): Location[] {
  const declared = firstOf(files, 'declaration');
  const columns = files.flatMap((file) => {
    const [first] = file.occurrences;
    return first?.kind === 'column' ? [locationOf(file, first)] : []; // a prompt that has cases of its own reads or declares above them
  });
  const datasets = columns.length > 0 ? columns : firstOf(files, 'column');
  const found = [...declared, ...datasets];
  return found.length > 0 ? distinct(found) : firstOf(files, 'read').slice(0, 1);
}

/** Every place that names a variable; without its declarations and columns where those are not asked for. */
export function references(files: readonly VariableFile[], withDeclarations: boolean): Location[] {
  return files.flatMap((file) =>
    file.occurrences.filter(({ kind }) => withDeclarations || kind === 'read').map((occurrence) => locationOf(file, occurrence)),
  );
}

function firstOf(files: readonly VariableFile[], kind: VariableFile['occurrences'][number]['kind']): Location[] {
  return files.flatMap((file) => {
    const first = file.occurrences.find((occurrence) => occurrence.kind === kind);
    return first ? [locationOf(file, first)] : [];
  });
}

function locationOf({ uri, lines }: VariableFile, { range }: VariableFile['occurrences'][number]): Location {
  return { uri, range: lspRange(lines, range) };
}

function distinct(locations: readonly Location[]): Location[] {
  return [...new Map(locations.map((one) => [`${one.uri} ${one.range.start.line}:${one.range.start.character}`, one])).values()];
}
