import type { SandboxModel } from '../models.ts';

/** One message, its text parts joined. */
export interface AskMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
}

/** A function the model may call. */
export interface AskTool {
  readonly name: string;
  readonly description: string;
  readonly schema: unknown;
}

/** The form the answer must have. */
export type AskOutput =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | { readonly kind: 'schema'; readonly schema: unknown; readonly strict: boolean };

/** Which tool to call: none, one if it fits, any, or the named one. */
export type AskToolChoice = { readonly kind: 'none' | 'auto' | 'required' } | { readonly kind: 'named'; readonly name: string };

/** What a request asks for, the same for every protocol. */
export interface Ask {
  readonly model: SandboxModel;
  readonly messages: readonly AskMessage[];
  readonly output: AskOutput;
  readonly tools: readonly AskTool[];
  readonly toolChoice: AskToolChoice;
  readonly temperature: number;
  /** Infinity when the request sets none. */
  readonly maxTokens: number;
  readonly stop: readonly string[];
  readonly stream: boolean;
}

/** The answer before it is put into a protocol. */
export interface Answer {
  readonly kind: 'text' | 'tool' | 'refusal';
  /** Text, the tool's arguments as JSON, or the words of the refusal. */
  readonly text: string;
  /** Name of the called tool; '' otherwise. */
  readonly toolName: string;
  readonly finish: 'stop' | 'length' | 'filter';
  /** The stop sequence that ended it, or null. */
  readonly stopSequence: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
}
