import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeLock, parseLock } from '../../prompts-schema/index.ts';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { type RunningExample, startExample } from '../../scripts/example/startExample.ts';
import { PATIENT, useLab } from './support/lab.ts';

const PROMPT = 'triage.prompt.yml';
const LOCK = `${PROMPT}.lock`;
const SETTING = 'evenkeel.deployments.decorations';
/** A prompt that nobody has committed. */
const DRAFT = 'greeting.prompt.yml';
const DRAFT_TEXT = `name: Greeting
version: 1.0.0
model: sandbox/extractor-2026-05
messages:
  - role: user
    content: Greet the customer.
`;

let example: RunningExample | undefined;
const lab = useLab(async () => {
  example = await startExample();
  writeFileSync(path.join(example.workspace, DRAFT), DRAFT_TEXT);
  return { workspace: example.workspace, copy: false, viewport: { width: 1600, height: 1000 } };
});
afterAll(() => example?.stop());

const git = (...args: readonly string[]): string => execFileSync('git', ['-C', lab().file('.'), ...args], { encoding: 'utf8' });
const read = (name: string): string => readFileSync(lab().file(name), 'utf8');

function change(name: string, from: string, to: string): void {
  const text = read(name);
  if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
  writeFileSync(lab().file(name), text.replace(from, to));
}

function release(...argv: readonly string[]): void {
  const main = path.join(ROOT, 'dist/cli/main.mjs');
  const { status, stderr } = spawnSync(process.execPath, [main, 'release', ...argv], { cwd: lab().file('.'), encoding: 'utf8' });
  if (status !== 0) throw new Error(`evenkeel release ended with ${status}: ${stderr}`);
}

const problems = async (): Promise<string> => (await lab().workbench.problems()).join('\n');

/** Waits until the Problems view says so. */
async function until(problem: RegExp): Promise<void> {
  await expect.poll(problems, PATIENT).toMatch(problem);
}

/** Takes the quick fix of the version in the active prompt that repairs its lock file; what is said then. */
async function repair(line: number): Promise<string> {
  const { workbench } = lab();
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.goTo(line, 12);
  expect(await workbench.quickFixes()).toContain('Repair the lock file');
  await workbench.pickQuickFix('Repair the lock file');
  return said();
}

async function said(): Promise<string> {
  const notification = lab().workbench.notification(/\.lock/);
  await notification.waitFor();
  return (await notification.innerText()).replace(/\s+/g, ' ').trim();
}

describe('A release against the file, in a real VS Code', () => {
  it('is picked from all of them, newest first', async () => {
    const { workbench } = lab();
    await workbench.openFile(PROMPT);
    await workbench.goTo(1);
    await workbench.page.keyboard.type('# not saved yet\n');
    await workbench.runCommand('Evenkeel: Compare with Release…');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'released 1.2.0' }).waitFor();
    const labels = await rows.evaluateAll((nodes) => nodes.map((node) => node.ariaLabel ?? ''));
    const releases = labels.filter((label) => label.startsWith('released'));
    expect(releases.map((label) => label.split(',')[0])).toEqual(['released 1.4.0', 'released 1.3.0', 'released 1.2.0']);
    expect(releases[0]).toMatch(/tested with sandbox\/extractor-2026-05 \(41 of 50 passed\), Releases$/);
    await workbench.screenshot('release-pick');
  });

  it('opens as a native diff: its text on the left, that of the editor on the right', async () => {
    const { workbench } = lab();
    await workbench.answerInput('released 1.2.0');
    await workbench.page.locator('.tab.active', { hasText: `${PROMPT}: 1.2.0 ↔ working copy` }).waitFor();
    const diff = workbench.page.locator('.editor-instance .monaco-diff-editor').first();
    await diff.locator('.editor.original .view-line', { hasText: 'version: 1.2.0' }).waitFor();
    /** The lines in sight, without the hints among them. */
    const side = async (name: 'original' | 'modified'): Promise<readonly string[]> => {
      const lines = await diff
        .locator(`.editor.${name} .view-line`)
        .evaluateAll((nodes) => nodes.map((node) => [Number.parseFloat((node as HTMLElement).style.top), node.textContent ?? ''] as const));
      return [...lines].sort(([a], [b]) => a - b).map(([, text]) => text.replaceAll('\u00a0', ' ').replace(/≈ .*tokens.*/, ''));
    };
    const wanted = { original: git('show', `support-v1:${PROMPT}`), modified: `# not saved yet\n${read(PROMPT)}` };
    for (const name of ['original', 'modified'] as const) {
      await expect.poll(async () => (await side(name)).length, PATIENT).toBeGreaterThan(30); // down to the last of the changes
      const lines = await side(name);
      expect(lines).toEqual(wanted[name].split('\n').slice(0, lines.length));
    }
    await workbench.screenshot('release-diff');
    await workbench.runCommand('View: Close Editor');
    await workbench.runCommand('File: Revert File');
  });
});

