import {
  type Baseline,
  type BaselineSource,
  distinctOutputs,
  type EntryChange,
  mergeOutputs,
  type WholeEntry,
  wholeEntry,
  withEntries,
} from '../../../ledger/index.ts';
import type { Output } from '../../../protocol/index.ts';

/** New samples of one case. */
export interface CapturedCase {
  readonly caseId: string;
  readonly inputs: string;
  readonly outputs: readonly Output[];
}

/** What is captured, and how it joins what is there. */
export interface Captured {
  readonly promptId: string;
  readonly model: string;
  readonly wanted: number;
  readonly source: BaselineSource;
  readonly captured: readonly CapturedCase[];
  /** Ids of the dataset, in its order. */
  readonly order: readonly string[];
  /** Captured cases take the place of what was approved; else they are added where the inputs are the same. */
  readonly replace: boolean;
  /** Everything was captured: entries that were not are gone. */
  readonly whole: boolean;
}

/** A baseline with captured samples in it: approved answers of a top-up stay and are joined by the new ones. */
export function mergeCaptured(current: Baseline | undefined, input: Captured): Baseline {
  const { promptId, model, wanted, captured, replace, whole } = input;
  const kept = !whole && current ? current : { sources: [], cases: new Map() };
  const old: Baseline = { ...kept, promptId, model, wanted };
  const byId = new Map(captured.map((one) => [one.caseId, one]));
  const changes = input.order.flatMap((id, at): readonly EntryChange[] => {
    const one = byId.get(id);
    return one
      ? [{ caseId: id, entry: entryOf(one, replace ? undefined : wholeEntry(old, id), input.source), follows: input.order[at - 1] ?? null }]
      : [];
  });
  return withEntries(old, changes);
}

/** The case's new entry: alone, or joined with what was approved for the same inputs. */
function entryOf({ inputs, outputs }: CapturedCase, known: WholeEntry | undefined, source: BaselineSource): WholeEntry {
  const added = distinctOutputs(outputs);
  if (known?.inputs !== inputs) return { inputs, source, outputs: added };
  return { inputs, source: joined(known.source, source), outputs: mergeOutputs([...known.outputs, ...added]) };
}

/** What was approved over two sessions, where it was of the same prompt; else what was there first keeps its name. */
function joined(known: BaselineSource, added: BaselineSource): BaselineSource {
  if (known.fingerprint !== added.fingerprint) return known;
  return {
    ...known,
    answeredBy: [...new Set([...known.answeredBy, ...added.answeredBy])].sort(),
    days: [...new Set([...known.days, ...added.days])].sort(),
  };
}
