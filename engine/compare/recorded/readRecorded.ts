import type { FrozenCase } from '../../../ledger/index.ts';
import { caseId } from '../../../prompts-schema/index.ts';
import { isJsonObject, type Json, type JsonObject, ownValue, parseJson, UserError } from '../../../safety/index.ts';

/** Outputs recorded elsewhere: the cases, and what each side answered. */
export interface RecordedOutputs {
  readonly cases: readonly FrozenCase[];
  readonly baseline: RecordedSide;
  readonly candidate: RecordedSide;
}

export interface RecordedSide {
  readonly model: string | undefined;
  /** By case id; several where a file has several rows of one id. */
  readonly outputs: ReadonlyMap<string, readonly string[]>;
}

/** A file's text and the name to show. */
export interface RecordedFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads one JSONL file of pairs (`{ id, input, expected, output_a, output_b, model_a, model_b }`), or two of single outputs
 * (`{ id, input, expected, output, model }`) joined by their ids. Rows without an id take one from their input. Throws a UserError with file
 * and line for the first row that cannot be read: half a recording is never compared.
 */
export function readRecorded(files: readonly RecordedFile[]): RecordedOutputs {
  const [first, second] = files;
  if (!first || files.length > 2)
    throw new UserError('usage', 'Recorded outputs are one file of pairs, or two files of single outputs. Name one or two.');
  return second ? joined(first, second) : paired(first);
}

function paired(file: RecordedFile): RecordedOutputs {
  const table = new Table();
  for (const row of rowsOf(file)) {
    const of = caseOf(row);
    table.add('baseline', of, text(row, BASELINE_KEYS), name(row, ['model_a', 'modelA', 'baselineModel']));
    table.add('candidate', of, text(row, CANDIDATE_KEYS), name(row, ['model_b', 'modelB', 'candidateModel']));
  }
  return table.result(file.name);
}

function joined(first: RecordedFile, second: RecordedFile): RecordedOutputs {
  const table = new Table();
  for (const [side, file] of [
    ['baseline', first],
    ['candidate', second],
  ] as const)
    for (const row of rowsOf(file)) table.add(side, caseOf(row), text(row, OUTPUT_KEYS), name(row, ['model']));
  return table.result(`${first.name} and ${second.name}`);
}

const BASELINE_KEYS = ['output_a', 'outputA', 'baseline'];
const CANDIDATE_KEYS = ['output_b', 'outputB', 'candidate'];
const OUTPUT_KEYS = ['output', 'text', 'answer'];

interface Row {
  readonly value: JsonObject;
  readonly file: string;
  readonly line: number;
}

class Table {
  readonly #cases = new Map<string, FrozenCase>();
  readonly #sides = {
    baseline: { models: new Set<string>(), outputs: new Map<string, string[]>() },
    candidate: { models: new Set<string>(), outputs: new Map<string, string[]>() },
  };

  add(side: 'baseline' | 'candidate', of: FrozenCase, output: string, model: string | undefined): void {
    if (!this.#cases.has(of.id)) this.#cases.set(of.id, of);
    const { models, outputs } = this.#sides[side];
    if (model !== undefined) models.add(model);
    const known = outputs.get(of.id);
    if (known) known.push(output);
    else outputs.set(of.id, [output]);
  }

  result(shown: string): RecordedOutputs {
    if (!this.#cases.size) throw new UserError('configuration', `${shown} has no rows.`);
    const side = ({ models, outputs }: { readonly models: Set<string>; readonly outputs: Map<string, string[]> }): RecordedSide => ({
      model: models.size ? [...models].join(', ') : undefined,
      outputs,
    });
    return { cases: [...this.#cases.values()], baseline: side(this.#sides.baseline), candidate: side(this.#sides.candidate) };
  }
}

function* rowsOf({ name: file, text: whole }: RecordedFile): Generator<Row> {
  let line = 0;
  for (const written of whole.split('\n')) {
    line++;
    if (written.trim() === '') continue;
    const read = parseJson(written);
    if (!read.ok)
      throw new UserError('configuration', `This line is not JSON: ${read.message} Recorded outputs are JSONL, one object a line.`, {
        file,
        line,
      });
    if (!isJsonObject(read.value)) throw new UserError('configuration', 'This line is JSON, but no object.', { file, line });
    yield { value: read.value, file, line };
  }
}

/** The case of a row: `input` (a text or an object), `inputs` or `variables`, and `expected`. */
function caseOf({ value }: Row): FrozenCase {
  const given = ownValue(value, 'variables') ?? ownValue(value, 'inputs') ?? ownValue(value, 'input');
  const variables: JsonObject = isJsonObject(given) ? given : given === undefined ? {} : { input: given };
  const id = ownValue(value, 'id');
  const expected = ownValue(value, 'expected');
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : caseId(variables),
    variables,
    ...(expected === undefined || expected === null ? {} : { expected }),
  };
}

function text(row: Row, keys: readonly string[]): string {
  const found = keys.map((key) => ownValue(row.value, key)).find((value): value is Json => value !== undefined && value !== null);
  if (found === undefined)
    throw new UserError('configuration', `This row has no ${keys[0]} (${keys.slice(1).join(', ')} will do, too).`, {
      file: row.file,
      line: row.line,
    });
  return typeof found === 'string' ? found : JSON.stringify(found);
}

function name({ value }: Row, keys: readonly string[]): string | undefined {
  const found = keys.map((key) => ownValue(value, key)).find((one) => typeof one === 'string' && one !== '');
  return typeof found === 'string' ? found : undefined;
}
