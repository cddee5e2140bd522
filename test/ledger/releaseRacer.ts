/** Run as a process of its own: edits and releases one prompt for a while, and tells on stdout what was acknowledged, a line of JSON each. */
import { writeSync } from 'node:fs';
import { recordTested } from '../../ledger/index.ts';
import { UserError } from '../../safety/index.ts';
import { writeAtomic } from '../../workspace/index.ts';
import { testedWith } from '../support/releases.ts';
import { PROMPT, release, workspaceOf } from './releaseRoot.ts';

const [root = '', name = '', milliseconds = ''] = process.argv.slice(2);
const workspace = workspaceOf(root);
const BUMPS = ['patch', 'minor', 'major'] as const;

for (let count = 0, end = performance.now() + Number(milliseconds); performance.now() < end; count++) {
  try {
    const read = await workspace.read(PROMPT);
    if (!read.ok) throw new Error(read.message);
    await writeAtomic(workspace, PROMPT, read.text.replace(/content: .*/, `content: ${name} ${count}`));
    const { version, fingerprint = '' } = await release(root, BUMPS[Math.floor(Math.random() * 3)] ?? 'patch');
    writeSync(1, `${JSON.stringify({ version, fingerprint })}\n`);
    const noted = await recordTested(workspace, PROMPT, { fingerprint }, testedWith(`racer/${name}`, { run: `${name}-${count}` }));
    if (noted) writeSync(1, `${JSON.stringify({ version: noted.version, model: `racer/${name}` })}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    writeSync(1, `${JSON.stringify({ refused: error.code, message: error.message })}\n`);
  }
}
