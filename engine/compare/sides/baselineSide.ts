import { type BaselineSource, entryFor, type FrozenCase, inputsHash, type StoredBaseline } from '../../../ledger/index.ts';
import type { SideInfo } from '../../../protocol/index.ts';
import type { Assessor } from '../assessor.ts';
import type { SideCase, SideData } from './sideData.ts';

/**
 * The approved samples of a prompt, assessed anew. `baselines` is not empty, the one of the model asked for first: a case that it does not
 * have, or has for other inputs, is taken from the next. Entries whose case is gone are on this side alone, unless only some cases are
 * compared.
 */
export function baselineSide(
  baselines: readonly StoredBaseline[],
  cases: readonly FrozenCase[],
  assessor: Assessor,
  { some }: { readonly some: boolean },
): SideData {
  const found = new Map<string, SideCase>();
  const used = new Map<BaselineSource, { readonly model: string; count: number }>();
  let borrowed = 0;
  let stale = 0;
  for (const of of cases) {
    const inputs = inputsHash(of.variables);
    const place = baselines.findIndex(({ baseline }) => entryFor(baseline, of.id, inputs));
    const stored = baselines[place]?.baseline;
    const entry = stored && entryFor(stored, of.id, inputs);
    if (!stored || !entry) {
      if (baselines.some(({ baseline }) => baseline.cases.has(of.id))) stale++;
      continue;
    }
    if (place > 0) borrowed++;
    const source = stored.sources[entry.source];
    if (source) used.set(source, { model: stored.model, count: (used.get(source)?.count ?? 0) + 1 });
    const samples = entry.outputs.flatMap(({ count, output }) => {
      const sample = assessor.assess({ output }, of);
      return Array.from({ length: count }, () => sample);
    });
    found.set(of.id, { inputs, samples, failures: 0 });
  }
  const gone = some ? [] : addGone(found, baselines[0], cases, assessor);
  const main = [...used].sort((a, b) => b[1].count - a[1].count)[0];
  const newest = main?.[0] ?? baselines[0]?.baseline.sources[0];
  const first = baselines[0]?.baseline;
  return {
    info: sideInfo(newest, main?.[1].model ?? first?.model ?? '', [...used.keys()]),
    cases: found,
    notes: [
      ...(borrowed > 0
        ? [
            `${cases_(borrowed)} held against approved answers of another model: the baseline of ${first?.model} does not have ${borrowed === 1 ? 'it' : 'them'} yet.`,
          ]
        : []),
      ...(stale > 0 ? [`${cases_(stale)} not compared with what was approved: the inputs have changed since.`] : []),
      ...(gone.length > 0
        ? [`${gone.length === 1 ? 'One approved case is' : `${gone.length} approved cases are`} no longer in the dataset.`]
        : []),
      ...(new Set([...used.keys()].map(({ fingerprint }) => fingerprint)).size > 1
        ? ['The baseline was approved over more than one version of the prompt; the sides are compared with the one that most cases have.']
        : []),
    ],
  };
}

function cases_(count: number): string {
  return count === 1 ? 'One case is' : `${count} cases are`;
}

/** Approved entries whose case is in the dataset no more, by id and by inputs. */
function addGone(
  found: Map<string, SideCase>,
  stored: StoredBaseline | undefined,
  cases: readonly FrozenCase[],
  assessor: Assessor,
): readonly string[] {
  const ids = new Set(cases.map(({ id }) => id));
  const known = new Set(cases.map(({ variables }) => inputsHash(variables)));
  const gone = [...(stored?.baseline.cases ?? [])].filter(([id, { inputs }]) => !ids.has(id) && !known.has(inputs));
  for (const [id, { inputs, outputs }] of gone) {
    const samples = outputs.flatMap(({ count, output }) =>
      Array.from({ length: count }, () => assessor.assess({ output }, { id, variables: {} })),
    );
    found.set(id, { inputs, samples, failures: 0 });
  }
  return gone.map(([id]) => id);
}

function sideInfo(source: BaselineSource | undefined, model: string, used: readonly BaselineSource[]): SideInfo {
  const days = [...new Set(used.flatMap((one) => one.days))].sort();
  const answeredBy = [...new Set(used.flatMap((one) => one.answeredBy))].sort();
  const at = days.at(-1);
  return {
    kind: 'baseline',
    label: 'baseline',
    ...(source?.version === undefined ? {} : { version: source.version }),
    ...(source ? { fingerprint: source.fingerprint, parts: source.parts } : {}),
    model,
    answeredBy,
    ...(at === undefined ? {} : { at }),
    runIds: [],
    ...(source?.dataset === undefined ? {} : { dataset: source.dataset }),
  };
}
