import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** A line of the panel's list as it is read; groups have no case. */
export interface ShownChange {
  readonly caseId: string | undefined;
  readonly text: string;
  readonly selected: boolean;
  readonly done: boolean;
}

/** The drift panel as a person reads it and works it by keyboard. */
export class DriftPage {
  readonly #workbench: Workbench;
  readonly frame: Frame;

  private constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** The panel of that prompt, once it is there. */
  static async of(workbench: Workbench, promptName: string): Promise<DriftPage> {
    const frame = await workbench.webviewFrame(`Drift: ${promptName}`);
    await frame.locator('.driftHeader').waitFor();
    return new DriftPage(workbench, frame);
  }

  /** The question before a job, in sentences. */
  async question(): Promise<string> {
    const notice = this.frame.locator('.notice.question');
    await notice.waitFor();
    return notice.innerText();
  }

  /** Answers it by keyboard: the first button is the one that goes on. */
  async go(): Promise<void> {
    const button = this.frame.locator('.notice.question').getByRole('button').first();
    await button.focus();
    await button.press('Enter');
    await button.waitFor({ state: 'detached' });
  }

  /** Waits until nothing is under way. */
  async idle(timeout = 120_000): Promise<void> {
    await this.frame.getByRole('button', { name: 'Cancel', exact: true }).waitFor({ state: 'detached', timeout });
  }

  /** What the panel says above everything. */
  notice(): Locator {
    return this.frame.getByRole('region', { name: 'Notice' });
  }

  /** The verdict's word and its sentences. */
  async verdict(): Promise<{ readonly word: string; readonly sentences: string }> {
    await this.frame.locator('.verdict').waitFor();
    return {
      word: await this.frame.locator('.titleLine .pill').first().innerText(),
      sentences: await this.frame.locator('.verdict').innerText(),
    };
  }

  /** `Reviewed 3 of 12` as numbers. */
  async reviewed(): Promise<{ readonly done: number; readonly of: number }> {
    const text = await this.frame.locator('.headerTools', { hasText: 'Reviewed' }).innerText();
    const [, done, of] = /Reviewed (\d+) of (\d+)/.exec(text) ?? [];
    return { done: Number(done), of: Number(of) };
  }

  /** Waits until so many changes are reviewed. */
  async reviewedUntil(done: number): Promise<void> {
    await this.frame.locator('.headerTools', { hasText: new RegExp(`Reviewed ${done} of`) }).waitFor();
  }

  /** The lines that are drawn, in their order. */
  async changes(): Promise<readonly ShownChange[]> {
    return this.frame.locator('[role=treeitem]').evaluateAll((lines) =>
      lines
        .map((line) => ({
          top: line.getBoundingClientRect().top,
          change: {
            caseId: line.querySelector('.caseId')?.textContent ?? undefined,
            text: (line as HTMLElement).innerText.replace(/\s+/g, ' ').trim(),
            selected: line.getAttribute('aria-selected') === 'true',
            done: line.classList.contains('done'),
          },
        }))
        .sort((a, b) => a.top - b.top)
        .map(({ change }) => change),
    );
  }

  /** The case that is selected. */
  async selected(): Promise<string | undefined> {
    return (await this.changes()).find(({ selected }) => selected)?.caseId;
  }

  /** Gives the list the keyboard. */
  async focus(): Promise<void> {
    const tree = this.frame.getByRole('tree');
    await tree.waitFor();
    await tree.focus();
  }

  /** Presses keys, one after the other, as a person at the list does. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#workbench.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#workbench.page.keyboard.type(text);
  }
}
