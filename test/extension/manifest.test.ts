import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, DRIFT_SCHEME, SETTINGS, VIEWS } from '../../extension/ids.ts';
import { DEFAULT_SETTINGS, HOVER_COMMANDS, LENS_COMMANDS } from '../../protocol/index.ts';

const ROOT = new URL('../../', import.meta.url);
const manifest = JSON.parse(fs.readFileSync(new URL('package.json', ROOT), 'utf8'));
const { contributes, capabilities, activationEvents } = manifest;
const properties: Readonly<Record<string, Record<string, unknown>>> = contributes.configuration.properties;

describe('the manifest', () => {
  it('has the settings of the protocol with the same defaults, and no others', () => {
    const defaults = Object.fromEntries(Object.entries(properties).map(([id, { default: value }]) => [id, value]));
    expect(defaults).toEqual(flat(DEFAULT_SETTINGS, 'evenkeel'));
    expect(Object.values(SETTINGS).sort()).toEqual(Object.keys(properties).sort());
  });

  it.each(Object.keys(properties))('%s has a scope and says what it does', (id) => {
    expect(properties[id]).toMatchObject({
      scope: expect.stringMatching(/^(resource|machine)$/),
      markdownDescription: expect.stringMatching(/\.$/),
    });
  });

  it('takes addresses and limits of money from the user alone', () => {
    const guarded = Object.keys(properties).filter((id) => /url|origin|ask/i.test(id));
    expect(guarded.map((id) => properties[id]?.scope)).toEqual(guarded.map(() => 'machine'));
    expect(capabilities.untrustedWorkspaces).toMatchObject({
      supported: 'limited',
      restrictedConfigurations: expect.arrayContaining(guarded),
    });
  });

  it('has every command with a title under our name', () => {
    const declared: readonly { command: string; title: string; category: string }[] = contributes.commands;
    expect(declared.map(({ command }) => command).sort()).toEqual(Object.values(COMMANDS).sort());
    for (const { title, category } of declared) expect([category, title.length > 0]).toEqual(['Evenkeel', true]);
    for (const id of Object.values(LENS_COMMANDS)) expect(Object.values<string>(COMMANDS)).toContain(id);
  });

  it('starts for prompts, the root file and a panel to restore, never always', () => {
    expect(activationEvents).not.toContain('*');
    for (const panel of [VIEWS.evals, VIEWS.drift]) expect(activationEvents).toContain(`onWebviewPanel:${panel}`);
  });

  it('offers the review of a case where a case is: in the tree and in our diff editor, never for other files', () => {
    const menus: Readonly<Record<string, readonly { command: string; when?: string }[]>> = contributes.menus;
    const reviewing: readonly string[] = [COMMANDS.acceptCase, COMMANDS.rejectCase, COMMANDS.knownNoise, COMMANDS.openCaseDiff];
    const places = Object.values(menus).flatMap((items) => items.filter(({ command }) => reviewing.includes(command)));
    expect(new Set(places.map(({ command }) => command))).toEqual(new Set(reviewing));
    for (const { when } of places)
      expect(when).toMatch(new RegExp(`^(view == ${VIEWS.comparisons} && viewItem|resourceScheme == ${DRIFT_SCHEME}$|false$)`));
    for (const command of reviewing) expect(menus.commandPalette?.some((item) => item.command === command)).toBe(true);
  });

  it('names in the welcome of a view only commands that there are', () => {
    const contents: readonly string[] = contributes.viewsWelcome.map((welcome: { contents: string }) => welcome.contents);
    const named = contents.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id));
    expect(named.length).toBeGreaterThan(3);
    for (const id of named.filter((name) => name?.startsWith('evenkeel.'))) expect(Object.values<string>(COMMANDS)).toContain(id);
  });

  it('has views of what is live, each with a welcome for a folder that is not trusted', () => {
    const views: readonly { id: string }[] = contributes.views.evenkeel;
    expect(views.map(({ id }) => id)).toEqual([VIEWS.comparisons, VIEWS.deployments, VIEWS.history]);
    const welcomes: readonly { view: string; when: string; contents: string }[] = contributes.viewsWelcome;
    for (const { id } of views)
      expect(welcomes.filter(({ view, when }) => view === id && when.includes('!isWorkspaceTrusted'))).toHaveLength(1);
    const empty = welcomes.find(({ view, when }) => view === VIEWS.deployments && when.includes(`!${CONTEXT_KEYS.hasEnvironments}`));
    expect(empty?.contents).toMatch(/environments: .*docs\/deployments\.md/s);
  });

  it('lets hovers link to a few of our own commands, and renders no HTML of theirs', () => {
    for (const id of HOVER_COMMANDS) expect(Object.values<string>(COMMANDS)).toContain(id);
    const sources = fs
      .globSync('{extension,server}/**/*.ts', { cwd: fileURLToPath(ROOT) })
      .map((file) => fs.readFileSync(new URL(file, ROOT), 'utf8'));
    expect(sources.length).toBeGreaterThan(100);
    for (const text of sources) expect(text).not.toMatch(/isTrusted: true|isTrusted = true|supportHtml: true|supportHtml = true/);
  });

  it('does what is deployed only where an environment is, and shows an entry of a history from the view alone', () => {
    const menus: Readonly<Record<string, readonly { command: string; when?: string }[]>> = contributes.menus;
    const all = Object.entries(menus).flatMap(([menu, items]) => items.map((item) => ({ ...item, menu })));
    const deployed: readonly string[] = [COMMANDS.compareDeployed, COMMANDS.evaluateAgainst];
    const places = all.filter(({ command }) => deployed.includes(command));
    expect(places.length).toBeGreaterThan(4);
    for (const { when } of places) expect(when).toMatch(new RegExp(`${CONTEXT_KEYS.hasEnvironments}|view == ${VIEWS.deployments}`));
    expect(all.filter(({ command }) => command === COMMANDS.showChange).map(({ menu, when }) => [menu, when])).toEqual([
      ['commandPalette', 'false'],
    ]);
  });

  it('has at most two key bindings, each under a chord and only in a prompt file', () => {
    expect(contributes.keybindings.length).toBeLessThanOrEqual(2);
    for (const { key, when } of contributes.keybindings) {
      expect(key.split(' ')).toHaveLength(2);
      expect(when).toContain('resourceFilename');
    }
  });

  it('names only files that exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { markdown: string } }[] }) =>
      steps.map((step) => step.media.markdown),
    );
    for (const file of [manifest.icon, ...media]) expect(fs.existsSync(new URL(file, ROOT)), file).toBe(true);
  });
});

function flat(value: object, prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const id = `${prefix}.${key}`;
      return typeof inner === 'object' && inner !== null && key !== 'rules' ? Object.entries(flat(inner, id)) : [[id, inner]];
    }),
  );
}
