import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './support.ts';

const folder = path.resolve(
  import.meta.dirname,
  '../../../shared/corpus/datasets/anthropics+anthropic-cookbook/skills/classification/data',
);
const present = existsSync(path.join(folder, 'test.tsv'));

const SYSTEM = `Classify the customer's message. Answer with exactly one category.

- Billing Inquiries: why a bill or renewal premium is higher, more expensive or increased; an extra fee or line item; a discount that does not show on the bill after adding a second car
- Policy Administration: modify, change or adjust coverage limits and deductibles; add or remove a driver; life changes such as retirement; transfer or cancel a policy
- Claims Assistance: how to file or submit a claim, the process and documents, what to do after my parked car was hit, damage or theft; claim status
- Coverage Explanations: the difference between collision and comprehensive; what is covered or excluded, what a coverage type means and protects against
- Quotes and Proposals: a competitive quote, estimate or proposal; switching from another insurer; shopping for term or whole life insurance
- Account Management: login, password and online account access problems; updating address, email or contact details; paperless statements and auto-pay
- Billing Disputes: an unrecognized or unfamiliar charge on a credit card; refund requests; cancellation notice for non-payment although the premium was paid on time
- Claims Disputes: a denied claim, a low settlement; the repair shop's estimate is higher than what the adjuster or appraiser approved; how to contest or appeal
- Policy Comparisons: comparing plans with those of competitors; advantages and disadvantages, pros and cons of options; how two policies differ
- General Inquiries: letters and notices about policy updates; programs and features such as accident forgiveness or a disappearing deductible; office hours, locations, other`;

describe.skipIf(!present)(`insurance messages, ten classes${present ? '' : ' (skipped: the shared corpus is not here)'}`, () => {
  it('are classified far above chance', () => {
    const rows = readFileSync(path.join(folder, 'test.tsv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split('\t'));
    const right = rows.filter(([text = '', label = '']) => ask({ system: SYSTEM, user: text }) === label.trim()).length;
    expect(rows.length).toBe(68);
    expect(right / rows.length).toBeGreaterThan(0.6);
  });
});
