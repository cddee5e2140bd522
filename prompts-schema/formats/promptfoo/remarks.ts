import type { Issue } from '../../parse/issue.ts';
import type { Range } from '../../text/range.ts';

/** Says the same thing once, at the first of the places where it holds, and how many there are. */
export class Remarks {
  readonly #found = new Map<string, { readonly issue: Issue; count: number }>();

  add(key: string, code: Issue['code'], message: string, range: Range): void {
    this.addIssue(key, { code, message, range });
  }

  addIssue(key: string, issue: Issue): void {
    const known = this.#found.get(key);
    if (known) known.count++;
    else this.#found.set(key, { issue, count: 1 });
  }

  issues(): readonly Issue[] {
    return [...this.#found.values()].map(({ issue, count }) =>
      count > 1 ? { ...issue, message: `${issue.message} (${count} places)` } : issue,
    );
  }
}
