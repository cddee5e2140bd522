import type { Catalog, FoundModel } from '../catalog/index.ts';
import type { Dataset, Located, PromptDocument, PromptFacts, Range } from '../prompts-schema/index.ts';
import type { JsonObject } from '../safety/index.ts';
import type { FindingTag, Fix, Severity } from './finding.ts';
import type { KnownVariables } from './knownVariables.ts';
import type { ReleaseInUse } from './releases/releaseInUse.ts';
import type { ReadOption, RuleOption } from './ruleOption.ts';
import type { SchemaInUse } from './schemas/schemaInUse.ts';

/** One rule: what it is called, how much it matters, why it exists, and the check itself. */
export interface Rule {
  /** Dotted kebab-case; also the name of its page in docs/rules. */
  readonly code: string;
  /** What it finds, as a noun phrase. */
  readonly title: string;
  /** Where neither evenkeel.yml nor the hit says otherwise. */
  readonly severity: Severity;
  /** Markdown: why it matters, and a YAML example of each side, the bad one first. */
  readonly explain: string;
  /** What can be set of it, beside its severity. */
  readonly options?: readonly RuleOption[];
  /** It also speaks of the file of a partial, where no prompt and no facts are at hand. */
  readonly ofPartials?: true;
  readonly check: (context: RuleContext, option: ReadOption) => readonly RuleHit[];
  /** The same of a dataset in a file of its own; ranges are offsets in that file. Absent where the rule says nothing of rows. */
  readonly checkDataset?: (dataset: Dataset, option: ReadOption) => readonly RuleHit[];
}

/** What a rule found; the table adds code, severity and docs. */
export interface RuleHit {
  readonly range: Range;
  readonly message: string;
  /** Where this case matters less or more than the rule's default; what evenkeel.yml sets wins. */
  readonly severity?: Severity;
  readonly data?: JsonObject;
  readonly fixes?: readonly Fix[];
  readonly tags?: readonly FindingTag[];
}

/** What rules look at. Everything that several rules need is computed once, on first use. */
export interface RuleContext {
  readonly document: PromptDocument;
  readonly facts: PromptFacts;
  readonly catalog: Catalog;
  /** The text could not be read as a prompt: what it leaves out says nothing. */
  readonly broken: boolean;
  readonly variables: () => KnownVariables;
  /** The model that the file names; undefined when it names none. */
  readonly model: () => ModelInUse | undefined;
  /** The schema of the answer, in the file or in the one it names; undefined where there is none or it could not be read. */
  readonly schema: () => SchemaInUse | undefined;
  /** The releases of the prompt; undefined where there is no lock file that can be read. */
  readonly release: () => ReleaseInUse | undefined;
}

/** The file's model with what the catalog knows of it. */
export interface ModelInUse {
  readonly written: Located<string>;
  readonly found: FoundModel;
}
