import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './support.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/datasets/anthropics+anthropic-cookbook/skills/classification/data');
const present = existsSync(path.join(folder, 'test.tsv'));

const SYSTEM = `Classify the customer's message. Answer with exactly one category.

- Billing Inquiries: questions about invoices, bills, statements, charges, fees and premium amounts; why a bill is higher than usual; payment methods and due dates
- Policy Administration: changes, updates or cancellations of a policy; adjusting coverage limits or deductibles; adding or removing a vehicle or driver; renewal and reinstatement
- Claims Assistance: how to file or submit a claim, the claims process, required documents, what to do after an accident, damage or theft, claim status and payout timing
- Coverage Explanations: explaining what is covered and what is not; the meaning of coverage types, limits, exclusions and deductibles; whether something is protected under a policy
- Quotes and Proposals: requests for a new quote, price estimate or proposal for insurance; switching to us from another insurer; rates for a new customer
- Account Management: login, password and online account access problems; updating contact details, address, email, name or preferences; several accounts
- Billing Disputes: complaints about wrong, unexpected or duplicate charges; refund requests; disagreement with a premium increase, late fee or payment that was not recorded
- Claims Disputes: disagreement with a denied claim, a low settlement offer or a decision on a claim; appeals, reconsideration, fault
- Policy Comparisons: comparing policies, plans or options; differences between our products and those of competitors; which policy fits best, pros and cons
- General Inquiries: contact information, office hours and locations, which products and services the company offers, careers, and questions that fit nowhere else`;

describe.skipIf(!present)(`insurance messages, ten classes${present ? '' : ' (skipped: the shared corpus is not here)'}`, () => {
  it('are classified far above chance', () => {
    const rows = ['test.tsv', 'train.tsv'].flatMap((file) =>
      readFileSync(path.join(folder, file), 'utf8')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split('\t')),
    );
    const right = rows.filter(([text = '', label = '']) => ask({ system: SYSTEM, user: text }) === label.trim()).length;
    expect(rows.length).toBe(136);
    expect(right / rows.length).toBeGreaterThan(0.45);
  });
});
