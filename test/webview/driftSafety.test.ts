import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DriftSummary, type FieldRow, ToDrift } from '../../protocol/index.ts';
import { findBrowser, launchBrowser } from '../../scripts/browser.ts';
import { type DriftPage, openDrift } from './driftPage.ts';
import { bundlePanel, type OpenPanel } from './panelPage.ts';
import { PAYLOADS } from './payloads.ts';
import { CHANGES, comparison, driftInit, driftRow, STATE, SUMMARY } from './sampleDrift.ts';
import { THEMES } from './themes.ts';

const FULL: DriftSummary = {
  ...SUMMARY,
  incomplete: true,
  warning: 'Two things differ between the sides.',
  fields: ['$.team p 0.0002'],
  notes: ['The baseline holds 1 sample a case.', 'A code fence was taken off.'],
  shifts: ['Answers are 27 times shorter: 1,482 characters before, 54 now'],
  monitor: {
    colour: 'amber',
    sentence: 'Something may have changed. Took 4 extra samples per canary.',
    history: [1, 1.4, 0.9, 31].map((evidence, index) => ({ date: `2026-11-0${index + 1}`, evidence })),
  },
};

/** Segments of the text in this row. */
const MARKED_PARTS = 3;
const MARKED: FieldRow = {
  path: '$.text',
  type: 'text',
  status: 'moved',
  words: 'moved',
  baseline: {
    kind: 'text',
    coarse: true,
    cut: 9,
    segments: [{ text: 'moved here', mark: 'moved' }, { text: ' \n ', mark: 'space' }, { text: 'x' }],
  },
  candidate: { kind: 'values', others: 2, values: [{ text: 'a value', count: 3, elsewhere: false }] },
};

/** The value with the payload in place of every text that its schema lets be any text. */
function poisoned(message: ToDrift, payload: string): ToDrift {
  const copy = structuredClone(message) as unknown as Record<string, unknown>;
  const visit = (node: Record<string, unknown>): void => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
      if (typeof value !== 'string') continue;
      node[key] = payload;
      if (!ToDrift.safeParse(copy).success) node[key] = value;
    }
  };
  visit(copy);
  return copy as unknown as ToDrift;
}

