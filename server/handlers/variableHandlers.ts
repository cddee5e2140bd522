import type {
  Location,
  Range as LspRange,
  ReferenceParams,
  RenameParams,
  TextDocumentPositionParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { CASE_NAMES } from '../../prompts-schema/index.ts';
import { UserError } from '../../safety/index.ts';
import { definitions, references } from '../features/definition.ts';
import { MOST_RENAMED, rename, requireRenamable } from '../features/rename.ts';
import type { Ticket } from '../guard.ts';
import { lspRange } from '../positions.ts';
import { type AnyFile, anyFile } from '../variables/anyFile.ts';
import { type NamedPlace, variableAt } from '../variables/variableAt.ts';
import { variableUses } from '../variables/variableUses.ts';
import type { Host } from './host.ts';

/** What is asked about a variable, wherever it is named: in a prompt, its partials, or its dataset. */
export interface VariableHandlers {
  readonly definition: (params: TextDocumentPositionParams, ticket: Ticket) => Promise<Location[]>;
  readonly references: (params: ReferenceParams, ticket: Ticket) => Promise<Location[]>;
  /** Throws a UserError where the place names nothing that can be renamed. */
  readonly prepareRename: (
    params: TextDocumentPositionParams,
    ticket: Ticket,
  ) => Promise<{ readonly range: LspRange; readonly placeholder: string } | null>;
  readonly rename: (params: RenameParams, ticket: Ticket) => Promise<WorkspaceEdit | null>;
}

export function variableHandlers(host: Host): VariableHandlers {
  const named = async (
    { textDocument, position }: TextDocumentPositionParams,
    { check }: Ticket,
  ): Promise<(NamedPlace & { readonly file: AnyFile }) | undefined> => {
    const file = await anyFile(host, textDocument.uri);
    check();
    const place = file && variableAt(file, file.lines.offsetAt(position));
    return place && { ...place, file };
  };
  const usesOf = ({ file, name }: NamedPlace & { readonly file: AnyFile }, { check }: Ticket) =>
    variableUses(host, file, name, { shared: true, mostInDataset: MOST_RENAMED, check });
  return {
    definition: async (params, ticket) => {
      const at = await named(params, ticket);
      if (!at) return [];
      const { files } = await variableUses(host, at.file, at.name, { shared: false, mostInDataset: 1, check: ticket.check });
      return definitions(files);
    },
    references: async (params, ticket) => {
      const at = await named(params, ticket);
      if (!at) return [];
      const { files } = await variableUses(host, at.file, at.name, { shared: true, mostInDataset: MOST_SHOWN, check: ticket.check });
      return references(files, params.context.includeDeclaration);
    },
    prepareRename: async (params, ticket) => {
      const at = await named(params, ticket);
      if (!at) throw new UserError('usage', 'Here is no variable: rename one in a template, under inputs, or in a column of the cases.');
      if (CASE_NAMES.has(at.name)) throw new UserError('usage', `\`${at.name}\` means the same in every dataset and cannot be renamed.`);
      requireRenamable(await usesOf(at, ticket), at.name);
      return { range: lspRange(at.file.lines, at.range), placeholder: at.name };
    },
    rename: async (params, ticket) => {
      const at = await named(params, ticket);
      if (!at || at.name === params.newName) return null;
      return rename(await usesOf(at, ticket), at.name, params.newName);
    },
  };
}

/** References are read by a person. */
const MOST_SHOWN = 1000;
