import { type DeploymentsView, deployedCells, problemLine } from '../../protocol/index.ts';
import { escapeTerminalLine, TRUSTED, UserError } from '../../safety/index.ts';
import { listOption, type ParsedOptions } from '../args.ts';
import { deploymentKeys } from '../deploymentKeys.ts';
import { EXIT, type ExitCode, worstExit } from '../exitCodes.ts';
import type { CliIo } from '../io.ts';
import { byRoot, jsonLine, type LiveContext, openLive } from '../liveContext.ts';
import { columnLines } from '../reporters/columns.ts';
import { paint } from '../reporters/paint.ts';
import { type Selected, selectPrompts } from '../selection.ts';

/** `evenkeel deployed`: what runs where; `evenkeel deployed record`: writes down what was deployed just now. */
export async function deployedCommand(words: readonly string[], options: ParsedOptions, io: CliIo): Promise<ExitCode> {
  const context = openLive(options, io);
  if (words[0] !== 'record') return showDeployed(words, context);
  const { recordDeployed } = await import('./deployedRecord.ts');
  return recordDeployed(words.slice(1), context);
}

/** The table of environments and prompts, with a given engine. */
export async function showDeployed(paths: readonly string[], context: LiveContext): Promise<ExitCode> {
  const { io, options } = context;
  for (const name of ['version', 'model', 'by', 'commit'])
    if (options[name] !== undefined) throw new UserError('usage', `--${name} belongs to evenkeel deployed record.`);
  if (options['offline'] && options['refresh'])
    throw new UserError('usage', '--offline asks no source, --refresh asks all of them: say one.');
  const roots = byRoot(await selectPrompts(paths, io.cwd, TRUSTED));
  const shown: Environment[] = [];
  for (const [root, prompts] of roots) {
    const view = await look(root, context);
    shown.push(...view.environments.map((of) => ({ ...of, prompts: promptsOf(of, prompts, paths.length > 0), root })));
  }
  const wanted = named(shown, context);
  if (options['json']) for (const environment of wanted) environmentJson(environment, context);
  else print(wanted, context);
  return worstExit(wanted.map(({ answeredAt, problem }) => (problem && answeredAt === undefined ? EXIT.incomplete : EXIT.passed)));
}

type Prompt = Pick<DeploymentsView['environments'][number]['prompts'][number], 'promptId' | 'promptName' | 'drift'> &
  Partial<Pick<DeploymentsView['environments'][number]['prompts'][number], 'deployed' | 'relation'>>;

/** An environment of a root with the prompts that the command is about. */
interface Environment extends Omit<DeploymentsView['environments'][number], 'prompts'> {
  readonly root: string;
  readonly prompts: readonly Prompt[];
}

/** Looks at the sources that are due, at all of them, or at none. */
async function look(root: string, context: LiveContext): Promise<DeploymentsView> {
  const { engine, options } = context;
  if (options['offline']) return engine.deployments({ root });
  const names = listOption(options, 'env');
  const known = new Set((await engine.deployments({ root })).environments.map(({ environment }) => environment));
  const environments = names.filter((name) => known.has(name));
  if (!known.size || (names.length && !environments.length)) return engine.deployments({ root });
  const only = environments.length ? { environments } : {};
  const keys = deploymentKeys(await engine.deploymentKeys({ root, ...only }), context);
  return engine.refreshDeployments({ root, ...only, ...(options['refresh'] ? { force: true } : {}), keys });
}

/** The prompts of an environment that were asked for; one that was named stands there also where it is not deployed. */
function promptsOf(
  { prompts }: DeploymentsView['environments'][number],
  selected: readonly Selected[],
  isNamed: boolean,
): readonly Prompt[] {
  if (!isNamed) return prompts;
  return selected.flatMap(({ promptId, named: isFile }): readonly Prompt[] => {
    const found = prompts.filter((prompt) => prompt.promptId === promptId);
    return found.length || !isFile ? found : [{ promptId, promptName: promptId }];
  });
}

/** Those named with `--env`; all without one. Throws a UserError where there are none, or none of that name. */
function named(shown: readonly Environment[], { options }: LiveContext): readonly Environment[] {
  if (!shown.length)
    throw new UserError(
      'configuration',
      'evenkeel.yml names no environment. Say under `environments:` where your prompts run and who knows it; docs/deployments.md shows how.',
    );
  const names = listOption(options, 'env');
  const all = new Set(shown.map(({ environment }) => environment));
  const strange = names.find((name) => !all.has(name));
  if (strange !== undefined)
    throw new UserError('usage', `evenkeel.yml names no environment “${strange}”. There are ${[...all].join(', ')}.`);
  return names.length ? shown.filter(({ environment }) => names.includes(environment)) : shown;
}

function environmentJson({ prompts, ...environment }: Environment, context: LiveContext): void {
  jsonLine(context, 'environment', environment);
  for (const prompt of prompts) jsonLine(context, 'deployed', { root: environment.root, environment: environment.environment, ...prompt });
}

const COLUMNS = ['environment', 'prompt', 'version', 'model', 'this file?', 'since', 'by'];

function print(shown: readonly Environment[], { io, now }: LiveContext): void {
  const rows = shown.flatMap((of) => rowsOf(of, now));
  const [head = '', ...lines] = columnLines([COLUMNS, ...rows]);
  io.out(`${paint(io, 'bold', head)}\n`);
  for (const line of lines) io.out(`${line}\n`);
  const troubles = shown.flatMap((of) => {
    const line = problemLine(of, now);
    return line === '' ? [] : [`${of.environment} (${of.origin}): ${line}. ${of.problem?.message ?? ''}`.trim()];
  });
  if (troubles.length) io.out('\n');
  for (const line of troubles) io.out(`${paint(io, 'yellow', escapeTerminalLine(line))}\n`);
}

/** One row a prompt; one that says so where the environment has none. */
function rowsOf({ prompts, ...environment }: Environment, now: Date): readonly (readonly string[])[] {
  const rowOf = (prompt: string, more: Partial<Prompt>): readonly string[] => {
    const [name = '', ...cells] = deployedCells({ ...environment, ...own(more) }, now);
    return [name, prompt, ...cells];
  };
  if (!prompts.length) return [rowOf('', {})];
  return prompts.map((prompt) => rowOf(prompt.promptId ?? prompt.promptName, prompt));
}

function own({ deployed, relation }: Partial<Prompt>): Pick<Prompt, 'deployed' | 'relation'> {
  return { ...(deployed ? { deployed } : {}), ...(relation ? { relation } : {}) };
}
