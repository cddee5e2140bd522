import type { EvaluatorSpec } from '../../evaluator.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import type { MapEntry, MapNode } from '../../parse/positioned.ts';
import { evaluatorShape, isPredicateKind, PREDICATE_KINDS } from '../../schemas/evaluators.ts';
import { nearest } from '../../text/nearest.ts';
import type { Range } from '../../text/range.ts';
import { Fields, foundWords, shorten } from './fields.ts';
import { readJudge } from './judge.ts';
import { readPredicate } from './predicate.ts';
import type { ReadKind } from './readKind.ts';
import { readStringCheck } from './stringCheck.ts';

/** The evaluators that can be scored; one that is not understood is an issue and is left out. */
export function readEvaluators(fields: Fields): {
  readonly evaluators: readonly EvaluatorSpec[];
  readonly evaluatorsRange: Range | undefined;
} {
  const entry = fields.entry('evaluators');
  if (!entry) return { evaluators: [], evaluatorsRange: undefined };
  if (entry.value.kind !== 'list') {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a list');
    return { evaluators: [], evaluatorsRange: entry.range };
  }
  const evaluators: EvaluatorSpec[] = [];
  entry.value.items.forEach((item, index) => {
    if (item.kind !== 'map') {
      fields.issues.push({
        code: 'schema.wrong-type',
        message: `\`evaluators[${index}]\` is a map with a name and one check${foundWords(item)}.`,
        range: fields.visible(item.range, entry),
      });
      return;
    }
    const read = readOne(new Fields(fields.file, item, fields.issues, `evaluators[${index}]`), index);
    if (read) evaluators.push(read);
  });
  return { evaluators, evaluatorsRange: entry.value.range };
}

const KEYS: readonly string[] = Object.keys(evaluatorShape);
const GITHUB_KINDS: readonly string[] = ['string', 'llm', 'uses'];
const KINDS: readonly string[] = [...GITHUB_KINDS, ...PREDICATE_KINDS];

function readOne(fields: Fields, index: number): EvaluatorSpec | undefined {
  const { map } = fields;
  const kinds = map.entries.filter(
    ({ key }, place) => KINDS.includes(key) && map.entries.findIndex((entry) => entry.key === key) === place,
  );
  const unknown = map.entries.filter(({ key }) => !KEYS.includes(key));
  const [kind, second] = kinds;
  if (!kind) {
    reportNoKind(fields, map, unknown);
    return undefined;
  }
  for (const { key, keyRange } of unknown) fields.issues.push(unknownKeyIssue(key, keyRange, KEYS, ['evaluators', index]));
  if (second) {
    fields.issues.push({
      code: 'evaluator.two-predicates',
      message: `One evaluator makes one check: \`${kind.key}\` and \`${second.key}\` need an entry each.`,
      range: second.keyRange,
      data: { kinds: kinds.map(({ key }) => key) },
    });
    return undefined;
  }
  const read = readKind(fields, kind);
  const name = fields.lenientText('name');
  const must = readMust(fields);
  if (!read) return undefined;
  return {
    index,
    name: name?.value || read.label,
    range: map.range,
    nameRange: name?.range ?? kind.keyRange,
    must,
    ...read.spec,
  };
}

function readKind(fields: Fields, kind: MapEntry): ReadKind | undefined {
  if (isPredicateKind(kind.key)) return readPredicate(fields, kind, kind.key);
  const path = fields.entry('path');
  if (path)
    fields.issues.push({
      code: 'evaluator.invalid-path',
      message: `\`${kind.key}\` checks the answer as a whole; remove \`path\`.`,
      range: path.range,
    });
  if (kind.key === 'string') return readStringCheck(fields, kind);
  if (kind.key === 'llm') return readJudge(fields, kind);
  const uses = fields.text('uses');
  return uses && { spec: { kind: 'builtin', uses: uses.value }, label: uses.value };
}

function readMust(fields: Fields): boolean {
  const entry = fields.entry('must');
  if (!entry) return false;
  if (entry.value.kind === 'scalar' && typeof entry.value.value === 'boolean') return entry.value.value;
  fields.wrongType(entry, '`true` or `false`');
  return false;
}

function reportNoKind(fields: Fields, map: MapNode, unknown: readonly MapEntry[]): void {
  const candidate = unknown[0];
  if (candidate) {
    const near = nearest(candidate.key, KINDS);
    fields.issues.push({
      code: 'evaluator.unknown-kind',
      message: near
        ? `No check is called \`${shorten(candidate.key)}\`. Did you mean \`${near}\`?`
        : `No check is called \`${shorten(candidate.key)}\`. Known are ${KINDS.join(', ')}.`,
      range: candidate.keyRange,
      data: near ? { key: candidate.key, nearest: near } : { key: candidate.key },
    });
    return;
  }
  fields.issues.push({
    code: 'evaluator.no-predicate',
    message: `This evaluator checks nothing. Add one of ${KINDS.join(', ')}.`,
    range: map.entries[0]?.range ?? map.range,
  });
}
