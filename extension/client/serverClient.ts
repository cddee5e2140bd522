import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions as Transport,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  type ComparisonsParams,
  type EnvironmentsParams,
  HOVER_COMMANDS,
  type LocatedText,
  type LocateParams,
  type PromptInputs,
  type ReleaseChoices,
  type RootComparisons,
  type RootEnvironments,
  type SaveCaseParams,
  type SaveCaseResult,
  SERVER_FLAGS,
  SERVER_MESSAGES,
  type ServerOptions,
} from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { CONFIG_GLOB, DATASET_GLOB, holdsSeveral, PROMPT_GLOB } from './documents.ts';

/** The language server as methods: nothing else in this room knows how it is spoken to. Its process starts with `start`. */
export class ServerClient {
  readonly #client: LanguageClient;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
    const module = context.asAbsolutePath('dist/server/main.mjs');
    const run = { module, transport: TransportKind.ipc, options: { execArgv: [...SERVER_FLAGS] } };
    const transport: Transport = { run, debug: { ...run, options: { execArgv: [...SERVER_FLAGS, '--nolazy', '--inspect=6009'] } } };
    const options = (): ServerOptions => ({ trusted: vscode.workspace.isTrusted });
    const clientOptions: LanguageClientOptions = {
      documentSelector: [
        { scheme: 'file', pattern: PROMPT_GLOB },
        { scheme: 'untitled', pattern: PROMPT_GLOB },
        { scheme: 'file', pattern: DATASET_GLOB },
        { scheme: 'file', pattern: CONFIG_GLOB },
      ],
      initializationOptions: options,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: { enabledCommands: HOVER_COMMANDS }, supportHtml: false },
    };
    this.#client = new LanguageClient('evenkeel', 'Evenkeel Language Server', transport, clientOptions);
  }

  start(): Promise<void> {
    return this.#client.start();
  }

  async restart(): Promise<void> {
    await this.#client.restart();
  }

  async dispose(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
    await this.#client.dispose();
  }

  /** Which prompt a file holds and what it wants to know. */
  async promptInputs(uri: string): Promise<PromptInputs> {
    const inputs = await this.#request<PromptInputs | null>(SERVER_MESSAGES.promptInputs, { uri });
    if (!inputs && holdsSeveral(uri))
      throw new UserError('usage', 'This file holds several prompts. Use the line above the one that is meant.');
    if (!inputs)
      throw new UserError(
        'usage',
        `${uri.slice(uri.lastIndexOf('/') + 1)} holds no prompt that can be run. “Evenkeel: Show Log” says why.`,
      );
    if (!inputs.root) throw new UserError('usage', 'Save the prompt file in a folder first: datasets and results stand beside it.');
    return inputs;
  }

  /** The edit that saves a case with typed inputs; undefined when the server has said why it cannot be saved. */
  async saveCase(params: SaveCaseParams): Promise<SaveCaseResult | undefined> {
    return (await this.#request<SaveCaseResult | null>(SERVER_MESSAGES.saveCase, params)) ?? undefined;
  }

  /** Where a case or an evaluator is written; null when it is not there any more. */
  locate(params: LocateParams): Promise<LocatedText | null> {
    return this.#request(SERVER_MESSAGES.locate, params);
  }

  /** The comparisons that count, of every root in the window; `configs` are the addresses of its evenkeel.yml files. */
  comparisons(configs: readonly string[]): Promise<readonly RootComparisons[]> {
    const params: ComparisonsParams = { configs };
    return this.#request(SERVER_MESSAGES.comparisons, params);
  }

  /** The roots of the window whose evenkeel.yml names environments. */
  environments(configs: readonly string[]): Promise<readonly RootEnvironments[]> {
    const params: EnvironmentsParams = { configs };
    return this.#request(SERVER_MESSAGES.environments, params);
  }

  /** What a release of the prompt in a file could be called; null where the file holds no prompt. */
  releaseChoices(uri: string): Promise<ReleaseChoices | null> {
    return this.#request(SERVER_MESSAGES.releaseChoices, { uri });
  }

  setTrust(trusted: boolean): Promise<void> {
    return this.#client.sendNotification(SERVER_MESSAGES.setTrust, { trusted });
  }

  /** Results of a prompt, or of any where the id is empty, are new: lenses are computed anew. */
  runChanged(promptId: string): Promise<void> {
    return this.#client.sendNotification(SERVER_MESSAGES.runChanged, { promptId });
  }

  async #request<R>(method: string, params: unknown): Promise<R> {
    await this.#client.start(); // resolves at once when it runs
    return this.#client.sendRequest<R>(method, params);
  }
}
