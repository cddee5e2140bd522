import * as vscode from 'vscode';
import type { PromptInputs } from '../../protocol/index.ts';
import { COMMANDS } from '../ids.ts';
import type { Command, Services } from '../services.ts';
import { targetOf } from './target.ts';

/** Asks for each input and runs the prompt once with them; the panel then offers to save them as a case. */
export function runOnce({ server, sessions, panels }: Services): Command {
  return {
    id: COMMANDS.runOnce,
    async execute(argument) {
      const uri = targetOf(argument).uri.toString();
      const variables = await askInputs(await server.promptInputs(uri));
      if (!variables) return;
      const session = await sessions.of(uri);
      panels.show(session);
      await session.run({ kind: 'adHoc', variables });
    },
  };
}

/** One value after the other; undefined when the person leaves. */
async function askInputs({ promptName, inputs }: PromptInputs): Promise<Readonly<Record<string, string>> | undefined> {
  const values: [string, string][] = [];
  for (const [index, { name, description, sample }] of inputs.entries()) {
    const value = await vscode.window.showInputBox({
      title: `Run once: ${promptName} (${index + 1} of ${inputs.length})`,
      prompt: description ? `${name}: ${description}` : name,
      ...(sample === undefined ? {} : { placeHolder: `for example: ${sample}` }),
      ignoreFocusOut: true,
    });
    if (value === undefined) return undefined;
    values.push([name, value]);
  }
  return Object.fromEntries(values);
}
