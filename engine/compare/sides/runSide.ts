import { type FrozenCase, fingerprintOf, frozenDocument, frozenFacts, inputsHash, type JournalState } from '../../../ledger/index.ts';
import { type Sample, type SideInfo, sampleKeyText } from '../../../protocol/index.ts';
import { loadConfig, type Workspace } from '../../../workspace/index.ts';
import type { Assessor } from '../assessor.ts';
import type { SideCase, SideData } from './sideData.ts';

/** What a side made of stored runs is called and which of their samples it takes. */
export interface RunSideOptions {
  readonly kind: SideInfo['kind'];
  readonly label: string;
  /** What a person named: a revision, an environment, a version. */
  readonly named?: string | undefined;
  /** Of runs over several models: which one; the first when left out. */
  readonly model?: string;
  /** At most so many samples a case. */
  readonly most?: number;
}

/** The samples of stored runs of one prompt, one after the other, assessed anew. `states` is not empty. */
export async function runSide(
  states: readonly JournalState[],
  assessor: Assessor,
  workspace: Workspace,
  today: string,
  { kind, label, named, model: wanted, most = Number.POSITIVE_INFINITY }: RunSideOptions,
): Promise<SideData> {
  const [first] = states;
  if (!first) throw new Error('a side needs a run');
  const model = wanted ?? first.header.models[0] ?? '';
  const cases = new Map<string, SideCase>();
  const answeredBy = new Set<string>();
  for (const state of states)
    for (const of of state.cases) {
      const answers = samplesOf(state, of, model);
      const known = cases.get(of.id) ?? { inputs: inputsHash(of.variables), samples: [], failures: 0 };
      const fresh = answers.flatMap((sample) => {
        if (!sample.output) return [];
        if (sample.answeredBy !== undefined) answeredBy.add(sample.answeredBy);
        return [assessor.assess({ ...sample, output: sample.output }, of)];
      });
      const samples = [...known.samples, ...fresh].slice(0, most);
      cases.set(of.id, { ...known, samples, failures: known.failures + state.header.repeats - fresh.length });
    }
  return {
    info: {
      ...(await describe(first, workspace, today)),
      kind,
      label,
      ...(named === undefined ? {} : { named }),
      model,
      answeredBy: [...answeredBy].sort(),
      runIds: states.map(({ header }) => header.runId),
    },
    cases,
    notes: [],
  };
}

function samplesOf(state: JournalState, { id }: FrozenCase, model: string): readonly Sample[] {
  return Array.from({ length: state.header.repeats }, (_, repeat) =>
    state.samples.get(sampleKeyText({ caseId: id, model, repeat })),
  ).filter((sample) => sample !== undefined);
}

/** What the run's own files say of its prompt. */
async function describe(
  { header, prompt }: JournalState,
  workspace: Workspace,
  today: string,
): Promise<Pick<SideInfo, 'version' | 'fingerprint' | 'parts' | 'at' | 'dataset'>> {
  const { config } = await loadConfig(workspace);
  const document = frozenDocument(prompt);
  const { fingerprint, parts } = fingerprintOf(document, await frozenFacts(prompt, document, { config, today }));
  return {
    ...(header.version === undefined ? {} : { version: header.version }),
    fingerprint,
    parts,
    at: header.startedAt,
    ...(header.dataset ? { dataset: header.dataset.fingerprint } : {}),
  };
}
