import { UserError } from '../../safety/index.ts';
import type { Sessions } from '../evals/sessions.ts';
import { type ComparisonName, readReportAddress, reportAddress } from './addresses.ts';
import type { DriftSession, DriftSubject } from './driftSession.ts';

/** What the registry of drift sessions needs. */
export interface DriftsNeeds {
  /** Those of prompt files. */
  readonly prompts: Sessions<DriftSession>;
  /** A session of one comparison without a prompt file. */
  readonly make: (subject: DriftSubject) => DriftSession;
  /** The address of a prompt in the editor's spelling. */
  readonly promptUri: (root: string, promptId: string) => string;
  /** Whether this is a root of the window: a kept address is not believed. */
  readonly isRoot: (root: string) => Promise<boolean>;
}

/** The drift sessions of this window: one for each prompt, and one for each report that belongs to no prompt file here. */
export class Drifts {
  readonly #needs: DriftsNeeds;
  readonly #reports = new Map<string, DriftSession>();

  constructor(needs: DriftsNeeds) {
    this.#needs = needs;
  }

  /** The session of a prompt file, or of a report by its address. Throws a UserError where there is neither. */
  async of(uri: string): Promise<DriftSession> {
    const report = readReportAddress(uri);
    if (!report) return this.#needs.prompts.of(uri);
    if (!(await this.#needs.isRoot(report.root))) throw new UserError('usage', 'This report belongs to a folder that is not open here.');
    return this.#report(report);
  }

  /** The session in which a comparison is shown: that of its prompt, else one of its own. */
  async ofComparison(name: ComparisonName): Promise<DriftSession> {
    const { root, promptId } = name;
    const own = promptId ? await this.#needs.prompts.of(this.#needs.promptUri(root, promptId)).catch(() => undefined) : undefined;
    return own?.prompt.root === root && own.prompt.promptId === promptId ? own : this.#report(name);
  }

  all(): readonly DriftSession[] {
    return [...this.#needs.prompts.all(), ...this.#reports.values()];
  }

  busy(): readonly DriftSession[] {
    return this.all().filter(({ busy }) => busy);
  }

  /** Sessions that asked for trust may show what is stored now. */
  trusted(): void {
    for (const session of this.all()) void session.showStored();
  }

  /** What is shown may have been changed by others. */
  refresh(): void {
    for (const session of this.all()) void session.refresh();
  }

  #report(name: ComparisonName): DriftSession {
    const uri = reportAddress(name);
    const known = this.#reports.get(uri);
    if (known) return known;
    const session = this.#needs.make({ ...name, uri });
    this.#reports.set(uri, session);
    return session;
  }
}
