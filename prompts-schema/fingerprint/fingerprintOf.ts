import type { PromptDocument } from '../document.ts';
import type { PromptFacts } from '../facts.ts';
import {
  type Fingerprint,
  type FingerprintParts,
  fingerprintParts,
  fingerprintPrompt,
  type ResolvedReferences,
} from './fingerprintPrompt.ts';

/** The facts that lead to what a prompt does. */
type References = Pick<PromptFacts, 'outputSchema' | 'tools' | 'partials'>;

/** The fingerprint of a prompt with its references resolved; a reference that could not be read counts by its path. */
export function fingerprintOf(document: PromptDocument, facts: References): Fingerprint {
  return fingerprintPrompt(document, resolved(facts));
}

/** Its parts alone, at half the cost. */
export function fingerprintPartsOf(document: PromptDocument, facts: References): FingerprintParts {
  return fingerprintParts(document, resolved(facts));
}

/** The parts in which two fingerprints differ. */
export function changedParts(a: FingerprintParts, b: FingerprintParts): readonly (keyof FingerprintParts)[] {
  return PARTS.filter((part) => a[part] !== b[part]);
}

const PARTS: readonly (keyof FingerprintParts)[] = ['messages', 'tools', 'output', 'parameters'];

function resolved({ outputSchema, tools, partials }: References): ResolvedReferences {
  return {
    ...(outputSchema?.status === 'read' ? { outputSchema: outputSchema.value } : {}),
    ...(tools?.status === 'read' ? { tools: tools.value } : {}),
    ...(partials ? { partials } : {}),
  };
}