describe('Marks on the lines that differ from production, in a real VS Code', () => {
  /** Numbers of the drawn lines with a bar in the margin, and the texts of the lines below which text is missing. */
  const marks = () =>
    lab()
      .workbench.editor()
      .evaluate((editor) => {
        const top = (node: Element | null | undefined): number => Number.parseFloat((node as HTMLElement).style.top);
        const numbers = [...editor.querySelectorAll('.margin-view-overlays > div')].map((line) => ({
          top: top(line),
          number: Number(line.querySelector('.line-numbers')?.textContent),
        }));
        const numberAt = (at: number): number => numbers.find((line) => line.top === at)?.number ?? 0;
        const bars = [...editor.querySelectorAll('.glyph-margin-widgets [class*="TextEditorDecorationType"]')];
        const gaps = [...editor.querySelectorAll('.view-overlays [class*="TextEditorDecorationType"]')].filter(
          (mark) => getComputedStyle(mark).borderTopStyle === 'dashed',
        );
        const [bar] = bars;
        const image = bar && getComputedStyle(bar).backgroundImage;
        return {
          changed: bars.map((mark) => numberAt(top(mark))).sort((a, b) => a - b),
          goneAbove: gaps.map((mark) => numberAt(top(mark.parentElement))),
          color: image && /fill="([^"]+)"/.exec(atob(/base64,([^"]+)/.exec(image)?.[1] ?? ''))?.[1],
        };
      });

  /** Whether the overview ruler holds the colour that the theme has for what was modified. */
  const ruled = () =>
    lab()
      .workbench.editor()
      .evaluate((editor) => {
        const style = getComputedStyle(editor).getPropertyValue('--vscode-editorOverviewRuler-modifiedForeground');
        const probe = document.createElement('canvas').getContext('2d');
        const ruler = editor.querySelector<HTMLCanvasElement>('canvas.decorationsOverviewRuler');
        const drawn = ruler?.getContext('2d')?.getImageData(0, 0, ruler.width, ruler.height).data;
        if (!style || !probe || !drawn) throw new Error('There is no overview ruler');
        probe.fillStyle = style;
        probe.fillRect(0, 0, 1, 1);
        const wanted = probe.getImageData(0, 0, 1, 1).data;
        for (let at = 0; at < drawn.length; at += 4)
          if ([0, 1, 2, 3].every((part) => Math.abs((drawn[at + part] ?? 0) - (wanted[part] ?? 0)) < 8)) return true;
        return false;
      });

  async function set(environment: string): Promise<void> {
    const { workbench, vscode } = lab();
    await workbench.runCommand('Preferences: Open Settings (UI)');
    await workbench.page.locator('.settings-editor').waitFor();
    await workbench.page.keyboard.type(SETTING);
    await workbench.page.locator('.settings-count-widget', { hasText: '1 Setting Found' }).waitFor(); // the list is drawn anew until then
    await workbench.page.locator(`.settings-editor .setting-item input[aria-label="${SETTING}"]`).fill(environment);
    const settings = path.join(vscode.folders.userData, 'User/settings.json');
    await expect.poll(() => readFileSync(settings, 'utf8').includes(SETTING), PATIENT).toBe(environment !== ''); // a default is not kept
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.settings-editor').waitFor({ state: 'hidden' });
  }

  const LINES = [3, 25, 30]; // version, technical, decide by

  it('are none at first, and there once the setting names the environment', async () => {
    const { workbench } = lab();
    await workbench.openFile(PROMPT);
    await workbench.goTo(1);
    await workbench.codeLens(/production 1\.3\.0 · 2 edits behind/);
    expect([(await marks()).changed, await ruled()]).toEqual([[], false]);
    await set('production');
    await expect.poll(async () => (await marks()).changed, PATIENT).toEqual(LINES);
    await expect.poll(ruled, PATIENT).toBe(true);
    expect(await workbench.hoverAt('Decide by what')).toContain('Differs from 1.3.0 (production)');
    await workbench.page.keyboard.press('Escape');
  });

  it('follow an edit as it is typed, and what is taken out', async () => {
    const { workbench } = lab();
    await workbench.goTo(6);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type('.5');
    await expect.poll(async () => (await marks()).changed, PATIENT).toEqual([3, 6, 25, 30]);
    await workbench.goTo(22);
    await workbench.runCommand('Delete Line');
    await expect.poll(marks, PATIENT).toMatchObject({ changed: [3, 6, 24, 29], goneAbove: [22] });
  });

  it.each(['Dark Modern', 'Light Modern'])('have a colour that is seen in %s', async (theme) => {
    const { workbench } = lab();
    await workbench.setTheme(theme);
    await workbench.goTo(1);
    await expect.poll(async () => (await marks()).color, PATIENT).toBe(theme === 'Dark Modern' ? '#0078d4' : '#005fb8');
    await expect.poll(ruled, PATIENT).toBe(true);
    await workbench.screenshot(`marks-${theme.split(' ')[0]?.toLowerCase()}`);
  });

  it('go with the edit, and with the setting', async () => {
    const { workbench } = lab();
    await workbench.runCommand('File: Revert File');
    await expect.poll(marks, PATIENT).toMatchObject({ changed: LINES, goneAbove: [] });
    await set('');
    await expect.poll(marks, PATIENT).toMatchObject({ changed: [], goneAbove: [] });
    await expect.poll(ruled, PATIENT).toBe(false);
  });
});

