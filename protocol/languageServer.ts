import type { Range } from '../prompts-schema/index.ts';
import type { DeploymentSourceKind } from './deployments.ts';
import type { Bump } from './release.ts';
import type { ComparisonListing } from './review.ts';

/** What the extension gives the language server when it starts. */
export interface ServerOptions {
  readonly trusted: boolean;
  /** Absolute path of the folder of the user's own data, with what providers told of their models; the usual one when left out. */
  readonly userData?: string;
  /** Fixes the day for tests, `YYYY-MM-DD`. */
  readonly today?: string;
}

/**
 * Node's flags for the server's process. Each edit parses anew: without a bound the young generation grows to a hundred megabytes of
 * garbage, for no gain in time.
 */
export const SERVER_FLAGS: readonly string[] = ['--max-semi-space-size=16'];

/** Custom messages between extension and language server. */
export const SERVER_MESSAGES = {
  /** Notification to the server: the folder's trust changed. Parameters: { trusted: boolean }. */
  setTrust: 'evenkeel/setTrust',
  /** Notification to the server: a run ended or its state changed; lenses are computed anew. Parameters: { promptId: string }. */
  runChanged: 'evenkeel/runChanged',
  /** Request to the server: what `▶ Run once…` asks for. Parameters: { uri }, result: PromptInputs | null (no such prompt). */
  promptInputs: 'evenkeel/promptInputs',
  /** Request to the server: the edit that saves an ad-hoc case. Parameters: SaveCaseParams, result: SaveCaseResult | null (it could not be; the server has shown why). */
  saveCase: 'evenkeel/saveCase',
  /** Request to the server: where a case or an evaluator is written. Parameters: LocateParams, result: LocatedText | null. */
  locate: 'evenkeel/locate',
  /** Request to the server: which comparisons are to be reviewed. Parameters: ComparisonsParams, result: RootComparisons[]. */
  comparisons: 'evenkeel/comparisons',
  /** Request to the server: which environments evenkeel.yml names. Parameters: EnvironmentsParams, result: RootEnvironments[], those roots alone that have one. */
  environments: 'evenkeel/environments',
  /** Request to the server: which versions a release could get. Parameters: { uri }, result: ReleaseChoices | null (no such prompt). */
  releaseChoices: 'evenkeel/releaseChoices',
} as const;

/** The inputs a prompt wants, in order, with what is known of each. */
export interface PromptInputs {
  readonly root: string;
  readonly promptId: string;
  readonly promptName: string;
  readonly model?: string;
  readonly inputs: readonly { readonly name: string; readonly description?: string; readonly sample?: string }[];
}

export interface SaveCaseParams {
  readonly uri: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** New text for a file: the prompt itself (inline testData) or its dataset. */
export interface SaveCaseResult {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

export interface LocateParams {
  readonly uri: string;
  readonly target: { readonly kind: 'case'; readonly caseId: string } | { readonly kind: 'evaluator'; readonly index: number };
}

export interface LocatedText {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** Addresses of the evenkeel.yml files in the window; the roots of its folders and of open prompts are looked at in any case. */
export interface ComparisonsParams {
  readonly configs: readonly string[];
}

/** The comparisons of a root that count: of each prompt and model the one to review, newest first. */
export interface RootComparisons {
  /** Absolute path. */
  readonly root: string;
  readonly comparisons: readonly ComparisonListing[];
}

/** Addresses of the evenkeel.yml files in the window; the roots of its folders and of open prompts are looked at in any case. */
export interface EnvironmentsParams {
  readonly configs: readonly string[];
}

/** The environments of a root, in the order of its evenkeel.yml. */
export interface RootEnvironments {
  /** Absolute path. */
  readonly root: string;
  readonly environments: readonly { readonly environment: string; readonly source: DeploymentSourceKind }[];
}

/** What a release of a prompt could be called. */
export interface ReleaseChoices {
  readonly root: string;
  readonly promptId: string;
  readonly promptName: string;
  /** As the file has it. */
  readonly version?: string;
  /** The newest release of the lock file. */
  readonly newest?: string;
  /** Each bump with the version that it gives; the likeliest first. */
  readonly choices: readonly { readonly bump: Bump; readonly version: string }[];
}

/** Commands that lenses and hovers carry; the extension registers them under the same names. Arguments: RunLensArguments. */
export const LENS_COMMANDS = {
  runEval: 'evenkeel.runEval',
  runOnce: 'evenkeel.runOnce',
  runCase: 'evenkeel.runCase',
  showEvals: 'evenkeel.showEvals',
  previewPrompt: 'evenkeel.previewPrompt',
  driftReview: 'evenkeel.driftReview',
  showDrift: 'evenkeel.showDrift',
  captureBaseline: 'evenkeel.captureBaseline',
  compareDeployed: 'evenkeel.compareDeployed',
  evaluateAgainst: 'evenkeel.evaluateAgainst',
  showHistory: 'evenkeel.showHistory',
  release: 'evenkeel.release',
  repairLock: 'evenkeel.repairLock',
} as const;

/** Those that a hover may link to: the editor follows no other link of a hover. None of them does a thing without asking or showing first. */
export const HOVER_COMMANDS: readonly string[] = [LENS_COMMANDS.compareDeployed, LENS_COMMANDS.evaluateAgainst, LENS_COMMANDS.showHistory];

export interface RunLensArguments {
  readonly uri: string;
  readonly caseId?: string;
  /** Several cases, which are run together. */
  readonly caseIds?: readonly string[];
  /** Which environment, for lenses and hovers about one. */
  readonly environment?: string;
  /** Which version a release gets, for quick fixes. */
  readonly bump?: Bump;
}
