import { keysFromEnvironment, modelKeyNeeds, type RefreshedModels, type RefreshOptions, refreshModels } from '../../engine/index.ts';
import { createRedactor, escapeTerminalLine, UserError } from '../../safety/index.ts';
import { writeModelAnswers } from '../../workspace/index.ts';
import type { ParsedOptions } from '../args.ts';
import { modelDataFolder } from '../catalogOf.ts';
import { EXIT, type ExitCode, worstExit } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { jsonLine } from '../liveContext.ts';

/** Asks every provider whose key is in the environment for its models and keeps the answers in the user's own folder. `more` is for tests. */
export async function refreshCommand(
  options: ParsedOptions,
  io: CliIo,
  more: Pick<RefreshOptions, 'origins' | 'timeouts'> & { readonly today?: string } = {},
): Promise<ExitCode> {
  if (options['within'] !== undefined) throw new UserError('usage', '--within belongs to evenkeel models, which lists them.');
  const needs = modelKeyNeeds(more.origins);
  const keys = keysFromEnvironment(needs, io.env);
  if (!keys.length)
    throw new UserError(
      'configuration',
      `There is no key to ask with. Set ${needs.map(({ envName }) => envName).join(', ')}, or one of them.`,
    );
  const redactor = createRedactor();
  for (const { key } of keys) redactor.add(key);
  const folder = modelDataFolder(io);
  const codes: ExitCode[] = [];
  for (const refreshed of await refreshModels({ keys, today: new Date().toISOString().slice(0, 10), ...more })) {
    if (refreshed.status === 'answered') await writeModelAnswers(folder, refreshed.answers);
    if (refreshed.status === 'failed') codes.push(EXIT.incomplete);
    tell(refreshed, options, io, redactor.redact);
  }
  if (!options['json']) io.out(`Kept in ${escapeTerminalLine(folder)}; lint, models, status, evals and the editor count with it.\n`);
  return worstExit(codes);
}

function tell(refreshed: RefreshedModels, options: ParsedOptions, io: CliIo, redact: (text: string) => string): void {
  const { platform } = refreshed;
  if (options['json']) {
    const { status } = refreshed;
    if (status === 'answered') {
      const { asOf, models } = refreshed.answers;
      jsonLine({ io }, 'refreshed', { platform, asOf, models: models.length, dated: datedOf(refreshed) });
    } else if (status === 'failed') jsonLine({ io }, 'problem', { platform, message: redact(refreshed.message) });
    else jsonLine({ io }, 'skipped', { platform, envName: refreshed.envName });
    return;
  }
  if (refreshed.status === 'answered')
    io.out(`${platform}: ${refreshed.answers.models.length} models, ${datedOf(refreshed)} with a day of shutdown.\n`);
  else if (refreshed.status === 'failed') io.err(`${platform}: ${escapeTerminalLine(redact(refreshed.message))}\n`);
  else io.out(`${platform}: not asked, as there is no key in ${refreshed.envName}.\n`);
}

function datedOf({ answers }: Extract<RefreshedModels, { readonly status: 'answered' }>): number {
  return answers.models.filter(({ retiresOn }) => typeof retiresOn === 'string').length;
}
