import type { DatasetRow } from '../../dataset/dataset.ts';
import type { EvaluatorSpec } from '../../evaluator.ts';
import { canonicalJson } from '../../fingerprint/canonicalJson.ts';
import type { PositionedNode } from '../../parse/positioned.ts';
import { toJson } from '../../parse/tree.ts';
import type { Range } from '../../text/range.ts';
import type { AssertionReader } from './assertions.ts';

/** How the answer to a case is checked. */
export interface CaseChecks {
  readonly asserts: readonly PositionedNode[];
  /** The mean of all scores has to reach it; without it every check has to pass. */
  readonly threshold: { readonly value: number; readonly range: Range } | undefined;
  /** The answer is changed by code before it is checked. */
  readonly transform: boolean;
  /** Code makes the result of the scores. */
  readonly scoring: Range | undefined;
  readonly range: Range;
}

/** The checks of all cases as evaluators: what several cases have alike is one. */
export function evaluatorsOf(
  checks: readonly CaseChecks[],
  rows: readonly DatasetRow[],
  reader: AssertionReader,
): readonly EvaluatorSpec[] {
  const table = new Map<string, { readonly spec: EvaluatorSpec; readonly cases: Set<number> }>();
  const keys = new Map<PositionedNode, string>();
  const keyOf = (node: PositionedNode): string => {
    const key = keys.get(node) ?? canonicalJson(toJson(node));
    keys.set(node, key);
    return key;
  };
  for (const [at, check] of checks.entries()) {
    for (const { key, make } of checksOf(check, reader, keyOf)) {
      const known = table.get(key);
      if (known) known.cases.add(at);
      else {
        const spec = make();
        if (spec) table.set(key, { spec, cases: new Set([at]) });
      }
    }
  }
  return [...table.values()].map(({ spec, cases }, index) => ({
    ...spec,
    index,
    ...(cases.size < rows.length ? { cases: [...cases].map((at) => rows[at]?.id ?? '') } : {}),
  }));
}

/** One check of a case: what tells it from others, and how it is made where it is the first of its kind. */
interface Wanted {
  readonly key: string;
  readonly make: () => EvaluatorSpec | undefined;
}

function checksOf(
  { asserts, threshold, transform, scoring, range }: CaseChecks,
  reader: AssertionReader,
  keyOf: (node: PositionedNode) => string,
): readonly Wanted[] {
  if (scoring) return [{ key: 'scoring', make: () => codeScored(scoring) }];
  const read = (node: PositionedNode, index: number): EvaluatorSpec | undefined => reader.read(node, index, transform);
  if (threshold && asserts.length > 0) {
    const make = (): EvaluatorSpec => ({
      ...common(`mean of all checks is at least ${threshold.value}`, threshold.range),
      kind: 'set',
      parts: asserts.flatMap((node, index) => read(node, index) ?? []),
      threshold: threshold.value,
    });
    return [{ key: canonicalJson([threshold.value, transform, ...asserts.map(keyOf)]), make }];
  }
  return asserts.map((node) => ({ key: `${transform} ${keyOf(node)}`, make: () => reported(read(node, 0), range) }));
}

/** A check of weight 0 is a set of its own, which it cannot fail. */
function reported(spec: EvaluatorSpec | undefined, range: Range): EvaluatorSpec | undefined {
  if (spec?.weight !== 0) return spec;
  return {
    ...common(spec.name, range),
    range: spec.range,
    nameRange: spec.nameRange,
    kind: 'set',
    parts: [spec],
    threshold: undefined,
  };
}

function common(name: string, range: Range): Pick<EvaluatorSpec, 'index' | 'name' | 'range' | 'nameRange' | 'must'> {
  return { index: 0, name, range, nameRange: range, must: false };
}

function codeScored(range: Range): EvaluatorSpec {
  return {
    ...common('assertScoringFunction', range),
    kind: 'foreign',
    type: 'assertScoringFunction',
    reason: 'Code makes the result of the scores, and nothing of a repository is executed here.',
  };
}
