import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** A row of the panel as it is read. */
export interface ShownRow {
  readonly caseId: string;
  readonly status: string;
  readonly output: string;
  readonly evaluators: string;
}

/** The evals panel as a person reads and uses it. */
export class EvalsPage {
  readonly frame: Frame;

  private constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The panel of that prompt, once it is there. */
  static async of(workbench: Workbench, promptName: string): Promise<EvalsPage> {
    const frame = await workbench.webviewFrame(`Evals: ${promptName}`);
    await frame.locator('.runHeader').waitFor();
    return new EvalsPage(frame);
  }

  /** Waits until so many samples are done and nothing is under way. */
  async finished(samples: number, timeout = 60_000): Promise<void> {
    await this.frame.locator('.progress', { hasText: new RegExp(`^${samples} of ${samples}(?! · \\d+ in flight)`) }).waitFor({ timeout });
    await this.frame.locator('.progress button', { hasText: 'Cancel' }).waitFor({ state: 'detached', timeout });
  }

  /** Waits until so many samples are done. */
  async atLeast(samples: number, timeout = 60_000): Promise<void> {
    const done = (wanted: number): boolean => Number.parseInt(document.querySelector('.progress')?.textContent ?? '', 10) >= wanted;
    await this.frame.waitForFunction(done, samples, { timeout });
  }

  /** The figures by their label: `{ passed: '41', failed: '9' }`. */
  async figures(): Promise<Readonly<Record<string, string>>> {
    const cells = await this.frame
      .locator('.stats > div')
      .evaluateAll((nodes) =>
        nodes.map(
          (node) =>
            [
              node.querySelector('.label')?.textContent ?? node.querySelector('.note')?.textContent ?? '',
              node.querySelector('.figure')?.textContent ?? '',
            ] as const,
        ),
      );
    return Object.fromEntries(cells);
  }

  /** Every row, scrolled through from the first to the last, in order. */
  async rows(): Promise<readonly ShownRow[]> {
    const seen = new Map<number, ShownRow>();
    const grid = this.frame.locator('[role=grid]');
    const total = Number(await grid.getAttribute('aria-rowcount')) - 1;
    await grid.evaluate((element) => element.scrollTo(0, 0));
    for (let step = 0; seen.size < total && step < 200; step++) {
      for (const [index, row] of await this.#drawn()) seen.set(index, row);
      await grid.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
      await this.frame.waitForTimeout(30);
    }
    return [...seen].sort(([a], [b]) => a - b).map(([, row]) => row);
  }

  /** Selects a case and gives the text of the side that tells about it. */
  async detail(caseId: string): Promise<string> {
    await this.frame.locator('input.filterField').fill(caseId);
    await this.frame
      .locator('.case', { has: this.frame.locator('.id', { hasText: caseId }) })
      .first()
      .click();
    const aside = this.frame.locator(`aside[aria-label="Case ${caseId}"]`);
    await aside
      .locator('h2', { hasText: 'Output' })
      .or(aside.locator('h2', { hasText: 'No answer' }))
      .first()
      .waitFor();
    const text = await aside.innerText();
    await this.frame.locator('input.filterField').fill('');
    return text;
  }

  async button(name: string): Promise<void> {
    await this.frame.getByRole('button', { name, exact: true }).first().click();
  }

  notice(): Promise<string> {
    return this.frame.locator('.notice').first().innerText();
  }

  #drawn(): Promise<readonly (readonly [number, ShownRow])[]> {
    return this.frame.locator('.case').evaluateAll((nodes) =>
      nodes.map((node) => {
        const text = (column: string): string => node.querySelector(`.${column}`)?.textContent ?? '';
        const status = node.querySelector('.status [aria-label], .status [title], .status .unseen');
        const label = status?.getAttribute('aria-label') ?? status?.getAttribute('title') ?? status?.textContent ?? '';
        return [
          Number(node.getAttribute('aria-rowindex')),
          { caseId: text('id'), status: label, output: text('output'), evaluators: text('evaluators') },
        ] as const;
      }),
    );
  }
}
