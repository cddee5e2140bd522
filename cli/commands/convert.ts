import path from 'node:path';
import { isPromptFile } from '../../prompts-schema/index.ts';
import { escapeTerminal, escapeTerminalLine, TRUSTED, UserError } from '../../safety/index.ts';
import { findRoot, openWorkspace, writeAtomic } from '../../workspace/index.ts';
import { type ParsedOptions, textOption } from '../args.ts';
import { type ConvertedFile, convertOne } from '../convert/convertOne.ts';
import { targetPath } from '../convert/targetPath.ts';
import { EXIT, type ExitCode, exitOfError, worstExit } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLine } from '../liveContext.ts';
import { type Selected, selectPrompts } from '../selection.ts';

/** Writes the native form of prompts beside them, and tells what could not be carried over. Overwrites nothing. */
export async function convertCommand(paths: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  if (!paths.length)
    throw new UserError('usage', 'evenkeel convert wants files: evenkeel convert chat.prompty. See evenkeel convert --help.');
  const out = textOption(options, 'out');
  if (out !== undefined && options['stdout']) throw new UserError('usage', '--out writes a file and --stdout none: say one.');
  const selected = await select(paths, io.cwd);
  const codes: ExitCode[] = [];
  for (const prompt of selected) {
    try {
      const target = targetPath(prompt.workspace, prompt.promptId, { out, cwd: io.cwd, several: selected.length > 1 });
      codes.push(await tell(prompt, target, await convertOne(prompt, target), options, io));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem(prompt.promptId, error.located, options, io);
      codes.push(exitOfError(error));
    }
  }
  return worstExit(codes);
}

/** Prompts under the paths; a YAML file is taken as it is, whatever its name. */
async function select(paths: readonly string[], cwd: string): Promise<readonly Selected[]> {
  const selected: Selected[] = [];
  for (const given of paths) {
    const absolute = path.resolve(cwd, given);
    if (!/\.ya?ml$/i.test(given) || isPromptFile(absolute)) {
      selected.push(...(await selectPrompts([given], cwd, TRUSTED)));
      continue;
    }
    const { path: root } = await findRoot(absolute, { cwd: path.dirname(absolute) });
    const workspace = openWorkspace({ root, capabilities: TRUSTED });
    const promptId = workspace.relative(absolute);
    if (promptId === undefined) throw new UserError('usage', `${given} leads outside its root.`);
    selected.push({ workspace, promptId, named: true });
  }
  return selected;
}

async function tell(
  { workspace, promptId }: Selected,
  target: string,
  converted: ConvertedFile,
  options: ParsedOptions,
  io: CliIo,
): Promise<ExitCode> {
  switch (converted.status) {
    case 'native':
      if (options['json']) jsonLine({ io }, 'native', { from: promptId });
      else if (options['stdout']) io.out(await nativeText(workspace, promptId));
      else io.out(`${escapeTerminalLine(promptId)} is in the native form already.\n`);
      return EXIT.passed;
    case 'refused': {
      const place = converted.line === undefined ? '' : `:${converted.line}`;
      problem(promptId, `${promptId}${place}: cannot be converted: ${converted.message}`, options, io);
      return EXIT.failed;
    }
    case 'converted': {
      const { text, notes } = converted;
      if (!options['stdout']) await writeAtomic({ root: workspace.root, capabilities: TRUSTED }, target, text, { expectedHash: null });
      if (options['json']) jsonLine({ io }, 'converted', { from: promptId, ...(options['stdout'] ? { text } : { to: target }), notes });
      else {
        if (options['stdout']) io.out(escapeTerminal(text));
        else io.out(`${escapeTerminalLine(promptId)} → ${escapeTerminalLine(target)}\n`);
        for (const { line, message } of notes)
          io.err(`${escapeTerminalLine(promptId)}${line === undefined ? '' : `:${line}`}: ${escapeTerminalLine(message)}\n`);
      }
      return EXIT.passed;
    }
  }
}

async function nativeText(workspace: Selected['workspace'], promptId: string): Promise<string> {
  const file = await workspace.read(promptId);
  return file.ok ? escapeTerminal(file.text) : '';
}

function problem(promptId: string, message: string, options: ParsedOptions, io: CliIo): void {
  if (options['json']) jsonLine({ io }, 'problem', { promptId, message });
  else io.err(`${escapeTerminal(message)}\n`);
}