describe('A lock file that is not whole, in a real VS Code', () => {
  it('in conflict as git leaves it: found, merged by the quick fix, and committed', async () => {
    const { workbench, file } = lab();
    git('switch', '--quiet', '--create', 'colleague');
    change(PROMPT, 'Answer as JSON: team', 'Answer as JSON with team');
    release(PROMPT, 'patch');
    git('commit', '--quiet', '--all', '--message', 'Triage: answer with');
    git('switch', '--quiet', 'main');
    change(PROMPT, 'other: thanks, praise', 'other: thanks, praise, blame');
    release(PROMPT, 'minor');
    git('commit', '--quiet', '--all', '--message', 'Triage: blame');
    expect(spawnSync('git', ['-C', file('.'), 'merge', 'colleague']).status).toBe(1);
    expect(read(LOCK)).toContain('<<<<<<< ');

    await workbench.openFile(PROMPT);
    await workbench.goTo(1);
    await (await workbench.codeLens('Accept Current Change')).click();
    await workbench.save();
    await until(/triage\.prompt\.yml\.lock: The lock file is in conflict after a merge\. .*can be merged\. .*release\.lock-conflict/);
    await workbench.screenshot('lock-conflict');
    expect(await repair(3)).toBe('Merged both sides of triage.prompt.yml.lock: 5 releases.');
    await until(/Changed since 1\.5\.0 .*release\.changed-without-bump/); // as the merged prompt is neither of the two
    await expect.poll(problems, PATIENT).not.toContain('release.lock-conflict');
    const lock = parseLock(read(LOCK));
    expect(lock).toMatchObject({ status: 'read', unsealed: [] });
    expect(lock.status === 'read' && lock.lock.releases.map(({ version }) => version)).toEqual([
      '1.2.0',
      '1.3.0',
      '1.4.0',
      '1.4.1',
      '1.5.0',
    ]);
    git('add', PROMPT, LOCK);
    git('diff', '--cached', '--check');
    git('commit', '--quiet', '--message', 'Merge colleague');
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
  });

  it('edited by hand: found in the prompt, and repaired from the lock file that is open to what was committed', async () => {
    const { workbench } = lab();
    change(LOCK, 'passed: 41', 'passed: 48');
    await until(/triage\.prompt\.yml\.lock was edited by hand: 1\.4\.0\. .*release\.lock-edited/);
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.openFile(LOCK);
    await workbench.runCommand('Evenkeel: Repair Lock File');
    // Its test is in the stored evals of this machine, so that nothing is lost.
    expect(await said()).toBe('Repaired triage.prompt.yml.lock: kept 4 releases, made 1.4.0 anew from git.');
    await workbench.screenshot('lock-edited');
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
    await expect.poll(problems, PATIENT).not.toContain('release.lock-edited');
  });

  it('of which nothing can be told: said with what to do next, and left as it is', async () => {
    const { workbench, file } = lab();
    release(DRAFT);
    const sealed = read(`${DRAFT}.lock`);
    const half = sealed.slice(0, sealed.indexOf('fingerprint:'));
    writeFileSync(file(`${DRAFT}.lock`), half);
    await workbench.openFile(DRAFT);
    await until(/greeting\.prompt\.yml\.lock: .*release\.lock-unreadable/);
    expect(await repair(2)).toBe(
      'greeting.prompt.yml.lock: Nothing in it is sealed, and git knows no version of this prompt. Restore it from git, or remove it and release the prompt again.',
    );
    expect(read(`${DRAFT}.lock`)).toBe(half);
    await workbench.screenshot('lock-lost');
  });

  it('with two prompts under one version that git does not know: a person decides', async () => {
    const { file } = lab();
    const released = (words: string): string => {
      change(DRAFT, /content: .*/.exec(read(DRAFT))?.[0] ?? '', `content: ${words}`);
      writeFileSync(file(`${DRAFT}.lock`), encodeLock({ releases: [] }));
      release(DRAFT);
      return read(`${DRAFT}.lock`);
    };
    const [ours, theirs] = [released('Greet them in Dutch.'), released('Greet them in Polish.')];
    const start = ours.indexOf('  - version');
    const conflict = `${ours.slice(0, start)}<<<<<<< HEAD\n${ours.slice(start)}=======\n${theirs.slice(start)}>>>>>>> colleague\n`;
    writeFileSync(file(`${DRAFT}.lock`), conflict);
    await until(/release\.lock-conflict/);
    expect(await repair(2)).toMatch(
      /^greeting\.prompt\.yml\.lock: Two different prompts were released as 1\.0\.0, and git has neither .*Remove one of the two by hand, markers included, then repair again\.$/,
    );
    expect(read(`${DRAFT}.lock`)).toBe(conflict);
  });
});
