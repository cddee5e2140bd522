/** `npm run pictures [-- NAME...]`: takes the pictures of docs/images/ again, each in light and dark, from the packaged extension in a real VS Code. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { ROOT } from './bootstrap.mjs';
import { launchBrowser } from './browser.ts';
import { startExample } from './example/startExample.ts';
import { packageAll } from './package.ts';
import { SCENES } from './pictures/scenes.ts';
import { startEvenkeel } from './vscode/startEvenkeel.ts';
import { openWorkbench } from './vscode/workbench.ts';

const THEMES = { light: 'Light Modern', dark: 'Dark Modern' };

await asProgram(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter((name) => !SCENES.some((scene) => scene.name === name));
  if (unknown.length)
    throw new UserError('usage', `No picture is called ${unknown.join(', ')}; there are ${SCENES.map(({ name }) => name).join(', ')}.`);
  const scenes = SCENES.filter(({ name }) => !positionals.length || positionals.includes(name));

  await packageAll();
  for (const [look, theme] of Object.entries(THEMES)) {
    // A window of its own for each look: nothing of the one is left in the other, and both are made alike.
    const example = await startExample();
    for (const { files = {} } of scenes)
      for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(example.workspace, file), text);
    const evenkeel = await startEvenkeel({
      workspace: example.workspace,
      copy: false,
      latencyMs: 300,
      settings: { 'workbench.colorTheme': theme, 'evenkeel.eval.cache': false },
    });
    const browser = await launchBrowser();
    try {
      const workbench = await openWorkbench(browser, evenkeel.vscode.workspaceUrl, { viewport: { width: 1700, height: 1000 } });
      for (const scene of scenes) {
        const lacking = scene.lacks?.();
        if (lacking !== undefined) {
          console.log(`${scene.name}: left as it is, because ${lacking} is not here`);
          continue;
        }
        await scene.run(workbench, evenkeel.vscode.folders.workspace);
        console.log(path.relative(ROOT, await workbench.screenshot(`${scene.name}-${look}`, { folder: path.join(ROOT, 'docs/images') })));
      }
    } finally {
      await browser.close();
      await evenkeel.stop();
      await example.stop();
    }
  }
});
