/** A thread that does tasks: one in, its outcomes out. */
import { parentPort } from 'node:worker_threads';
import { runTask, type Task } from './task.ts';

parentPort?.on('message', (task: Task) => parentPort?.postMessage(runTask(task)));
