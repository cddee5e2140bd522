import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureDriftPanel } from '../../scripts/bench/measureDriftPanel.ts';
import { findBrowser, launchBrowser } from '../../scripts/browser.ts';
import { type DriftPage, openDrift } from './driftPage.ts';
import { bundlePanel, type OpenPanel } from './panelPage.ts';
import { CHANGES, comparison, DRIFT_ROWS, driftInit, driftRow, STATE, SUMMARY } from './sampleDrift.ts';

const AT_T011: OpenPanel = { state: { cursor: { kind: 'case', id: 't-011' } } };

if (!findBrowser()) {
  it.runIf(process.env.CI)('needs a browser', () => {
    throw new Error('Install Chrome or Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path.');
  });
}

describe.skipIf(!findBrowser())('the drift panel in a browser (skipped without Chrome, Chromium or Edge)', () => {
  let browser: Browser;
  let files: ReadonlyMap<string, Uint8Array>;
  const open = (options?: OpenPanel): Promise<DriftPage> => openDrift(browser, files, options);
  const accepted = (caseId: string) => driftRow(caseId, { review: { state: 'accepted' } });

  beforeAll(async () => {
    [browser, files] = await Promise.all([launchBrowser(), bundlePanel('drift')]);
  }, 60_000);
  afterAll(async () => browser?.close());

  it('says the verdict first, then what differs, the changes worst first, and the case path by path', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    expect(await panel.answerCase()).toBe('t-011');
    const text = (await panel.page.locator('#app').innerText()).replaceAll(/\s+/g, ' ');
    const order = [
      'Ticket triage worse Reviewed 2 of 11 Export report Accept the rest…',
      'baseline 1.4.0 · claude-haiku-4-5-20251001 · approved 12 Nov ↔ candidate working copy · claude-sonnet-5-5 · today 09:14',
      'The pass rate fell from 94.2 % to 86.0 % (−8.2 points',
      'Differs between the sides: model Same: prompt, parameters, dataset, evaluators 50 cases × 10 approved',
      '195 calls · $0.41 · 2 min 05 s',
      'Broken 1',
      'not valid JSON in 8 of 8',
      '$.team billing → refunds ×4',
      'Refund still not on my account',
      'Within noise 2',
      't-011 · Charged twice for the March invoice drifted',
      'p = 0.0002; among all cases listed here about 1 in 10 may be false',
      'Hi, you took 49,00 €',
      'Baseline · 10 samples',
      'Candidate · 8 samples',
      '$.team billing 10',
      'refunds 7',
      'p 0.0002',
      '0.91 (0.88 – 0.94) 0.84 (0.79 – 0.90) within ±0.10',
      'reports a duplicate charge',
      '3 paths the same',
      'right team must flipped 10 of 10 1 of 8',
      'polite not scored 5 of 8',
      'latency · tokens · cost · length 0.8 s · 212 · $0.0009 · 104 1.1 s · 240 · $0.0021 · 104',
    ];
    let at = 0;
    for (const part of order) {
      const found = text.indexOf(part, at);
      expect(found, `“${part}” after character ${at} of: ${text}`).toBeGreaterThanOrEqual(0);
      at = found;
    }
    expect(text).not.toContain('t-060');
    expect(await panel.page.locator('.verdict strong').allInnerTexts()).toEqual(['94.2 %', '86.0 %', '1 case broke', '7 drifted']);
    expect(await panel.page.locator('del.changed').allInnerTexts()).toEqual(['twice', 'one refund']);
    await panel.page.getByRole('button', { name: '3 paths the same' }).click();
    expect(await panel.page.locator('.fieldTable').innerText()).toContain('$.urgent');
    expect(await panel.page.locator('tr', { hasText: '$.team' }).locator('.own').innerText()).toContain('refunds');
    expect(panel.troubles).toEqual([]);
    expect(panel.strangers).toEqual([]);
    await panel.close();
  });

  it('folds what changed away until it is asked for: model, dataset and the texts line by line, in words as in colours', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.press('w');
    expect(await panel.spoken()).toBe('This comparison does not tell what changed.');
    await panel.send(driftInit({ changes: CHANGES }));
    const fold = panel.page.getByRole('button', { name: /^What changed/ });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    expect((await fold.innerText()).trim()).toBe('What changed: 2 files +2 −1 lines · model · dataset');
    expect(await panel.page.locator('.diffTable').count()).toBe(0);
    await fold.focus();
    await panel.press('Enter');
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    const section = panel.page.getByRole('region', { name: 'What changed', exact: true });
    const text = (await section.innerText()).replaceAll(/\s+/g, ' ');
    for (const part of ['Model anthropic/claude-haiku-4-5 → ', 'Dataset 1 case added: t-050', 'Both sides answered', '7 more lines'])
      expect(text).toContain(part);
    const table = panel.page.getByRole('table', { name: 'triage.prompt.yml +1 −1 lines' });
    expect((await table.locator('tr').allTextContents()).map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '1name: Triage',
      '2−removed Answer in one sentence.',
      '2+added Answer in two sentence.',
    ]);
    expect(await section.locator('del.changed').allInnerTexts()).toEqual(['one']);
    expect(await section.locator('ins.changed').allInnerTexts()).toEqual(['two']);
    const colours = await table.locator('tr').evaluateAll((lines) => lines.map((line) => getComputedStyle(line).backgroundColor));
    expect(new Set(colours).size).toBe(3);
    await panel.press('Tab');
    expect(await focused(panel)).toContain('changesBody');
    await panel.press('j');
    expect(await panel.selected()).toBe('t-024');
    expect(await panel.state()).toMatchObject({ changes: true });
    await panel.press('w');
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await panel.close();
    const again = await open({ state: { changes: true } });
    await again.send(driftInit({ changes: CHANGES }));
    expect(await again.page.locator('.diffTable').count()).toBe(2);
    await again.close();
  });

  it('marks what was said already, of what kind, and by whom', async () => {
    const panel = await open({ state: { cursor: { kind: 'case', id: 't-030' } } });
    await panel.send(driftInit());
    await panel.sendRows(driftRow('t-003', { review: { state: 'knownNoise' } }));
    await panel.answerCase();
    const line = (id: string) => panel.page.locator('[role=treeitem]', { hasText: id }).first();
    expect((await line('t-017').textContent())?.replace(/\s+/g, ' ')).toContain('t-017accepted: not valid JSON');
    expect(await line('t-003').textContent()).toContain('~known noise: ');
    expect(await line('t-030').textContent()).toContain('rejected before: ');
    expect(await panel.page.locator('.reviewWords').innerText()).toBe('rejected by Mira in an earlier comparison: Too long for the queue');
    await panel.close();
  });

  it('is reviewed by keyboard alone', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.press('j', 'j', 'k');
    expect(await panel.selected()).toBe('t-024');
    await panel.press('a');
    expect(await panel.selected()).toBe('t-039');
    expect(await panel.page.locator('[role=treeitem]', { hasText: 't-024' }).locator('.mark').count()).toBe(0);
    await panel.sendRows(accepted('t-024'));
    expect(await panel.page.locator('[role=treeitem]', { hasText: 't-024' }).locator('.mark').count()).toBe(1);
    expect(await panel.spoken()).toBe('t-024 accepted');

    await panel.press('r', 'Enter');
    expect(await panel.page.locator('.lacking').innerText()).toContain('Write a reason');
    await panel.page.keyboard.type('a jury and an R');
    await panel.press('Enter');
    expect(await panel.selected()).toBe('t-008');
    await panel.press('r', 'x', 'Escape', 'n');
    expect(await panel.selected()).toBe('t-045');
    await panel.press('s');
    expect(await panel.selected()).toBe('t-050');
    await panel.press('t', 'u');
    expect(await panel.spoken()).toBe('There is nothing to undo.');
    await panel.send({ type: 'state', state: { ...STATE, canUndo: true } });
    await panel.press('u', 'd', 'D', 'A');
    expect((await panel.posted()).filter(({ type }) => type !== 'case').slice(1)).toEqual([
      { type: 'review', action: 'accept', scope: { kind: 'cases', ids: ['t-024'] } },
      { type: 'review', action: 'reject', scope: { kind: 'cases', ids: ['t-039'] }, reason: 'a jury and an R' },
      { type: 'review', action: 'knownNoise', scope: { kind: 'cases', ids: ['t-008'] } },
      { type: 'takeMore', caseIds: ['t-050'] },
      { type: 'undo' },
      { type: 'diffEditor', caseId: 't-050' },
      { type: 'multiDiff' },
      { type: 'review', action: 'accept', scope: { kind: 'group', id: 'g-unsure' } },
    ]);
    await panel.close();
  });

  it('moves over groups with keys and arrows, opens and closes them', async () => {
    const panel = await open();
    await panel.send(driftInit());
    const journey: readonly (readonly [key: string, place: string])[] = [
      ['g', 't-017'],
      ['k', 't-017'],
      ['G', 'Equivalent, same'],
      ['k', 'Within noise'],
      ['o', 'Within noise'],
      ['j', 't-060'],
      ['o', 'Within noise'],
      ['j', 'Equivalent, same'],
      ['g', 't-017'],
      ['j', 't-003'],
      ['o', '$.team billing → refunds'],
      ['j', 't-008'],
      ['k', '$.team billing → refunds'],
      ['o', '$.team billing → refunds'],
      ['j', 't-003'],
    ];
    for (const [index, [key, place]] of journey.entries()) {
      await panel.press(key);
      expect(await panel.selected(), `step ${index}: ${key}`).toBe(place);
    }
    const tree = panel.page.getByRole('tree');
    await tree.focus();
    const arrows: readonly (readonly [key: string, place: string])[] = [
      ['ArrowLeft', '$.team billing → refunds'],
      ['ArrowLeft', '$.team billing → refunds'],
      ['ArrowDown', 't-008'],
      ['ArrowUp', '$.team billing → refunds'],
      ['ArrowRight', '$.team billing → refunds'],
      ['ArrowRight', 't-003'],
      ['End', 'Equivalent, same'],
      ['Enter', 'Equivalent, same'],
      ['ArrowDown', 't-070'],
      ['Home', 't-017'],
    ];
    for (const [key, place] of arrows) {
      await panel.press(key);
      expect(await panel.selected(), key).toBe(place);
      const active = await tree.getAttribute('aria-activedescendant');
      expect(await panel.page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    }
    const item = panel.page.locator('[role=treeitem]', { hasText: 't-011' });
    expect(await item.evaluate((node) => ['level', 'posinset', 'setsize'].map((name) => node.getAttribute(`aria-${name}`)))).toEqual([
      '2',
      '2',
      '4',
    ]);
    await panel.press('Enter');
    expect(await focused(panel)).toContain('caseView');
    await panel.press('ArrowDown');
    expect(await panel.selected()).toBe('t-017');
    await panel.press('Escape');
    expect(await focused(panel)).toContain('caseList');
    await panel.close();
  });

  it('decides nothing for a key that is held, typed with a modifier or under a sheet', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    for (const repeat of [false, true, true])
      await panel.page.evaluate(
        (held) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', repeat: held, bubbles: true })),
        repeat,
      );
    expect(await panel.sent('review')).toHaveLength(1);
    await panel.press('Control+a', 'Alt+n', '?', 'a', 'n', 'R', 'Escape');
    await panel.press('R', 'a', 'Escape');
    expect(await panel.sent('review')).toHaveLength(1);
    await panel.page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'N', bubbles: true })));
    expect(await panel.sent('review')).toHaveLength(2);
    await panel.close();
  });

  it('shows its keys in a sheet that holds the focus and gives it back', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.page.getByRole('tree').focus();
    await panel.press('?');
    const sheet = panel.page.getByRole('dialog', { name: 'Keys' });
    expect(await sheet.innerText()).toContain('Accept all of the group');
    for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Shift+Tab']) {
      await panel.press(key);
      expect(await panel.page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
    }
    await panel.press('Escape');
    expect(await sheet.count()).toBe(0);
    expect(await focused(panel)).toContain('caseList');
    await panel.press('r');
    expect(await focused(panel)).toBe('reason');
    await panel.press('Escape');
    expect(await focused(panel)).toContain('caseList');
    await panel.close();
  });

  it('asks in the panel before it accepts the rest', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.press('R');
    const sheet = panel.page.getByRole('dialog', { name: 'Accept the rest: 9 changes?' });
    expect(await sheet.innerText()).toContain('6 drifted, 3 unsure.');
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    expect(await panel.sent('review')).toEqual([]);
    await panel.page.getByRole('button', { name: 'Accept the rest…' }).click();
    await panel.press('Enter');
    expect(await panel.sent('review')).toEqual([{ type: 'review', action: 'accept', scope: { kind: 'remaining' } }]);
    await panel.sendRows(
      ...DRIFT_ROWS.filter(({ label }) => label === 'drifted' || label === 'unsure').map(({ caseId }) => accepted(caseId)),
    );
    await panel.press('R');
    expect(await panel.page.getByRole('dialog').count()).toBe(0);
    expect(await panel.spoken()).toBe('No case waits for review.');
    await panel.close();
  });

  it('works by mouse: every button says what its key says', async () => {
    const panel = await open({ state: { cursor: { kind: 'case', id: 't-050' } } });
    await panel.send(driftInit({ state: { ...STATE, canUndo: true } }));
    await panel.answerCase();
    const click = (name: string) => panel.page.getByRole('button', { name, exact: true }).click();
    for (const name of ['Next candidate sample', 'Previous baseline sample', 'Diff editor', 'Take 5 more', 'Undo', 'Go to case'])
      await click(name);
    for (const name of ['right team', 'Export report', 'Compare again', 'Top up baseline', 'All diffs', 'Accept all 3']) await click(name);
    expect(await panel.selected()).toBe('t-003');
    await click('Known noise');
    await panel.page.locator('[role=treeitem]', { hasText: 't-011' }).click();
    await click('Reject…');
    await panel.page.getByLabel('Why is t-011 wrong?').fill(' wrong team ');
    await click('Reject');
    await panel.page.locator('[role=treeitem]', { hasText: 'Within noise' }).click();
    expect(await panel.page.locator('[role=treeitem]', { hasText: 't-060' }).count()).toBe(1);
    expect(await panel.page.locator('.caseView').innerText()).toContain('2 cases, nothing to review');
    expect((await panel.posted()).filter(({ type }) => type !== 'case').slice(1)).toEqual([
      { type: 'diffEditor', caseId: 't-050', approved: 9, fresh: 3 },
      { type: 'takeMore', caseIds: ['t-050'] },
      { type: 'undo' },
      { type: 'goToCase', caseId: 't-050' },
      { type: 'goToEvaluator', index: 2 },
      { type: 'exportReport' },
      { type: 'runAgain' },
      { type: 'topUp' },
      { type: 'multiDiff' },
      { type: 'review', action: 'accept', scope: { kind: 'group', id: 'g-unsure' } },
      { type: 'review', action: 'knownNoise', scope: { kind: 'cases', ids: ['t-003'] } },
      { type: 'review', action: 'reject', scope: { kind: 'cases', ids: ['t-011'] }, reason: 'wrong team' },
    ]);
    await panel.close();
  });

  it('asks before samples are taken, shows how far it is, and says why it stopped', async () => {
    const panel = await open();
    const state = { ...STATE, title: 'Ticket triage' };
    const empty = { summary: undefined, groups: [], rows: [], total: 0 };
    const button = (name: string) => panel.page.getByRole('button', { name, exact: true });
    await panel.send(driftInit({ ...empty, state: { ...state, state: 'asking', question: ['150 calls, about $0.31.', 'Go on?'] } }));
    expect(await panel.page.locator('.notice').innerText()).toContain('150 calls, about $0.31.');
    await panel.press('a', 'R', 'j');
    await button("Don't run").click();
    await button('Run').click();
    const progress = { phase: 'first look', done: 48, planned: 150 };
    await panel.send({ type: 'state', state: { ...state, state: 'running', progress } });
    expect(await panel.page.locator('header').innerText()).toContain('first look: 48 of 150');
    await button('Cancel').click();
    for (const name of ['cancelled', 'failed', 'untrusted'] as const) {
      await panel.send({ type: 'state', state: { ...state, state: name, notice: `It is ${name}.` } });
      expect(await panel.page.locator('.notice.serious').innerText()).toContain(`It is ${name}.`);
      await button(name === 'untrusted' ? 'Manage trust…' : 'Start comparison').click();
    }
    expect((await panel.posted()).slice(1)).toEqual([
      { type: 'answer', go: false },
      { type: 'answer', go: true },
      { type: 'cancel' },
      { type: 'runAgain' },
      { type: 'runAgain' },
      { type: 'runAgain' },
    ]);
    expect(panel.troubles).toEqual([]);
    await panel.close();
  });

  it('reads outputs of no prompt file without offering a review', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit({ summary: { ...SUMMARY, canAccept: false } }));
    await panel.press('a', 'n', 'A', 'R', 'r');
    expect(await panel.spoken()).toContain('can be read, not reviewed');
    expect(await panel.page.getByRole('button', { name: 'Accept', exact: true }).getAttribute('aria-disabled')).toBe('true');
    expect(await panel.sent('review')).toEqual([]);
    await panel.close();
  });

  it('shows cases of one side, without samples, broken, and of a text too long to compare', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    const text = (segments: { text: string; mark?: 'changed' | 'moved' | 'space' }[], cut?: number) =>
      ({ kind: 'text', segments, coarse: true, ...(cut === undefined ? {} : { cut }) }) as const;
    const moved = [{ text: 'one ' }, { text: 'two', mark: 'moved' as const }, { text: ' \n', mark: 'space' as const }];
    await panel.answerCase({
      approved: 0,
      fresh: 1,
      broken: ['not valid JSON: 8 of 8'],
      rows: [
        { path: '$', type: 'text', status: 'changed', words: 'only now', baseline: { kind: 'absent' }, candidate: text(moved, 1234) },
        {
          path: '$',
          type: 'enum',
          status: 'differs',
          words: '',
          baseline: { kind: 'values', values: [{ text: '', count: 1, elsewhere: false }], others: 3 },
          candidate: { kind: 'absent' },
        },
      ],
    });
    const view = (await panel.page.locator('.caseView').innerText()).replaceAll(/\s+/g, ' ');
    for (const part of ['Baseline · no sample', 'Candidate · 1 sample', 'not valid JSON: 8 of 8', '(empty)', 'and 3 more'])
      expect(view).toContain(part);
    for (const part of [
      'Too long to compare word by word.',
      '1,234 more characters',
      'stands elsewhere on the other side',
      'whitespace alone',
    ])
      expect(view).toContain(part);
    expect(await panel.page.locator('.step').count()).toBe(0);
    await panel.press(']');
    expect(await panel.spoken()).toBe('There is no other sample.');
    await panel.press('j');
    await panel.page.waitForTimeout(150);
    const request = (await panel.sent('case')).at(-1)!.request;
    await panel.send({ type: 'case', request, error: 'This case is in no file any more.' });
    expect(await panel.page.locator('.caseView').innerText()).toContain('This case is in no file any more.');
    await panel.close();
  });

  it('lists the checks of a set below it, those that are not scored with their reason', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.answerCase();
    const rows = await panel.page.locator('.evaluatorTable tbody tr').allInnerTexts();
    expect(rows.slice(2, 5).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'polite not scored 5 of 8',
      'greets 10 of 10 5 of 8',
      'llm-rubric unscored: It is a judge. not scored not scored',
    ]);
    await panel.close();
  });

  it('comes back after a reload as it was left', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => driftRow(`c-${index}`));
    const groups = [{ id: 'g', severity: 'bad' as const, title: 'many', caseIds: rows.map(({ caseId }) => caseId), folded: false }];
    const init = driftInit({ groups, rows, total: rows.length });
    const panel = await open();
    await panel.send(init);
    await panel.page.locator('[role=tree]').evaluate((tree) => tree.scrollTo(0, 2600));
    await panel.page.locator('[role=treeitem]', { hasText: 'c-102' }).click();
    await panel.answerCase();
    await panel.press(']');
    await panel.page.waitForTimeout(150);
    const state = await panel.state();
    expect(state).toEqual({
      uri: 'file:///triage.prompt.yml',
      comparison: 'c-1',
      cursor: { kind: 'case', id: 'c-102' },
      toggled: [],
      samples: { approved: 0, fresh: 3 },
      scroll: 2600,
    });
    await panel.close();
    const again = await open({ state });
    await again.send(init);
    expect(await again.page.locator('[role=tree]').evaluate((tree) => tree.scrollTop)).toBe(2600);
    expect((await again.sent('case')).at(-1)).toMatchObject({ caseId: 'c-102', approved: 0, fresh: 3 });
    expect(await again.selected()).toBe('c-102');
    await again.close();
    const strange = await open({ state: { toggled: 7, cursor: 'x', scroll: 'far' } });
    await strange.send(init);
    expect(await strange.selected()).toBe('c-0');
    await strange.close();
  });

  it('stacks in a narrow column, with nothing beside the page', async () => {
    const panel = await open({ ...AT_T011, viewport: { width: 500, height: 900 } });
    await panel.send(driftInit({ changes: CHANGES }));
    await panel.answerCase({ inputs: [{ name: 'ticket', value: 'word '.repeat(400) + 'x'.repeat(300) }] });
    const list = await panel.page.locator('nav').boundingBox();
    const view = await panel.page.locator('.caseView').boundingBox();
    expect(view!.y).toBeGreaterThanOrEqual(list!.y + list!.height);
    expect(view!.height).toBeGreaterThan(200);
    const wide = await panel.page.evaluate(() =>
      [...document.querySelectorAll('html, body, .caseView, .driftHeader, .reviewBar')].filter(
        (node) => node.scrollWidth > node.clientWidth + 1,
      ),
    );
    expect(wide).toEqual([]);
    await panel.page.getByRole('button', { name: /^Show all 2,300/ }).click();
    expect(await panel.page.getByRole('button', { name: 'Show less' }).getAttribute('aria-expanded')).toBe('true');
    await panel.close();
  });

  it('shows 10,000 rows and outputs of a megabyte without freezing', async () => {
    const panel = await open();
    const { firstRows, allRows, loadingTasks, scrollingTasks, linesOnPage, texts } = await measureDriftPanel(panel.page);
    console.log(
      `10,000 rows: first after ${firstRows.toFixed(0)} ms, all after ${allRows.toFixed(0)} ms; long tasks loading [${loadingTasks}], scrolling [${scrollingTasks}] ms; ${linesOnPage} lines on the page`,
      ...texts.map(
        ({ name, shown, complete, longest }) =>
          `\n${name}: shown ${shown.toFixed(0)} ms, complete ${complete.toFixed(0)} ms, longest task ${longest} ms`,
      ),
    );
    expect(linesOnPage).toBeLessThan(80);
    expect(firstRows).toBeLessThan(3000);
    expect(texts).toHaveLength(3);
    for (const { shown } of texts) expect(shown).toBeLessThan(3000);
    expect(panel.troubles).toEqual([]);
    await panel.close();
  }, 60_000);

  it('is small', () => {
    expect(gzipSync(files.get('drift.js')!).length).toBeLessThan(150_000);
  });

  it('keeps the sample that is shown when late answers come', async () => {
    const panel = await open(AT_T011);
    await panel.send(driftInit());
    await panel.answerCase();
    await panel.page.waitForTimeout(150);
    await panel.press(']', '[', ']');
    await panel.page.waitForTimeout(150);
    const asked = await panel.sent('case');
    await panel.send({
      type: 'case',
      request: asked.at(-1)!.request,
      comparison: comparison('t-011', { shown: { approved: 0, fresh: 3 } }),
    });
    await panel.send({ type: 'case', request: 1, comparison: comparison('t-011', { title: 'A late answer' }) });
    expect(await panel.page.locator('.showing').last().innerText()).toMatch(/showing\s*\[\s*4\s*\]/);
    expect(await panel.page.locator('.caseView').innerText()).not.toContain('A late answer');
    await panel.close();
  });
});

async function focused({ page }: DriftPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.className || document.activeElement?.id || '');
}
