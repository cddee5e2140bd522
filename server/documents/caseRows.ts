import { type PromptCase, type PromptDocument, type PromptFacts, promptCases } from '../../prompts-schema/index.ts';
