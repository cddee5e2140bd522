import type { Browser } from 'playwright-core';
import type { CaseComparison, DriftRow, FromDrift, ToDrift } from '../../protocol/index.ts';
import { type OpenPanel, openPanel, type PanelPage } from './panelPage.ts';
import { comparison } from './sampleDrift.ts';

/** The drift panel in a browser; the test plays the host. */
export interface DriftPage extends PanelPage<ToDrift, FromDrift> {
  /** Answers the newest request for a case; its id. */
  readonly answerCase: (more?: Partial<CaseComparison>) => Promise<string>;
  /** Intents of one type, oldest first. */
  readonly sent: <Type extends FromDrift['type']>(type: Type) => Promise<readonly Extract<FromDrift, { readonly type: Type }>[]>;
  /** Rows changed by the host. */
  readonly sendRows: (...rows: readonly DriftRow[]) => Promise<void>;
  /** Presses keys one after the other, capitals with Shift. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** The case, or the group's title, at which the list stands. */
  readonly selected: () => Promise<string>;
  /** What a screen reader was told last. */
  readonly spoken: () => Promise<string>;
}

export async function openDrift(browser: Browser, files: ReadonlyMap<string, Uint8Array>, options: OpenPanel = {}): Promise<DriftPage> {
  const panel = await openPanel<ToDrift, FromDrift>(browser, files, { bundle: 'drift', ...options });
  const { page } = panel;
  const sent = async <Type extends FromDrift['type']>(type: Type) =>
    (await panel.posted()).filter((intent): intent is Extract<FromDrift, { readonly type: Type }> => intent.type === type);
  return {
    ...panel,
    sent,
    answerCase: async (more) => {
      await page.waitForTimeout(CASE_WAIT_MS);
      const { request, caseId } = (await sent('case')).at(-1)!;
      await panel.send({ type: 'case', request, comparison: comparison(caseId, more) });
      return caseId;
    },
    sendRows: (...rows) => panel.send({ type: 'rows', rows: rows.map((row, at) => ({ at, row })), total: rows.length }),
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(/^[A-Z]$/.test(key) ? `Shift+${key}` : key);
    },
    selected: () => page.locator('[role=treeitem][aria-selected=true] :is(.caseId, .groupTitle)').innerText(),
    spoken: async () => {
      await page.waitForTimeout(SPEAK_WAIT_MS);
      return page.locator('[role=status]').innerText();
    },
  };
}

/** A case is asked for this long after the one before, at most. */
const CASE_WAIT_MS = 120;
/** Words of one action are gathered for less than this. */
const SPEAK_WAIT_MS = 100;
