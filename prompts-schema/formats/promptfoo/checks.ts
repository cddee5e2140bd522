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
    let key = keys.get(node);
    if (key === undefined) keys.set(node, (key = canonicalJson(toJson(node))));
    return key;
  };
  checks.forEach((check, at) => {
    const put = (key: string, make: () => EvaluatorSpec | undefined): void => {
      const known = table.get(key);
      if (known) known.cases.add(at);
      else {
        const spec = make();
        if (spec) table.set(key, { spec, cases: new Set([at]) });
      }
    };
    const { asserts, threshold, transform, scoring, range } = check;
    const part = (node: PositionedNode, index: number): EvaluatorSpec | undefined => reader.read(node, index, transform);
    if (scoring) return put('scoring', () => codeScored(scoring));
    if (threshold && asserts.length > 0)
      return put(canonicalJson([threshold.value, transform, ...asserts.map(keyOf)]), () => ({
        ...common(`mean of all checks is at least ${threshold.value}`, threshold.range),
        kind: 'set',
        parts: asserts.flatMap((node, index) => part(node, index) ?? []),
        threshold: threshold.value,
      }));
    for (const node of asserts)
      put(`${transform} ${keyOf(node)}`, () => {
        const spec = part(node, 0);
        return spec?.weight === 0 ? { ...common(spec.name, range), range: spec.range, nameRange: spec.nameRange, kind: 'set', parts: [spec], threshold: undefined } : spec;
      });
  });
  return [...table.values()].map(({ spec, cases }, index) => ({
    ...spec,
    index,
    ...(cases.size < rows.length ? { cases: [...cases].map((at) => rows[at]?.id ?? '') } : {}),
  }));
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
