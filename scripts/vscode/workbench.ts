/** VS Code's window, driven in a browser the way a person does it. */
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, ElementHandle, Frame, Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { type GifOptions, type RecordedGif, recordGif } from './recordGif.ts';
import { stateOf, storedLayout } from './storedLayout.ts';

const EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';
const ROW = '.monaco-list-row';

/** The window's size in pixels; without it 1400 × 900. */
export interface OpenOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** How long anything is waited for: a busy machine takes several times what a quiet one does. */
export const PATIENCE_MS = 60_000;

/** Opens a workspace's address (RunningVSCode.workspaceUrl) and waits until the window is usable. */
export async function openWorkbench(
  browser: Browser,
  url: string,
  { viewport = { width: 1400, height: 900 } }: OpenOptions = {},
): Promise<Workbench> {
  const context = await browser.newContext({ viewport });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const workbench = new Workbench(page);
  await page.goto(url);
  await page.locator('.monaco-workbench .statusbar .statusbar-item').first().waitFor();
  return workbench;
}

/** The page object; every method waits until what it did is seen, and fails with what was seen instead. */
export class Workbench {
  readonly page: Page;
  /** What the window wrote to the browser's console as an error, VS Code's own complaints included. */
  readonly consoleErrors: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error') this.consoleErrors.push(message.text());
    });
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.page.context().close();
  }

  /**
   * Loads the window again, as `Developer: Reload Window` does, and waits until it is usable. First the panel of this view type has to be among
   * what is restored: in a browser VS Code stores its layout every few seconds while it is idle, and not when it is closed.
   */
  async reload(viewType: string): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.page.evaluate(storedLayout)).some((layout) => stateOf(layout, viewType).includes('uri'))) {
      if (Date.now() > until) throw new Error(`No stored layout has the panel ${viewType} with its state`);
      await this.page.waitForTimeout(250);
    }
    await this.page.reload();
    await this.page.locator('.monaco-workbench .statusbar .statusbar-item').first().waitFor();
  }

  // Editors

  /** Opens a file by its path, or a part of it, through Quick Open. */
  async openFile(name: string): Promise<void> {
    const base = path.basename(name);
    await this.quickInput('Control+P', name);
    await this.page.locator(`.quick-input-list ${ROW}.focused`, { hasText: base }).first().waitFor(); // Enter takes the focused row
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${base}"]`).waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  /** The active text editor. */
  editor(): Locator {
    return this.page.locator(EDITOR).first();
  }

  /** The active editor's text as drawn: the visible lines only. */
  async editorText(): Promise<string> {
    const lines = await this.editor()
      .locator('.view-line')
      .evaluateAll((nodes) =>
        nodes.map((node) => ({ top: Number.parseFloat((node as HTMLElement).style.top), text: node.textContent ?? '' })),
      );
    return lines
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /** Gives the active editor the keyboard, as CodeLens and typing need. */
  async focusEditor(): Promise<void> {
    await this.runCommand('View: Focus Active Editor Group');
    await this.page.waitForFunction(() => document.activeElement?.closest('.editor-group-container.active .monaco-editor'));
  }

  /** Puts the cursor at a line and column, both counted from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focusEditor();
    await this.quickInput('Control+G', `:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
  }

  /** Types at the end of the active file. */
  async typeAtEnd(text: string): Promise<void> {
    await this.focusEditor();
    // A file that has just been opened may put the cursor back to where it was; files of one line stay on the first.
    const lower = this.page.locator('.statusbar-item', { hasText: /^Ln (?!1,)\d+/ }).first();
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('Control+End');
      if (await appears(lower, 1000)) break;
    }
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }

  /** Asks for completions at the cursor; the labels that are shown. */
  async completions(): Promise<readonly string[]> {
    await this.page.keyboard.press('Control+Space');
    const rows = this.page.locator(`.suggest-widget.visible ${ROW} .label-name`);
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** Opens the quick fixes at the cursor; their titles. Answer with pickQuickFix() or Escape. */
  async quickFixes(): Promise<readonly string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action .title');
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('Control+.'); // goes nowhere while the editor is still getting the keyboard
      if (await appears(rows.first(), 5000)) break;
    }
    return rows.allInnerTexts();
  }

  /** Takes a quick fix from the open list. */
  async pickQuickFix(title: string): Promise<void> {
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
    await this.page.locator('.action-widget .monaco-list-row.action').first().waitFor({ state: 'detached' });
  }

  /** Renames what is at the cursor, with F2. */
  async rename(name: string): Promise<void> {
    await this.page.keyboard.press('F2');
    const input = this.page.locator('.rename-box input.rename-input');
    await input.waitFor();
    await input.fill(name);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Saves the active file and waits until its tab is no longer marked as changed. */
  async save(): Promise<void> {
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.runCommand('File: Save');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** The squiggles of one kind in the active editor. */
  squiggles(kind: 'error' | 'warning' | 'info' | 'hint' = 'warning'): Locator {
    return this.editor().locator(`.squiggly-${kind}`);
  }

  /** A CodeLens by its text. VS Code asks for lenses only while the editor has the keyboard, so it gets it first. */
  async codeLens(text: string | RegExp): Promise<Locator> {
    await this.focusEditor();
    const lens = this.editor().locator('.codelens-decoration a', { hasText: text }).first();
    await lens.waitFor();
    return lens;
  }

  /** Points at the first drawn occurrence of a text in the editor; the hover's text. */
  async hoverAt(text: string): Promise<string> {
    const box = await this.boxOf(text);
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.mouse.move(box.x + box.width / 2, 5); // the title bar: a hover of another line could come late
      await this.page.keyboard.press('Escape'); // an older hover would be taken for this one
      await this.page.locator('.monaco-resizable-hover .monaco-hover:not(.hidden):visible').first().waitFor({ state: 'hidden' });
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
      const content = await this.shownHover();
      if (content) return content;
    }
    throw new Error(`No hover over "${text}"`);
  }

  /** Page coordinates of the first drawn occurrence of a text in the active editor. */
  async boxOf(text: string): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    await this.editor().locator('.view-line', { hasText: text }).first().waitFor();
    const box = await this.editor().evaluate((editor, wanted) => {
      for (const line of editor.querySelectorAll('.view-line')) {
        const at = (line.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
        if (at < 0) continue;
        // Colours cut a line into tokens: the text may begin in one and end in another.
        const range = document.createRange();
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        let from = 0;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const length = node.nodeValue?.length ?? 0;
          if (at >= from && at < from + length) range.setStart(node, at - from);
          const end = at + wanted.length - from;
          if (end > 0 && end <= length) range.setEnd(node, end);
          from += length;
        }
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x, y, width, height };
      }
      return null;
    }, text);
    if (!box) throw new Error(`"${text}" is not drawn in the active editor`);
    return box;
  }

  // Commands, views, panels

  /** Presses a key that opens a quick input (null: it is open already) and fills in the text. */
  async quickInput(key: string | null, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input:is([type=text],[type=password])').first();
    for (let attempt = 0; ; attempt++) {
      if (key) await this.page.keyboard.press(key);
      // An input that is just closing still shows: it takes no text, and the next try opens a new one.
      if (
        (await appears(input, 3000)) &&
        (await input.fill(text, { timeout: 2000 }).then(
          () => true,
          () => false,
        ))
      )
        break;
      if (attempt === 4) throw new Error(`${key ?? 'Nothing'} opened no quick input`);
    }
  }

  /** Picks the row with this label from the open quick input, by keyboard: the tooltip of a row covers the next ones. */
  async pick(label: string): Promise<void> {
    const rows = this.page.locator(`.quick-input-widget:visible ${ROW}`);
    // A row's aria-label is its title, then maybe a comma and a key binding or `recently used`.
    const row = (state = '') =>
      this.page.locator(
        [`[aria-label=${JSON.stringify(label)}]`, `[aria-label^=${JSON.stringify(`${label}, `)}]`]
          .map((match) => `.quick-input-list ${ROW}${state}${match}`)
          .join(', '),
      );
    const fail = async (): Promise<never> => {
      const offered = await rows.evaluateAll((nodes) => nodes.map((node) => node.ariaLabel)).catch(() => []);
      await this.page.keyboard.press('Escape');
      throw new Error(`"${label}" is not offered; offered are: ${offered.join(' | ')}`);
    };
    if (!(await appears(row().first(), 10_000))) await fail();
    for (let step = 0; !(await row('.focused').count()); step++) {
      if (step === 30) await fail();
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Runs a command by its title in the palette, such as `View: Focus Active Editor Group`. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`);
    await this.pick(title);
  }

  /** Answers an input box that an extension has opened. */
  async answerInput(text: string): Promise<void> {
    await this.quickInput(null, text);
    await this.page.keyboard.press('Enter');
  }

  /** Switches the colour theme: `Light Modern`, `Dark Modern`, `Default High Contrast` … */
  async setTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput(null, name);
    await this.pick(name);
    const contrast = /high contrast/i.test(name);
    const base = contrast ? (/light/i.test(name) ? 'hc-light' : 'hc-black') : /dark/i.test(name) ? 'vs-dark' : 'vs';
    await this.page.locator(`.monaco-workbench.${base}`).first().waitFor();
  }

  /** Opens the Problems panel; its rows as texts. */
  async problems(): Promise<readonly string[]> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.runCommand('Problems: Focus on Problems View');
    await panel.locator(`${ROW}, .message-box-container:visible`).first().waitFor();
    return rowTexts(panel);
  }

  /** Waits until a row of the Problems panel says so. */
  async problem(text: RegExp): Promise<void> {
    const rows = this.page.locator('.markers-panel').locator(ROW);
    await this.problems();
    await rows.filter({ hasText: text }).first().waitFor();
  }

  /** Opens the Test Explorer; its rows as texts. */
  async testExplorer(): Promise<readonly string[]> {
    await this.runCommand('Testing: Focus on Test Explorer View');
    const view = this.page.locator('.test-explorer');
    await view.locator(ROW).first().waitFor();
    return rowTexts(view);
  }

  /** A row of a tree view in the side bar by its text. Rows out of sight are not drawn: it is looked for from the top to the end. */
  async treeRow(view: string, text: string | RegExp): Promise<Locator> {
    const rows = this.page.locator('.pane', { hasText: view }).locator(ROW);
    const row = rows.filter({ hasText: text }).first();
    for (let attempt = 0; attempt < 10 && !(await appears(row, 1500)); attempt++) {
      await this.runCommand(`Evenkeel: Focus on ${view} View`);
      await this.page.keyboard.press(attempt % 2 ? 'Home' : 'End');
    }
    await row.waitFor();
    return row;
  }

  /** The extensions that run here, by their display name, with their activation times in ms where they have activated. */
  async activationTimes(): Promise<Readonly<Record<string, number | undefined>>> {
    await this.runCommand('Developer: Show Running Extensions');
    const rows = this.page.locator(`.runtime-extensions-editor ${ROW}`);
    await rows
      .filter({ hasText: /Activation: \d+ms/ })
      .first()
      .waitFor();
    const texts = await rows.allInnerTexts();
    await this.page.keyboard.press('Escape'); // it lies over the window
    await this.page.locator('.runtime-extensions-editor').waitFor({ state: 'hidden' });
    return Object.fromEntries(
      texts.map((text) => {
        const time = /Activation: (\d+)ms/.exec(text)?.[1];
        return [text.split('\n')[0] ?? '', time === undefined ? undefined : Number(time)];
      }),
    );
  }

  /** The display names of the installed extensions, built-in ones left out, as the Extensions view lists them. */
  async installedExtensions(): Promise<readonly string[]> {
    await this.runCommand('View: Show Extensions');
    const rows = this.page.locator('.extensions-list .extension-list-item .name');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** A status bar item by its text. */
  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** A notification by its text. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /** Presses a button of a notification. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole('button', { name: button }).first().click();
  }

  /** Answers "Do you trust the authors"; it is asked when VS Code was started with `trust: false`. */
  async answerTrust(yes: boolean): Promise<void> {
    await this.dialogButton(yes ? /^Yes/ : /^No/).click();
  }

  /** A button of a modal dialog. */
  dialogButton(name: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box').getByRole('button', { name }).first();
  }

  /**
   * The document inside a webview, by the title that VS Code gives it: the tab's.
   * VS Code nests two frames: `iframe.webview`, its shell, and in it `#active-frame`, our page.
   */
  async webviewFrame(title: string, timeout = PATIENCE_MS): Promise<Frame> {
    const until = Date.now() + timeout;
    while (Date.now() < until) {
      for (const shell of await this.page.locator('iframe.webview').elementHandles()) {
        // A frame that is being loaded again may go away between any two of these questions.
        const frame = await titledFrame(shell, title).catch(() => undefined);
        if (frame) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No webview has the title "${title}"`);
  }

  // Looks

  /** Waits for two equal pictures of the window, then saves a PNG: its path. */
  async screenshot(
    name: string,
    { folder = 'test-output/screenshots', ...options }: PageScreenshotOptions & { folder?: string } = {},
  ): Promise<string> {
    const shoot = () => this.page.screenshot({ animations: 'disabled', caret: 'hide', ...options });
    let picture = await shoot();
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.waitForTimeout(150);
      const next = await shoot();
      const still = next.equals(picture);
      picture = next;
      if (still) break;
    }
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    fs.writeFileSync(file, picture);
    return file;
  }

  /** Starts to record the window; the function that it gives stops that and writes the GIF. */
  recordGif(file: string, options?: GifOptions): Promise<() => Promise<RecordedGif>> {
    return recordGif(this.page, file, options);
  }

  /** The text of the hover that is shown; null when none with content comes within 3 s. */
  private async shownHover(): Promise<string | null> {
    const shown = this.page.waitForFunction(
      () => {
        const rows = [...document.querySelectorAll<HTMLElement>('.monaco-resizable-hover .monaco-hover:not(.hidden) .hover-row')];
        const texts = rows.filter((row) => row.checkVisibility()).map((row) => row.innerText.trim());
        const content = texts.filter((text) => text !== '').join('\n');
        return content && !content.startsWith('Loading') ? content : null;
      },
      null,
      { timeout: 3000 },
    );
    return shown.then(
      (handle) => handle.jsonValue(),
      () => null,
    );
  }
}

async function titledFrame(shell: ElementHandle, title: string): Promise<Frame | undefined> {
  const inner = await (await shell.contentFrame())?.$('#active-frame');
  const frame = await inner?.contentFrame();
  return frame && [await inner?.getAttribute('title'), await frame.title()].includes(title) ? frame : undefined;
}

function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

async function rowTexts(view: Locator): Promise<readonly string[]> {
  return (await view.locator(ROW).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}
