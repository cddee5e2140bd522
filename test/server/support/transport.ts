import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { createServer } from '../../../server/index.ts';

/** A running server seen from the client's side. */
export interface Transport {
  readonly connection: ProtocolConnection;
  /** Ends it; resolves when nothing of it is left. */
  readonly end: () => Promise<void>;
}

/** The server of this process over a pair of streams, or the built bundle as a child process when EVENKEEL_SERVER_BUNDLE names it. */
export function startTransport(): Transport {
  const bundle = process.env.EVENKEEL_SERVER_BUNDLE;
  return bundle ? spawned(bundle) : inProcess();
}

function inProcess(): Transport {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const running = createServer(server);
  server.listen();
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  return {
    connection,
    end: async () => {
      connection.dispose();
      running.dispose();
      server.dispose();
      toServer.destroy();
      toClient.destroy();
    },
  };
}

function spawned(bundle: string): Transport {
  const child = spawn(process.execPath, [bundle, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    connection,
    end: async () => {
      await connection.sendNotification('exit');
      connection.dispose();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await gone;
      clearTimeout(timer);
    },
  };
}
