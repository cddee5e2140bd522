import type { Page } from 'playwright-core';
import type { CaseComparison, DriftRow, Segment, ToDrift } from '../../protocol/index.ts';

/** What the drift panel takes, in milliseconds; long tasks are those above 50 ms, as the browser counts them. */
export interface DriftPanelFigures {
  /** From the first message to the first rows, and to all 10,000. */
  readonly firstRows: number;
  readonly allRows: number;
  readonly loadingTasks: readonly number[];
  readonly scrollingTasks: readonly number[];
  readonly linesOnPage: number;
  /** From the message to the text on the page, and the long tasks until all of it is there. */
  readonly texts: readonly { readonly name: string; readonly shown: number; readonly complete: number; readonly longest: number }[];
}

/** Measures an open drift panel that has said it is ready. */
export async function measureDriftPanel(page: Page): Promise<DriftPanelFigures> {
  const rows = await page.evaluate(fillRows, { init: firstMessage(), rest: laterMessages() });
  const texts = [];
  for (const { name, comparison, characters } of longTexts()) {
    const request = await page.evaluate(() => {
      const asked = (Reflect.get(window, 'posted') as { type: string; request?: number }[]).filter(({ type }) => type === 'case');
      return asked.at(-1)?.request ?? 0;
    });
    const message: ToDrift = { type: 'case', request, comparison };
    texts.push({ name, ...(await page.evaluate(showText, { message, name, characters })) });
  }
  return { ...rows, texts };
}

const ROWS = 10_000;
const FIRST_PAGE = 100;
const NEXT_PAGE = 1000;
const GROUP = { id: 'g', severity: 'bad', path: '$.team', title: 'billing → refunds', folded: false } as const;

function row(index: number): DriftRow {
  const input = `Ticket ${index} ${'x'.repeat(index % 60)}`;
  return { caseId: `c-${index}`, label: 'drifted', input, line: 'billing → refunds', flips: [], review: { state: 'pending' } };
}

function firstMessage(): ToDrift {
  const phrases = [{ text: 'A sentence of the verdict.' }];
  return {
    type: 'init',
    state: { state: 'finished', title: 'Ticket triage', canUndo: false },
    summary: {
      comparisonId: 'bench',
      kind: 'review',
      title: 'Ticket triage',
      word: 'worse',
      wordShown: 'worse',
      baseline: phrases,
      candidate: phrases,
      verdict: phrases,
      differs: ['model'],
      same: ['prompt'],
      facts: [],
      shifts: [],
      fields: [],
      notes: [],
      reviewed: 0,
      reviewable: ROWS,
      canAccept: true,
      incomplete: false,
    },
    groups: [{ ...GROUP, caseIds: Array.from({ length: ROWS }, (_, index) => `c-${index}`) }],
    rows: Array.from({ length: FIRST_PAGE }, (_, index) => row(index)),
    total: ROWS,
  };
}

function laterMessages(): readonly ToDrift[] {
  const messages: ToDrift[] = [];
  for (let start = FIRST_PAGE; start < ROWS; start += NEXT_PAGE) {
    const length = Math.min(NEXT_PAGE, ROWS - start);
    messages.push({
      type: 'rows',
      rows: Array.from({ length }, (_, index) => ({ at: start + index, row: row(start + index) })),
      total: ROWS,
    });
  }
  return messages;
}

/** Outputs of a megabyte a side compared by lines, of a megabyte in one line, and of 200 KB with a mark every few words. */
function longTexts(): readonly { readonly name: string; readonly comparison: CaseComparison; readonly characters: number }[] {
  const line = 'A line of an answer that is rather long, as they are. ';
  const lines = (count: number): string => `${line}\n`.repeat(count);
  const coarse: Segment[] = [{ text: lines(9000) }, { text: lines(500), mark: 'changed' }, { text: lines(9000) }];
  const single: Segment[] = [{ text: line.repeat(18_000) }, { text: 'end', mark: 'changed' }];
  const fine = Array.from(
    { length: 8000 },
    (_, index): Segment =>
      index % 2 ? { text: 'another word ', mark: 'changed' } : { text: `${line.slice(0, 37)}${index % 8 ? '' : '\n'}` },
  );
  return [
    ['1 MB a side by lines', coarse, true],
    ['1 MB a side in one line', single, true],
    ['200 KB a side with 8,000 segments', fine, false],
  ].map(([name, segments, isCoarse]) => {
    const side = { kind: 'text', segments: segments as Segment[], coarse: isCoarse === true } as const;
    const comparison: CaseComparison = {
      caseId: 'c-0',
      title: String(name),
      label: 'drifted',
      labelShown: 'drifted',
      words: 'Drifted.',
      inputs: [],
      approved: 10,
      fresh: 8,
      shown: { approved: 0, fresh: 0 },
      rows: [{ path: '$', type: 'text', status: 'changed', words: 'p 0.0002', baseline: side, candidate: side }],
      evaluators: [],
      measures: { baseline: { length: '1' }, candidate: { length: '1' } },
      broken: [],
      review: { state: 'pending' },
    };
    return { name: String(name), comparison, characters: 2 * side.segments.reduce((sum, { text }) => sum + text.length, 0) };
  });
}

/** Runs in the page: the rows come, then the list is scrolled through. */
async function fillRows({ init, rest }: { init: unknown; rest: readonly unknown[] }) {
  const long: number[] = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const began = performance.now();
  window.postMessage(init, '*');
  while (!document.querySelector('[role=treeitem].caseLine')) await frame();
  const firstRows = performance.now() - began;
  for (const message of rest) window.postMessage(message, '*');
  while (document.querySelector('.caseLine')?.getAttribute('aria-setsize') !== '10000') await frame();
  const allRows = performance.now() - began;
  await frame();
  const loadingTasks = long.splice(0);
  const tree = document.querySelector('[role=tree]');
  for (let step = 0; step < 120 && tree; step++) {
    tree.scrollTop += step < 60 ? 90 : 3000;
    await frame();
  }
  return { firstRows, allRows, loadingTasks, scrollingTasks: long, linesOnPage: document.querySelectorAll('[role=treeitem]').length };
}

/** Runs in the page: a case comes, until all of its text is on the page. */
async function showText({ message, name, characters }: { message: unknown; name: string; characters: number }) {
  const long: number[] = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const text = (): number =>
    [...document.querySelectorAll('.fieldTable .markedText')].reduce((sum, node) => sum + (node.textContent?.length ?? 0), 0);
  const began = performance.now();
  window.postMessage(message, '*');
  while (!document.querySelector('.caseTitle h2')?.textContent?.endsWith(name)) await frame();
  const shown = performance.now() - began;
  while (text() !== characters) await frame();
  const complete = performance.now() - began;
  await frame();
  observer.disconnect();
  return { shown, complete, longest: Math.max(0, ...long) };
}
