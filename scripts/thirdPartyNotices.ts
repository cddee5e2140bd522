import fs from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { ROOT } from './bootstrap.mjs';

/** Shipped as files, so no bundle shows it. */
const COPIED = ['@vscode/codicons'];

/** The text of a notices file: every package of which something is in these bundles, with its version and licence in full. */
export function thirdPartyNotices(metafiles: readonly Metafile[], { icons = false } = {}): string {
  const packages = new Set(icons ? COPIED : []);
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const name = packageOf(file);
        if (name && bytesInOutput > 0) packages.add(name);
      }
    }
  }
  const sections = [...packages].sort().map(section);
  return `Evenkeel contains parts of the following packages.\n\n${sections.join('\n')}`;
}

/** The folder below node_modules that holds a bundled file: the innermost one, for packages within packages. */
function packageOf(file: string): string | undefined {
  return /^node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function section(name: string): string {
  const folder = path.join(ROOT, 'node_modules', name);
  const {
    name: title,
    version,
    license,
  } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const files = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file));
  const texts = files.sort().map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim());
  const rule = '='.repeat(80);
  return `${rule}\n${title} ${version}, licence ${typeof license === 'string' ? license : 'see below'}\n${rule}\n${texts.join('\n\n')}\n`;
}
