import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../safety/index.ts';
import { buildOnce, npm, portableNode, ROOT } from '../bootstrap.mjs';

/** The lines of Node that the command line and the editors of the time run on. */
export const NODE_LINES = ['22', '24'] as const;

export type NodeLine = (typeof NODE_LINES)[number];

/** The oldest line is not the toolchain's own: this version of it is taken. */
const NODE_22 = '22.23.3';

/** The binary of a line of Node: the running one where it is of it, else one out of npm packages in .cache. */
export async function nodeOf(line: NodeLine): Promise<string> {
  if (process.versions.node.startsWith(`${line}.`)) return process.execPath;
  return line === '24' ? portableNode() : node22();
}

/** `v24.21.0`, asked of the binary itself. */
export function versionOf(node: string): string {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
}

async function node22(): Promise<string> {
  const home = path.join(ROOT, '.cache/node22');
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  await buildOnce(home, `${NODE_22} ${name}`, async (building) => {
    console.error(`Getting Node ${NODE_22} into .cache/node22 (once)...`);
    mkdirSync(building, { recursive: true });
    copyFileSync(path.join(ROOT, '.npmrc'), path.join(building, '.npmrc'));
    writeFileSync(path.join(building, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: NODE_22 } }));
    await npm(process.execPath, building, ['install', '--ignore-scripts']);
  });
  const manifest = path.join(home, 'node_modules', name, 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  if (version !== NODE_22)
    throw new UserError('configuration', `npm brought Node ${version} instead of ${NODE_22}. Delete .cache/node22 and run this again.`);
  return path.join(path.dirname(manifest), windows ? 'bin/node.exe' : 'bin/node');
}
