import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type PromptDocument, parsePrompt } from '../../prompts-schema/index.ts';
import { startDeployedEndpoint } from '../fakes/deployedEndpoint.ts';
import { type LangfuseVersion, startLangfuse } from '../fakes/langfuseServer.ts';
import { EXAMPLE } from '../vscode/startEvenkeel.ts';
import { makeExampleRepository } from './exampleRepository.ts';

/** What the Langfuse-compatible server of the example asks for; it knows nothing that is worth a secret. */
export const LANGFUSE_KEYS = { publicKey: 'pk-lf-larkmoor-example', secretKey: 'sk-lf-larkmoor-example' } as const;

/** The example as a repository with history, and the servers that its environments ask. */
export interface RunningExample {
  /** The folder to open. */
  readonly workspace: string;
  readonly endpointUrl: string;
  readonly langfuseUrl: string;
  /** How the app's endpoint misbehaves from now on. */
  readonly setFault: (kind: 'none' | 'down') => void;
  /** Ends the servers and removes the folder. Safe to call again. */
  stop(): Promise<void>;
}

/** Starts the servers and makes the repository in a temporary folder. */
export async function startExample(): Promise<RunningExample> {
  const endpoint = await startDeployedEndpoint({
    prompts: [
      { prompt: 'triage.prompt.yml', version: '1.4.0', model: 'extractor-2026-05', since: daysAgo(2), by: 'canary-eu-1' },
      { prompt: 'lead.prompt.yml', version: '1.1.0', model: 'extractor-2026-05', since: daysAgo(4), by: 'canary-eu-1' },
    ],
  });
  const langfuse = await startLangfuse({ ...LANGFUSE_KEYS, versions: langfuseVersions() });
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'evenkeel-example-'));
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await Promise.all([endpoint.close(), langfuse.close()]);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  const running = {
    endpointUrl: endpoint.url,
    langfuseUrl: langfuse.origin,
    setFault: (kind: 'none' | 'down') => endpoint.setFault({ kind }),
    stop: (): Promise<void> => {
      stopping ??= stop();
      return stopping;
    },
  };
  try {
    const workspace = await makeExampleRepository(folder, { endpointUrl: endpoint.url, langfuseUrl: langfuse.origin });
    return { workspace, ...running };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** The team in the EU keeps its copy of two prompts in Langfuse: one as it is here, one that somebody changed there. */
function langfuseVersions(): readonly LangfuseVersion[] {
  const version = (file: string, number: number, change: (content: string) => string = (content) => content): LangfuseVersion => {
    const { name, messages } = readExample(file);
    return {
      name: name?.value ?? file,
      version: number,
      prompt: messages.map(({ role, content }) => ({ role: role.value, content: change(content.value) })),
      labels: ['production', 'latest'],
      config: { model: 'extractor-2026-05', temperature: 0 },
      createdAt: daysAgo(12),
      updatedAt: daysAgo(12),
    };
  };
  return [
    version('triage.prompt.yml', 7, (content) => content.replace('Choose exactly one team:', 'Choose one team:')),
    version('lead.prompt.yml', 3),
  ];
}

function readExample(file: string): PromptDocument {
  return parsePrompt(fs.readFileSync(path.join(EXAMPLE, file), 'utf8'));
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}
