import { type RunEnd, type RunTotals, type Sample, type SampleKey, type Score, sampleKeyText } from '../../protocol/index.ts';
import type { FrozenCase, JournalRecord, JournalState } from './record.ts';
import { totalsOf } from './runState.ts';

/**
 * Builds a run's state from its records. Feed the files one after the other in their order, saying when a new one starts: an attempt is
 * settled only by a later record of the same writer. What to do with two outputs of one key stands in record.ts.
 */
export class JournalFold {
  #run: Extract<JournalRecord, { readonly type: 'run' }> | undefined;
  readonly #cases = new Map<string, FrozenCase>();
  readonly #samples = new Map<string, Sample>();
  readonly #scores = new Map<string, readonly Score[]>();
  readonly #unsettled = new Map<string, { readonly key: SampleKey; readonly attempts: number; readonly worstCost: number }>();
  readonly #damaged: { readonly file: string; readonly records: number }[] = [];
  #open = new Map<string, { readonly key: SampleKey; readonly worstCosts: number[] }>();
  #end: { readonly end: RunEnd; readonly totals: RunTotals; readonly message?: string } | undefined;
  #changedSinceEnd = false;
  #lost = { attempts: 0, worstCost: 0 };

  readonly take = (record: JournalRecord): void => {
    switch (record.type) {
      case 'run':
        this.#run ??= record;
        break;
      case 'cases':
        for (const each of record.cases) if (!this.#cases.has(each.id)) this.#cases.set(each.id, each);
        break;
      case 'attempt': {
        const text = sampleKeyText(record.key);
        const open = this.#open.get(text) ?? { key: record.key, worstCosts: [] };
        open.worstCosts.push(record.worstCost ?? 0);
        this.#open.set(text, open);
        break;
      }
      case 'attemptFailed':
        this.#settle(sampleKeyText(record.key), record.failure.billing === 'unknown');
        break;
      case 'output':
        this.#output(record.sample);
        break;
      case 'scores':
        this.#scores.set(sampleKeyText(record.key), record.scores);
        this.#changedSinceEnd = true;
        break;
      case 'resumed':
        this.#end = undefined;
        break;
      case 'end':
        this.#end = { end: record.end, totals: record.totals, ...(record.message === undefined ? {} : { message: record.message }) };
        this.#changedSinceEnd = false;
        break;
      default:
        record satisfies never;
    }
  };

  /** Ends a writer's file: what it left open is of unknown outcome. */
  endFile(file: string, damaged: number): void {
    if (damaged > 0) this.#damaged.push({ file, records: damaged });
    for (const [text, { key, worstCosts }] of this.#open) {
      if (!worstCosts.length) continue;
      const known = this.#unsettled.get(text) ?? { key, attempts: 0, worstCost: 0 };
      const worstCost = known.worstCost + worstCosts.reduce((sum, cost) => sum + cost, 0);
      this.#unsettled.set(text, { key, attempts: known.attempts + worstCosts.length, worstCost });
    }
    this.#open = new Map();
  }

  /** Undefined when no file held a sound `run` record. Where outputs or scores came after the last `end`, its totals are counted anew. */
  state(): JournalState | undefined {
    if (!this.#run) return undefined;
    const state = {
      header: this.#run.header,
      prompt: this.#run.prompt,
      settings: this.#run.settings,
      cases: [...this.#cases.values()],
      samples: this.#samples,
      scores: this.#scores,
      unsettled: this.#unsettled,
      lostAttempts: this.#lost,
      end: this.#end,
      damaged: this.#damaged,
    };
    return state.end && this.#changedSinceEnd ? { ...state, end: { ...state.end, totals: totalsOf(state) } } : state;
  }

  #output(sample: Sample): void {
    const text = sampleKeyText(sample.key);
    this.#settle(text, sample.failure?.billing === 'unknown');
    this.#changedSinceEnd = true;
    const known = this.#samples.get(text);
    if (known?.output !== undefined && sample.output === undefined) return;
    this.#samples.set(text, sample);
    if (known) this.#scores.delete(text); // they were for the other output; this one's follow it
  }

  #settle(text: string, isLost: boolean): void {
    const worstCost = this.#open.get(text)?.worstCosts.pop();
    if (isLost) this.#lost = { attempts: this.#lost.attempts + 1, worstCost: this.#lost.worstCost + (worstCost ?? 0) };
  }
}
