// Stands in for the engine's process: answers over JSON-RPC what engineHost.test.ts needs.
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
let greeted;
const header = { promptId: 'p', promptName: 'P' };

connection.onRequest('initialize', (params) => {
  greeted = params;
  return { version: `fake ${process.pid}` };
});
connection.onRequest('setTrust', () => null);
connection.onRequest('runs', () => [greeted]);
connection.onRequest('plan', () => {
  throw new ResponseError(-32000, 'dataset ./x is missing', { code: 'configuration', located: 'p.prompt.yml:4: dataset ./x is missing' });
});
connection.onRequest('replay', () => {
  throw new ResponseError(-32603, 'Internal error: x is undefined', { code: 'internal', located: 'x is undefined' });
});
connection.onRequest('preview', () => new Promise(() => {}));
connection.onRequest('cancel', () => process.exit(3));
connection.onRequest('start', async ({ planId }) => {
  const event = (type, more) => ({ type, runId: planId, ...more });
  // the first events come before the answer that names the run
  await connection.sendRequest('events', {
    events: [{ type: 'runStarted', header: { ...header, runId: planId } }, event('caseStarted', { caseId: 'a' })],
  });
  setTimeout(() => {
    if (planId === 'endless') return;
    void connection.sendRequest('events', {
      events: [event('caseFinished', { caseId: 'a', status: 'passed' }), event('runFinished', { end: 'finished', totals: {} })],
    });
  }, 5);
  return { runId: planId };
});
connection.onRequest('startCompare', async ({ planId }) => {
  const progress = (done) => ({ type: 'compareProgress', jobId: planId, phase: 'firstLook', done, planned: 2, costUsd: 0 });
  await connection.sendRequest('comparison', progress(1)); // comes before the answer that names the job
  setTimeout(async () => {
    if (planId === 'endless') return;
    await connection.sendRequest('comparison', progress(2));
    await connection.sendRequest('comparison', { type: 'compareFinished', jobId: planId, end: 'finished', comparisonId: 'c1' });
  }, 5);
  return { jobId: planId };
});
process.stdin.on('end', () => process.exit(0));
connection.listen();
