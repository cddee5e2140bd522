import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvalsRow, ScorePart } from '../../protocol/index.ts';
import { findBrowser, launchBrowser } from '../../scripts/browser.ts';
import { bundlePanel, type OpenPanel, openPanel, type PanelPage } from './panelPage.ts';
import { PAYLOADS } from './payloads.ts';
import { detail, HEADER, ROWS, row } from './sampleRun.ts';
import { THEMES } from './themes.ts';

const PICTURES = fileURLToPath(new URL('../../test-output/', import.meta.url));
const FINISHED = { ...HEADER, state: 'finished', done: 50, inFlight: 0 } as const;

if (!findBrowser()) {
  it.runIf(process.env.CI)('needs a browser', () => {
    throw new Error('Install Chrome or Chromium (Debian: apt-get install chromium), or set CHROMIUM to its path.');
  });
}

describe.skipIf(!findBrowser())('the evals panel in a browser (skipped without Chrome, Chromium or Edge)', () => {
  let browser: Browser;
  let files: ReadonlyMap<string, Uint8Array>;
  const open = (options?: OpenPanel): Promise<PanelPage> => openPanel(browser, files, options);

  beforeAll(async () => {
    [browser, files] = await Promise.all([launchBrowser(), bundlePanel()]);
    fs.mkdirSync(PICTURES, { recursive: true });
  }, 60_000);
  afterAll(async () => browser?.close());

  it('shows the run: figures with their interval, rows in order, and the case that is selected', async () => {
    const panel = await open();
    await panel.send({ type: 'init', header: HEADER, rows: [...ROWS], total: 50 });
    const text = await panel.page.locator('#app').innerText();
    for (const part of [
      'Ticket triage',
      '1.4.0 · sandbox/extractor-2026-05 · dataset triage.cases.jsonl',
      '38 of 50 · 6 in flight · 3 s left',
    ])
      expect(text).toContain(part);
    for (const part of [
      '89.2 %, between 75.3 and 95.7',
      '3 right team, 1 summary filled',
      '2 retried',
      'median, 1.4 s at p95',
      'local sandbox, no key sent',
    ])
      expect(text).toContain(part);
    expect(await ids(panel)).toEqual(ROWS.map(({ caseId }) => caseId));
    await select(panel, 't-011');
    const aside = await panel.page.locator('aside').innerText();
    for (const part of [
      '$.team is "refunds", expected "billing"',
      'evaluators[2], line 41',
      '"confidence": 0.840',
      'Route the ticket.',
      '212 in, 28 out',
    ])
      expect(aside).toContain(part);
    await panel.page.getByRole('button', { name: 'evaluators[2], line 41' }).click();
    await panel.page.getByRole('button', { name: 'Go to case' }).click();
    await panel.page.getByRole('button', { name: 'Copy as curl' }).click();
    expect((await panel.posted()).slice(2)).toEqual([
      { type: 'goToEvaluator', index: 2 },
      { type: 'goToCase', caseId: 't-011' },
      { type: 'copyCurl', caseId: 't-011' },
    ]);
    expect(panel.troubles).toEqual([]);
    expect(panel.strangers).toEqual([]);
    await panel.close();
  });

  it('lists the checks of a set below it, those that are not scored with their reason', async () => {
    const panel = await open();
    await panel.send({ type: 'init', header: FINISHED, rows: [...ROWS], total: 50 });
    await panel.page.locator('[role=row]', { hasText: 't-011' }).click();
    const parts: ScorePart[] = [
      { evaluator: 'contains refund', status: 'passed' },
      { evaluator: 'rouge-n', status: 'failed', reason: 'ROUGE-1 is 0.4, below 0.75.', figure: 0.40004, weight: 2 },
      { evaluator: 'javascript', status: 'unscored', reason: 'It is code.', weight: 0 },
    ];
    const scores = [
      { evaluator: 'all of it', index: 0, line: 9, status: 'failed', reason: '1 of 3 checks fail: rouge-n.', parts },
      { evaluator: 'half of it', index: 1, line: 9, status: 'passed', parts: parts.slice(0, 1) },
      { evaluator: 'alone', index: 2, line: 9, status: 'passed' },
    ] as const;
    await panel.send({ type: 'detail', request: 1, detail: detail('t-011', { scores: [...scores] }) });
    const list = panel.page.getByRole('list', { name: 'Checks of all of it' });
    expect((await list.getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
      'passed contains refund',
      'rouge-n · failed · score 0.4 · weight 2 ROUGE-1 is 0.4, below 0.75.',
      'javascript · unscored · decides nothing It is code.',
    ]);
    expect(await panel.page.getByRole('list', { name: 'Checks of half of it' }).getByRole('listitem').count()).toBe(1);
    expect(await panel.page.locator('aside').innerText()).toMatch(/Why it failed.*half of it.*alone\s*passed/s);
    expect(panel.troubles).toEqual([]);
    await panel.page.screenshot({ path: path.join(PICTURES, 'evals-parts.png') });
    await panel.close();
  });

  it('takes patches, keeps the detail fresh, and ignores late answers and strange messages', async () => {
    const panel = await open();
    await panel.send({ type: 'init', header: HEADER, rows: [row('a', { status: 'running' })], total: 3 });
    await panel.send({ type: 'rows', rows: [{ at: 2, row: row('c') }], total: 3 });
    await panel.send({ type: 'rows', rows: [{ at: 1, row: row('b', { status: 'failed', failed: ['x'] }) }], total: 3 });
    expect(await ids(panel)).toEqual(['a', 'b', 'c']);
    await panel.page.locator('[role=row]', { hasText: 'Ticket a' }).click();
    await panel.page.locator('[role=row]', { hasText: 'Ticket b' }).click();
    await panel.send({ type: 'detail', request: 2, detail: detail('b') }, { type: 'detail', request: 1, detail: detail('a') });
    expect(await panel.page.locator('aside').getAttribute('aria-label')).toBe('Case b');
    await panel.send({ type: 'rows', rows: [{ at: 1, row: row('b') }], total: 3 });
    expect((await panel.posted()).at(-1)).toEqual({ type: 'detail', request: 3, caseId: 'b' });
    await panel.page.evaluate(() => {
      for (const message of [null, 1, 'init', { type: 'init' }, { type: 'rows', rows: [{ at: -1, row: {} }] }, { type: 'eval', code: '1' }])
        window.postMessage(message, '*');
    });
    expect(await ids(panel)).toEqual(['a', 'b', 'c']);
    expect(panel.troubles).toEqual([]);
    await panel.close();
  });

  it('filters, groups, and comes back after a reload as it was left', async () => {
    const panel = await open();
    await panel.send({ type: 'init', header: FINISHED, rows: [...ROWS], total: 8 });
    await panel.page.getByRole('button', { name: 'failed 4' }).click();
    expect(await ids(panel)).toEqual(['t-011', 't-024', 't-030', 't-042']);
    await panel.page.getByRole('button', { name: 'unscored 1' }).click();
    expect(await ids(panel)).toHaveLength(5);
    await panel.page.getByLabel('Filter cases by text').fill('doppelte');
    expect(await ids(panel)).toEqual(['t-024']);
    await panel.page.getByLabel('Filter cases by text').fill('');
    await panel.page.getByRole('button', { name: 'Group by evaluator' }).click();
    expect((await panel.page.locator('.groupName').allInnerTexts()).map((name) => name.trim())).toEqual([
      'right team 3',
      'summary filled 1',
      'team is known 1',
      'polite reply: unscored 1',
    ]);
    const state = await panel.state();
    expect(state).toEqual({ uri: 'file:///triage.prompt.yml', filters: ['failed', 'unscored'], text: '', grouped: true });
    await panel.close();
    const again = await open({ state });
    await again.send({ type: 'init', header: FINISHED, rows: [...ROWS], total: 8 });
    expect(await again.page.locator('.groupName').count()).toBe(4);
    await again.close();
  });

  it('is usable by keyboard alone', async () => {
    const panel = await open();
    await panel.send({
      type: 'init',
      header: FINISHED,
      rows: Array.from({ length: 200 }, (_, index) => row(`c-${index}`, { status: index % 10 ? 'passed' : 'failed' })),
      total: 200,
    });
    const { keyboard } = panel.page;
    const selected = () => panel.page.locator('[aria-selected=true] .id').innerText();
    await panel.page.locator('[role=grid]').focus();
    const journey: readonly (readonly [key: string, row: string])[] = [
      ['ArrowDown', 'c-0'],
      ['ArrowDown', 'c-1'],
      ['ArrowUp', 'c-0'],
      ['ArrowUp', 'c-0'],
      ['End', 'c-199'],
      ['PageUp', 'c-182'],
      ['Home', 'c-0'],
    ];
    for (const [key, expected] of journey) {
      await keyboard.press(key);
      if (key !== 'PageUp') expect(await selected()).toBe(expected);
      const active = await panel.page.locator('[role=grid]').getAttribute('aria-activedescendant');
      expect(await panel.page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    }
    await keyboard.press('f');
    expect(await ids(panel)).toContain('c-10');
    expect(await ids(panel)).not.toContain('c-11');
    await keyboard.press('/');
    await keyboard.type('c-11f/');
    expect(await panel.page.getByLabel('Filter cases by text').inputValue()).toBe('c-11f/');
    await keyboard.press('Escape');
    expect(await panel.page.getByLabel('Filter cases by text').inputValue()).toBe('');
    await keyboard.press('ArrowDown');
    const request = (await panel.posted()).filter(({ type }) => type === 'detail').length;
    await panel.send({ type: 'detail', request, detail: detail(await selected()) });
    await keyboard.press('Enter');
    expect(await focused(panel)).toContain('caseAside');
    await keyboard.press('Escape');
    expect(await focused(panel)).toContain('caseTable');
    await keyboard.press('Escape');
    expect(await panel.page.locator('aside').count()).toBe(0);
    for (let step = 0; step < 12; step++) {
      await keyboard.press('Shift+Tab');
      const ring = await panel.page.evaluate(() =>
        document.activeElement === document.body ? 'body' : getComputedStyle(document.activeElement!).outlineStyle,
      );
      expect(['solid', 'body', 'auto']).toContain(ring);
    }
    await panel.close();
  });

  it('asks before a run, says why it stopped, and offers what can be done', async () => {
    const panel = await open();
    await panel.send({
      type: 'init',
      header: {
        ...FINISHED,
        state: 'asking',
        question: ['Resume calls the model for 12 cases.', '3 calls were in flight.'],
        questionSkip: 'Run without those 3',
      },
      rows: [],
      total: 50,
    });
    await panel.page.getByRole('button', { name: 'Run without those 3' }).click();
    await panel.page.getByRole('button', { name: "Don't run" }).click();
    await panel.page.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.send({
      type: 'header',
      header: { ...FINISHED, state: 'interrupted', notice: 'Resume calls the model for 12 cases.', resumable: 12 },
    });
    for (const name of ['Resume', 'Re-run failed', 'Run again', 'Re-score']) await panel.page.getByRole('button', { name }).click();
    await panel.send({ type: 'header', header: { ...HEADER, state: 'running' } });
    await panel.page.getByRole('button', { name: 'Cancel' }).click();
    expect((await panel.posted()).slice(1)).toEqual([
      { type: 'answer', go: false, skipUnknown: true },
      { type: 'answer', go: false },
      { type: 'answer', go: true },
      { type: 'resume' },
      { type: 'rerunFailed' },
      { type: 'runAgain' },
      { type: 'rescore' },
      { type: 'cancel' },
    ]);
    await panel.close();
  });

  it.each([true, false])(
    'shows hostile texts byte for byte and nothing of them comes to life (with the policy: %s)',
    async (policy) => {
      const panel = await open({ withoutPolicy: !policy });
      const rows = PAYLOADS.map(
        (payload, index): EvalsRow =>
          row(`${index} ${payload}`, { status: 'failed', input: payload, output: payload, failed: [payload], unscored: [payload] }),
      );
      await panel.send({
        type: 'init',
        header: { ...FINISHED, title: PAYLOADS[0]!, notice: PAYLOADS[6]!, dataset: PAYLOADS[45]!, moneyNote: PAYLOADS[6]! },
        rows,
        total: rows.length,
      });
      for (const [index, payload] of PAYLOADS.entries()) {
        await panel.page.evaluate((at) => document.querySelector('[role=grid]')!.scrollTo(0, at * 28), index);
        await panel.page.locator(`[role=row][aria-rowindex="${index + 2}"]`).click({ position: { x: 30, y: 10 } });
        const request = (await panel.posted()).filter(({ type }) => type === 'detail').length;
        const shown = detail(rows[index]!.caseId, {
          output: payload,
          failure: payload,
          scores: [
            {
              ...{ evaluator: payload, index: 0, line: 1, status: 'failed', reason: payload },
              parts: [{ evaluator: payload, status: 'unscored', reason: payload }],
            },
          ],
          messages: [{ role: 'user', content: payload }],
          call: [payload],
        });
        await panel.send({ type: 'detail', request, detail: { ...shown, inputs: [{ name: payload, value: payload }] } });
        const texts = await panel.page.evaluate(() =>
          [
            '.failure',
            '.reason',
            '.partName',
            '.partReason',
            '.message pre',
            '.inputs pre',
            '.call',
            'aside .pill',
            '[aria-selected=true] .input',
          ].map((place) => document.querySelector(place)?.textContent),
        );
        expect(texts.map((text) => text?.trimEnd())).toEqual(texts.map(() => payload.trimEnd()));
        const output = await panel.page.evaluate(() => document.querySelector('pre.output')?.textContent);
        expect(payload.startsWith('{"') ? JSON.parse(output ?? '') : output).toEqual(
          payload.startsWith('{"') ? JSON.parse(payload) : payload,
        );
      }
      const foreign = await panel.page.evaluate(
        () =>
          document.querySelectorAll(
            '#app :is(script, iframe, img, svg, object, embed, link, style, a, form, math, video, audio, base, meta)',
          ).length,
      );
      expect(foreign).toBe(0);
      expect(panel.troubles).toEqual([]);
      expect(panel.strangers).toEqual([]);
      await panel.close();
    },
    60_000,
  );

  it('notices a script that does run: the alarm itself works', async () => {
    const panel = await open();
    await panel.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'reportTrouble("ran")';
      const image = document.createElement('img');
      image.src = 'https://evil.test/pixel';
      document.body.append(script, image);
    });
    await expect.poll(() => panel.troubles.filter((trouble) => trouble.startsWith('policy:')).length).toBe(2);
    await panel.close();
  });

  it.each(Object.keys(THEMES) as (keyof typeof THEMES)[])('has no accessibility violation: %s', async (theme) => {
    const panel = await open({ theme });
    const states = [
      { ...HEADER },
      { ...FINISHED, state: 'interrupted' as const, notice: 'The process ended.', resumable: 12 },
      { ...FINISHED, state: 'asking' as const, question: ['This run makes 500 calls.'] },
      { ...FINISHED, state: 'untrusted' as const, notice: 'This folder is not trusted.', adHoc: true },
    ];
    for (const [index, header] of states.entries()) {
      await panel.send({
        type: 'init',
        header,
        rows: index === 3 ? [] : [...ROWS, row('e', { status: 'error', output: 'overloaded' })],
        total: 50,
      });
      if (index === 0) await select(panel, 't-011');
      await panel.page.evaluate(axe.source);
      const found = await panel.page.evaluate(async () => {
        const runner = Reflect.get(window, 'axe') as typeof axe;
        const { violations } = await runner.run(document, { resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
        );
      });
      expect(found).toEqual([]);
      if (index === 0) await panel.page.screenshot({ path: path.join(PICTURES, `evals-${theme}.png`) });
    }
    await panel.page.setViewportSize({ width: 600, height: 800 });
    await panel.page.screenshot({ path: path.join(PICTURES, `evals-${theme}-narrow.png`) });
    await panel.close();
  });

  it('shows 10,000 rows quickly and scrolls through them', async () => {
    const panel = await open();
    const rows = Array.from({ length: 10_000 }, (_, index) => row(`case-${index}`, { input: `Ticket ${index} ${'x'.repeat(index % 60)}` }));
    const measured = await panel.page.evaluate(
      async ({ header, all }) => {
        const long: number[] = [];
        new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
        const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const began = performance.now();
        window.postMessage({ type: 'init', header, rows: all.slice(0, 100), total: all.length }, '*');
        while (!document.querySelector('[role=row].case')) await frame();
        const firstPaint = performance.now() - began;
        for (let at = 100; at < all.length; at += 1000)
          window.postMessage(
            { type: 'rows', rows: all.slice(at, at + 1000).map((each, index) => ({ at: at + index, row: each })), total: all.length },
            '*',
          );
        const grid = document.querySelector('[role=grid]')!;
        while (grid.getAttribute('aria-rowcount') !== String(all.length + 1)) await frame();
        const complete = performance.now() - began;
        const loading = long.splice(0);
        for (let step = 0; step < 120; step++) {
          grid.scrollTop += step < 60 ? 90 : 4000;
          await frame();
        }
        return { firstPaint, complete, loading, scrolling: long, onPage: document.querySelectorAll('[role=row]').length };
      },
      { header: HEADER, all: rows },
    );
    const { firstPaint, complete, loading, scrolling, onPage } = measured;
    console.log(
      `10,000 rows: first rows after ${firstPaint.toFixed(0)} ms, all after ${complete.toFixed(0)} ms; long tasks loading [${loading}], scrolling [${scrolling}] ms; ${onPage} rows on the page`,
    );
    expect(onPage).toBeLessThan(80);
    expect(firstPaint).toBeLessThan(3000);
    await panel.close();
  });

  it('is small', async () => {
    const { gzipSync } = await import('node:zlib');
    expect(gzipSync(files.get('evals.js')!).length).toBeLessThan(150_000);
  });
});

async function select(panel: PanelPage, caseId: string): Promise<void> {
  await panel.page.locator('[role=row]', { hasText: caseId }).first().click();
  const request = (await panel.posted()).filter(({ type }) => type === 'detail').length;
  await panel.send({ type: 'detail', request, detail: detail(caseId) });
}

async function ids({ page }: PanelPage): Promise<readonly string[]> {
  return page.locator('[role=row].case .id').allInnerTexts();
}

async function focused({ page }: PanelPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.className ?? '');
}
