/** Run as a process of its own: a pipeline that records deployments one after the other, and tells on stdout each that was acknowledged. */
import { writeSync } from 'node:fs';
import { appendDeployments } from '../../../ledger/index.ts';
import { DEPLOYMENTS_FORMAT } from '../../../protocol/index.ts';
import { TRUSTED } from '../../../safety/index.ts';
import { openWorkspace } from '../../../workspace/index.ts';

const [root = '', name = '', count = ''] = process.argv.slice(2);
const workspace = openWorkspace({ root, capabilities: TRUSTED });

for (let version = 0; version < Number(count); version++) {
  const record = { environment: 'staging', promptId: `${name}.prompt.yml`, version: `1.0.${version}`, at: '2026-11-01T12:00:00Z' };
  await appendDeployments(workspace, 'deployments.jsonl', [{ formatVersion: DEPLOYMENTS_FORMAT, ...record }]);
  writeSync(1, `${record.promptId} ${record.version}\n`);
}
