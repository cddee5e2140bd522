import type { CliIo } from '../io.ts';
import type { EvalReporter } from './reporter.ts';

/** Every event as one JSON object a line, as the journal and the editor see them. */
export function jsonLinesReporter(io: CliIo): EvalReporter {
  const line = (value: object): void => io.out(`${JSON.stringify(value)}\n`);
  return {
    plan: (plan) => line({ type: 'planned', plan }),
    event: line,
    problem: (promptId, message) => line({ type: 'problem', promptId, message }),
    end: () => undefined,
  };
}
