import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../extension/panels/html.ts';
import { findBrowser, launchBrowser } from '../browser.ts';
import { bundles } from '../build.ts';
import { type BenchLine, type BenchRow, notHere } from './benchRow.ts';
import { type DriftPanelFigures, measureDriftPanel } from './measureDriftPanel.ts';
import { median } from './statistics.ts';

const WORK = 'Drift panel: 10,000 rows';
const TARGET = 'first rows ≤ 300 ms, all ≤ 500 ms, no long task while scrolling';
const TEXT_TARGET = 'shown ≤ 1 s';
const ORIGIN = 'https://panel.test';

/** The drift panel in a browser without a window: many rows, and long texts on both sides; medians over the rounds. */
export const driftPanelRow: BenchRow = {
  id: 'driftPanel',
  run: async ({ rounds, say }) => {
    if (!findBrowser()) return [notHere(WORK, TARGET, 'needs Chrome, Chromium or Edge')];
    const [browser, files] = await Promise.all([launchBrowser(), bundle()]);
    try {
      const all: DriftPanelFigures[] = [];
      for (let round = 0; round < rounds; round++) {
        say(`drift panel, round ${round + 1} of ${rounds}`);
        const page = await openPage(browser, files);
        all.push(await measureDriftPanel(page));
        await page.context().close();
      }
      const firstRows = median(all.map((figures) => figures.firstRows));
      const allRows = median(all.map((figures) => figures.allRows));
      const scrolling = median(all.map(({ scrollingTasks }) => scrollingTasks.length));
      const rows: BenchLine = {
        work: WORK,
        target: TARGET,
        measured: `first ${firstRows.toFixed(0)} ms, all ${allRows.toFixed(0)} ms, ${scrolling} long tasks while scrolling`,
        met: firstRows <= 300 && allRows <= 500 && scrolling === 0,
        figures: { firstRows, allRows, scrolling },
      };
      const texts = (all[0]?.texts ?? []).map(({ name }, index): BenchLine => {
        const of = (figure: 'shown' | 'complete' | 'longest'): number => median(all.map((figures) => figures.texts[index]?.[figure] ?? 0));
        const [shown, complete, longest] = [of('shown'), of('complete'), of('longest')];
        return {
          work: `Drift panel: ${name}`,
          target: TEXT_TARGET,
          measured: `shown ${shown.toFixed(0)} ms, complete ${complete.toFixed(0)} ms, longest task ${longest.toFixed(0)} ms`,
          met: shown <= 1000,
          figures: { shown, complete, longest },
        };
      });
      return [rows, ...texts];
    } finally {
      await browser.close();
    }
  },
};

/** The panel's files as the build makes them. */
async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const options = bundles().find(({ name }) => name === 'webview/drift')?.options;
  const { outputFiles = [] } = await esbuild.build({ ...options, write: false });
  return new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
}

/** A page with the panel, which has said that it is ready; its host says nothing yet. */
async function openPage(browser: Browser, files: ReadonlyMap<string, Uint8Array>): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const html = panelHtml(
    { cspSource: ORIGIN, file: (name) => `${ORIGIN}/${name}` },
    { bundle: 'drift', title: 'Drift', data: { uri: 'x' } },
  );
  await page.route('**', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = name === '' ? html : files.get(name);
    if (body === undefined) return route.abort();
    return route.fulfill({ body: Buffer.from(body), contentType: TYPES[path.extname(name)] ?? 'text/html' });
  });
  await page.addInitScript(() => {
    const posted: unknown[] = [];
    Reflect.set(window, 'posted', posted);
    Reflect.set(window, 'acquireVsCodeApi', () => ({
      postMessage: (message: unknown) => posted.push(message),
      getState: () => undefined,
      setState: () => undefined,
    }));
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => Reflect.get(window, 'posted')?.length > 0);
  return page;
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };
