import { type Capabilities, UserError } from '../../safety/index.ts';
import { LARGEST_FILE } from '../../workspace/index.ts';
import { type GitProcess, notStarted, spawnGit } from './spawnGit.ts';

/** An object of git; `bytes` is undefined where it is larger than files may be. */
export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
  readonly bytes: Uint8Array | undefined;
}

/** Reads objects by name (an id, `HEAD`, `<commit>:<path>`), through one process for as long as it is open. */
export interface ObjectReader {
  /** Undefined where there is no such object. Answers come in the order asked; asking ahead is cheap. */
  readonly read: (name: string) => Promise<GitObject | undefined>;
  /** The id alone, without the content. */
  readonly oidOf: (name: string) => Promise<string | undefined>;
  /** Ends the processes; what was asked and not answered is refused. */
  readonly close: () => void;
}

/** Opens a reader of the repository that holds `cwd`. Processes start at the first question. Needs the capability `processes`. */
export function openObjects(cwd: string, capabilities: Capabilities): ObjectReader {
  const opened = new Map<string, Batch>();
  const batch = (mode: '--batch' | '--batch-check'): Batch => {
    const known = opened.get(mode);
    if (known) return known;
    const started = startBatch(spawnGit(cwd, capabilities, ['cat-file', mode]), mode === '--batch');
    opened.set(mode, started);
    return started;
  };
  return {
    read: (name) => batch('--batch').ask(name),
    oidOf: async (name) => (await batch('--batch-check').ask(name))?.oid,
    close: () => {
      for (const { end } of opened.values()) end();
    },
  };
}

interface Batch {
  readonly ask: (name: string) => Promise<GitObject | undefined>;
  readonly end: () => void;
}

interface Question {
  readonly answer: (object: GitObject | undefined) => void;
  readonly refuse: (error: Error) => void;
}

/** How long an answer may take. */
const PATIENCE_MS = 20_000;

function startBatch(child: GitProcess, withContent: boolean): Batch {
  const waiting: Question[] = [];
  let failure: Error | undefined;
  let err = '';
  const fail = (error: Error): void => {
    failure ??= error;
    clearTimeout(timer);
    child.kill('SIGKILL');
    for (const { refuse } of waiting.splice(0)) refuse(failure);
  };
  const slow = (): void => fail(new UserError('incomplete', `git did not answer within ${PATIENCE_MS / 1000} s.`));
  let timer: NodeJS.Timeout | undefined;
  // Questions of one moment go in one piece: a write for each would cost more than the answers.
  let unsent = '';
  const send = (): void => {
    if (!failure) child.stdin.write(unsent);
    unsent = '';
  };
  const take = answers(withContent, (object) => {
    waiting.shift()?.answer(object);
    clearTimeout(timer);
    timer = waiting.length ? setTimeout(slow, PATIENCE_MS) : undefined;
  });
  child.stdout.on('data', take);
  child.stderr.on('data', (chunk: Buffer) => {
    if (err.length < 1000) err += chunk.toString('utf8');
  });
  child.on('error', (error) => fail(notStarted(error)));
  child.on('close', () => fail(new UserError('incomplete', `git cannot read its objects: ${err.trim() || 'it ended early'}.`)));
  return {
    ask: (name) =>
      new Promise((answer, refuse) => {
        if (failure) return refuse(failure);
        if (/[\n\0]/.test(name)) return answer(undefined); // the protocol has no way to ask for it
        waiting.push({ answer, refuse });
        timer ??= setTimeout(slow, PATIENCE_MS);
        if (unsent === '') setImmediate(send);
        unsent += `${name}\n`;
      }),
    end: () => {
      failure ??= new UserError('cancelled', 'The reader of git objects was closed.');
      fail(failure);
    },
  };
}

/** Takes the output piece by piece: a header line each, and with content the bytes it announces and a line feed. */
function answers(withContent: boolean, answer: (object: GitObject | undefined) => void): (chunk: Buffer) => void {
  let header: Buffer[] = [];
  let object: Omit<GitObject, 'bytes'> | undefined;
  let content: Buffer[] = [];
  let missing = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (object === undefined) {
        const end = chunk.indexOf(LINE_FEED, at);
        header.push(chunk.subarray(at, end < 0 ? chunk.length : end));
        if (end < 0) return;
        at = end + 1;
        const found = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(Buffer.concat(header).toString('latin1'));
        header = [];
        const [, oid = '', type = '', size = '0'] = found ?? [];
        if (!found) answer(undefined);
        else if (!withContent) answer({ oid, type, size: Number(size), bytes: undefined });
        else {
          object = { oid, type, size: Number(size) };
          missing = object.size + 1;
        }
        continue;
      }
      const piece = chunk.subarray(at, at + missing);
      at += piece.length;
      missing -= piece.length;
      if (object.size <= LARGEST_FILE) content.push(piece);
      if (missing > 0) return;
      answer({ ...object, bytes: object.size <= LARGEST_FILE ? Buffer.concat(content).subarray(0, object.size) : undefined });
      object = undefined;
      content = [];
    }
  };
}

const LINE_FEED = 10;
