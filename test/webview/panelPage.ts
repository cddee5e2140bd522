import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../extension/panels/html.ts';
import type { FromEvals, ToEvals } from '../../protocol/index.ts';
import { FONTS, THEMES } from './themes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ORIGIN = 'https://panel.test';

/** A panel as VS Code shows it: our page, our policy, our bundle; VS Code's side is played by the test. */
export interface PanelPage<To = ToEvals, From = FromEvals> {
  readonly page: Page;
  readonly send: (...messages: readonly To[]) => Promise<void>;
  /** What the panel has sent so far. */
  readonly posted: () => Promise<readonly From[]>;
  readonly state: () => Promise<unknown>;
  /** Requests for anything but the panel's own files. */
  readonly strangers: readonly string[];
  /** Violations of the policy, errors of scripts, dialogs and navigations. */
  readonly troubles: readonly string[];
  readonly close: () => Promise<void>;
}

type Bundle = 'evals' | 'drift';

export interface OpenPanel {
  readonly bundle?: Bundle;
  readonly theme?: keyof typeof THEMES;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly state?: unknown;
  /** Leaves the policy out: the page must be as harmless without it. */
  readonly withoutPolicy?: boolean;
}

/** A panel's files as the build makes them. */
export async function bundlePanel(bundle: Bundle = 'evals'): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: [`webview/${bundle}/main.tsx`],
    outfile: `dist/webview/${bundle}.js`,
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'chrome130',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  const files = new Map(outputFiles.map((file) => [path.basename(file.path), file.contents]));
  for (const name of ['codicon.css', 'codicon.ttf'])
    files.set(name, fs.readFileSync(path.join(ROOT, 'node_modules/@vscode/codicons/dist', name)));
  return files;
}

export async function openPanel<To = ToEvals, From = FromEvals>(
  browser: Browser,
  files: ReadonlyMap<string, Uint8Array>,
  options: OpenPanel = {},
): Promise<PanelPage<To, From>> {
  const { bundle = 'evals', theme = 'dark', viewport = { width: 1280, height: 800 }, state, withoutPolicy = false } = options;
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const strangers: string[] = [];
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => {
    if (frame.url() !== `${ORIGIN}/`) troubles.push(`navigation: ${frame.url()}`);
  });
  await page.route('**', async (route) => {
    const url = new URL(route.request().url());
    const name = url.pathname.slice(1);
    const body = url.origin === ORIGIN ? (name === '' ? Buffer.from(html(bundle, withoutPolicy)) : files.get(name)) : undefined;
    if (!body) {
      if (name !== 'favicon.ico') strangers.push(route.request().url());
      return route.abort();
    }
    return route.fulfill({ body: Buffer.from(body), contentType: TYPES[path.extname(name)] ?? 'text/html' });
  });
  await page.exposeFunction('reportTrouble', (text: string) => troubles.push(text));
  await page.addInitScript(playEditor, { variables: { ...THEMES[theme], ...FONTS }, state });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => Reflect.get(window, 'posted')?.length > 0);
  return {
    page,
    strangers,
    troubles,
    send: async (...messages) => {
      await page.evaluate((list) => {
        for (const message of list) window.postMessage(message, '*');
      }, messages);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    },
    posted: () => page.evaluate(() => Reflect.get(window, 'posted') as From[]),
    state: () => page.evaluate(() => Reflect.get(window, 'panelState')),
    close: () => context.close(),
  };
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

function html(bundle: Bundle, withoutPolicy: boolean): string {
  const page = panelHtml(
    { cspSource: ORIGIN, file: (name) => `${ORIGIN}/${name}` },
    { bundle, title: 'Panel', data: { uri: 'file:///triage.prompt.yml' } },
  );
  return withoutPolicy ? page.replace(/<meta http-equiv[^>]*>/, '') : page;
}

/** Runs in the page before its scripts: what VS Code gives a webview. */
function playEditor({ variables, state }: { variables: Record<string, string>; state: unknown }): void {
  const posted: unknown[] = [];
  Reflect.set(window, 'posted', posted);
  Reflect.set(window, 'panelState', state);
  Reflect.set(window, 'acquireVsCodeApi', () => ({
    postMessage: (message: unknown) => posted.push(message),
    getState: () => Reflect.get(window, 'panelState'),
    setState: (next: unknown) => Reflect.set(window, 'panelState', next),
  }));
  const style = (): void => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
  };
  if (document.documentElement) style();
  else document.addEventListener('readystatechange', style);
  document.addEventListener('securitypolicyviolation', (event) =>
    Reflect.get(window, 'reportTrouble')(`policy: ${event.effectiveDirective} ${event.blockedURI}`),
  );
}