describe.skipIf(!findBrowser())('the drift panel and texts of others (skipped without Chrome, Chromium or Edge)', () => {
  let browser: Browser;
  let files: ReadonlyMap<string, Uint8Array>;
  const open = (options?: OpenPanel): Promise<DriftPage> => openDrift(browser, files, options);

  beforeAll(async () => {
    [browser, files] = await Promise.all([launchBrowser(), bundlePanel('drift')]);
  }, 60_000);
  afterAll(async () => browser?.close());

  it.each([true, false])(
    'shows hostile texts byte for byte and nothing of them comes to life (with the policy: %s)',
    async (policy) => {
      const panel = await open({ withoutPolicy: !policy });
      const review = { state: 'rejected', by: 'x', at: 'x', reason: 'x' } as const;
      const init = driftInit({
        state: { ...STATE, state: 'asking', question: ['Go?'], notice: 'Stopped.' },
        summary: FULL,
        groups: [{ id: 'g', severity: 'worst', path: '$.team', title: 'changed', caseIds: ['a'], folded: false }],
        rows: [driftRow('a', { flips: ['right team'], review })],
        total: 1,
        changes: { ...CHANGES, files: CHANGES.files.map((file) => ({ ...file, hunks: file.hunks.map((hunk) => hunk.slice(0, 1)) })) },
      });
      const shown = { ...comparison('a', { broken: ['not JSON'], expected: '{}' }), review };
      const answer: ToDrift = { type: 'case', request: 0, comparison: { ...shown, rows: [shown.rows[0]!, shown.rows[1]!, MARKED] } };
      await panel.send(init);
      await panel.press('w');
      for (const payload of PAYLOADS) {
        await panel.send(poisoned(init, payload));
        await panel.page.waitForTimeout(110);
        const { request, caseId } = (await panel.sent('case')).at(-1)!;
        expect(caseId).toBe(payload);
        await panel.send({ ...(poisoned(answer, payload) as Extract<ToDrift, { type: 'case' }>), request });
        const texts = await panel.page.evaluate(
          (places) => places.map((place) => [place, ...[...document.querySelectorAll(place)].map((node) => node.textContent)]),
          EXACT,
        );
        for (const [place, ...found] of texts) {
          expect(found.length, `${place}`).toBeGreaterThan(0);
          for (const text of found) expect(text, `${place}`).toBe(payload);
        }
        const marked = await panel.page.evaluate(() => document.querySelector('td .markedText')?.textContent);
        expect(marked).toBe(payload.repeat(MARKED_PARTS));
        const all = await panel.page.evaluate(() => document.querySelector('#app')!.textContent ?? '');
        expect(all.split(payload).length).toBeGreaterThan(50);
      }
      await panel.send({ ...answer, comparison: undefined, error: PAYLOADS[6]!, request: (await panel.sent('case')).at(-1)!.request });
      expect(await panel.page.locator('.caseView .failure').innerText()).toBe(PAYLOADS[6]);
      await panel.send(poisoned(driftInit({ rows: [driftRow('a')], groups: [], total: 1 }), PAYLOADS[6]!));
      await panel.press('r');
      expect(await panel.page.locator('.rejectBox label').innerText()).toBe(`Why is ${PAYLOADS[6]} wrong?`);
      const foreign = await panel.page.evaluate(
        () =>
          document.querySelectorAll(
            '#app :is(script, iframe, img, svg:not(.sparkline), object, embed, link, style, a, form, math, video, audio, base, meta)',
          ).length,
      );
      expect(foreign).toBe(0);
      expect(await panel.page.evaluate(() => Reflect.get({}, 'polluted'))).toBeUndefined();
      expect(panel.troubles).toEqual([]);
      expect(panel.strangers).toEqual([]);
      await panel.close();
    },
    90_000,
  );

  it('ignores messages that are none of the host', async () => {
    const panel = await open();
    await panel.send(driftInit());
    await panel.answerCase();
    const before = await panel.page.locator('#app').innerText();
    await panel.page.evaluate(() => {
      const strange = [null, 1, 'init', [], {}, { type: 'init' }, { type: 'eval', code: '1' }, { type: 'case', request: 'x' }];
      for (const message of [...strange, { type: 'rows', rows: [{ at: 0, row: { caseId: 'x' } }], total: 1 }])
        window.postMessage(message, '*');
    });
    await panel.page.waitForTimeout(100);
    expect(await panel.page.locator('#app').innerText()).toBe(before);
    expect(panel.troubles).toEqual([]);
    await panel.close();
  });

  it.each(Object.keys(THEMES) as (keyof typeof THEMES)[])(
    'has no accessibility violation: %s',
    async (theme) => {
      const panel = await open({ theme, state: { cursor: { kind: 'case', id: 't-011' } } });
      const check = async (state: string): Promise<void> => {
        const found = await panel.page.evaluate(async () => {
          const runner = Reflect.get(window, 'axe') as typeof axe;
          const { violations } = await runner.run(document, { resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
          );
        });
        expect(found, state).toEqual([]);
      };
      await panel.page.evaluate(axe.source);
      await panel.send(driftInit());
      await check('a case on its way');
      await panel.answerCase();
      await check('a case');
      await panel.send(driftInit({ summary: FULL, state: { ...STATE, notice: 'Accepted 4 cases.', canUndo: true }, changes: CHANGES }));
      await panel.answerCase({ rows: [...comparison('').rows, MARKED], broken: ['not valid JSON'], expected: '{}' });
      await panel.page.getByRole('button', { name: '3 paths the same' }).click();
      await check('everything that a case can have');
      await panel.press('w');
      await check('what changed');
      await panel.press('w');
      await panel.press('r', 'Enter');
      await check('a reason is asked');
      await panel.press('Escape', '?');
      await check('keys');
      await panel.press('Escape', 'R');
      await check('the rest is accepted');
      await panel.press('Escape', 'G', 'o');
      await check('a group');
      await panel.page.setViewportSize({ width: 500, height: 800 });
      await check('a narrow panel');
      for (const state of ['asking', 'running', 'untrusted'] as const) {
        const progress = { phase: 'first look', done: 3, planned: 9 };
        await panel.send(
          driftInit({ state: { ...STATE, state, question: ['150 calls.'], progress }, summary: undefined, groups: [], rows: [], total: 0 }),
        );
        await check(state);
      }
      await panel.close();
    },
    60_000,
  );

  it('has a ring at whatever holds the focus', async () => {
    const panel = await open({ state: { cursor: { kind: 'case', id: 't-011' } } });
    await panel.send(driftInit());
    await panel.answerCase();
    const seen = new Set<string>();
    for (let step = 0; step < 30; step++) {
      await panel.press('Tab');
      const [name, ring] = await panel.page.evaluate(() => {
        const node = document.activeElement!;
        return [
          node.getAttribute('aria-label') ?? node.textContent ?? '',
          node === document.body ? 'body' : getComputedStyle(node).outlineStyle,
        ];
      });
      seen.add(name!);
      expect(['solid', 'body', 'auto']).toContain(ring);
    }
    for (const name of [
      'Export report',
      'Changes, worst first',
      'Case t-011',
      'Next candidate sample',
      '3 paths the same',
      'right team',
      'Accepta',
    ])
      expect([...seen]).toContain(name);
    await panel.close();
  });
});

/** Places that hold one text of others and nothing else. */
const EXACT: readonly string[] = [
  'h1',
  '.titleLine .pill.bad',
  '.sides strong',
  '.verdict strong',
  '.notes .note span:last-child',
  '.monitorLine .sentence',
  '.notice.info p, .notice.serious p',
  '.notice.question p',
  '.groupTitle code',
  '.caseId',
  '.told',
  '.caseView .sentence',
  '.caseTitle .pill',
  '.caseInputs div:first-child dt',
  '.evaluatorTable .partName',
  '.evaluatorTable .partReason',
  '.caseInputs .markedText',
  '.broken li',
  '.fieldTable .path',
  '.fieldTable .value',
  '.fieldTable .change',
  '.evaluatorTable .link',
  '.changesSummary',
  '.changedFacts dt',
  '.changedFacts dd',
  '.changesBody .note span:last-child',
  '.changedFile h3',
  '.diffTable .lineText',
];
