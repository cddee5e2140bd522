import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Outcomes, Task } from './task.ts';

/** All repetitions of one simulation. */
export type Job<P extends Task['part']> = Extract<Task, { readonly part: P }>;

/**
 * Runs jobs of one part, a worker a core; the outcomes of each job in the order of its repetitions. Every repetition has its own seed, so
 * they do not depend on the machine. `progress` hears the share of the work that is done.
 */
export async function runJobs<P extends Task['part']>(
  jobs: readonly Job<P>[],
  progress: (done: number) => void,
): Promise<readonly (readonly Outcomes[P][])[]> {
  const tasks = jobs.flatMap((job, of) => chunks(job).map((task, at) => ({ of, at, task })));
  const outcomes = jobs.map((): (readonly Outcomes[P][])[] => []);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      for (let one = tasks[next++]; one; one = tasks[next++]) {
        outcomes[one.of]![one.at] = (await ask(worker, one.task)) as readonly Outcomes[P][];
        progress(++done / tasks.length);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), tasks.length) }, work));
  return outcomes.map((parts) => parts.flat());
}

/** Repetitions that take about a second together. */
const CHUNK: Readonly<Record<Task['part'], number>> = { review: 8, monitor: 2, uniform: 500 };

function chunks(job: Task): readonly Task[] {
  const size = CHUNK[job.part];
  return Array.from({ length: Math.ceil((job.to - job.from) / size) }, (_, at) => ({
    ...job,
    from: job.from + at * size,
    to: Math.min(job.to, job.from + (at + 1) * size),
  }));
}

function ask(worker: Worker, task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (outcomes) => {
      worker.off('error', reject);
      resolve(outcomes);
    });
    worker.postMessage(task);
  });
}
