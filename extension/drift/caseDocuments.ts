import * as vscode from 'vscode';
import { type CaseTexts, type DriftRow, type HostRequests, REVIEWABLE } from '../../protocol/index.ts';
import { UserError } from '../../safety/index.ts';
import { errorNotice } from '../evals/turn.ts';
import { DRIFT_SCHEME, VIEWS } from '../ids.ts';
import { type CaseSide, type ComparisonName, readCaseSide } from './addresses.ts';
import { chosenSamples, type ShownSamples } from './shownSamples.ts';

type TextsParams = HostRequests['comparisonTexts']['params'];

/** Whom the documents ask. */
export interface CaseTextSource {
  readonly texts: (params: TextsParams) => Promise<readonly CaseTexts[]>;
  /** Takes an error that a document has told in short. */
  readonly report: (error: unknown) => void;
}

/** Read-only documents that show the sides of compared cases, and the editors that show them against each other. */
export class CaseDocuments implements vscode.TextDocumentContentProvider {
  readonly #source: CaseTextSource;
  readonly #registration: vscode.Disposable;
  /** Texts that were just opened, so that each is asked for once. */
  readonly #ready = new Map<string, string>();

  constructor(source: CaseTextSource) {
    this.#source = source;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(DRIFT_SCHEME, this);
  }

  /** The approved and the new answer of a case against each other. */
  async openDiff(name: ComparisonName, caseId: string, shown: ShownSamples = {}): Promise<void> {
    const [texts] = await this.#texts(name, [caseId], shown);
    if (!texts) throw new UserError('usage', `Case ${caseId} is not in this comparison.`);
    const where = { viewColumn: besidePanel(), preview: true };
    await vscode.commands.executeCommand('vscode.diff', texts.approved, texts.fresh, `${texts.title}: approved ↔ new`, where);
  }

  /** The same for every case that is to be reviewed, in one editor. */
  async openMultiDiff(name: ComparisonName, rows: readonly DriftRow[]): Promise<void> {
    const caseIds = rows.filter(({ label }) => REVIEWABLE.has(label)).map(({ caseId }) => caseId);
    if (!caseIds.length) throw new UserError('usage', 'This comparison has no case to review.');
    const some = caseIds.slice(0, MOST_DIFFS);
    const texts = await this.#texts(name, some, {});
    const more = caseIds.length - some.length;
    const title = `${name.promptName}: ${some.length} ${some.length === 1 ? 'case' : 'cases'}${more ? ` of ${caseIds.length}` : ''}`;
    const resources = texts.map(({ approved, fresh }) => [fresh, approved, fresh]);
    // This one opens in the group that has the keyboard and takes no other.
    if (besidePanel() === vscode.ViewColumn.One) await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await vscode.commands.executeCommand('vscode.changes', title, resources);
    if (more) void vscode.window.showInformationMessage(`Shown are the first ${some.length} of ${caseIds.length} cases to review.`);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const ready = this.#ready.get(uri.toString());
    this.#ready.delete(uri.toString());
    const side = readCaseSide(uri.query);
    if (ready !== undefined || !side) return ready ?? '';
    try {
      const [texts] = await this.#source.texts(paramsOf(side, [side.caseId], side));
      return texts?.[side.side] ?? '';
    } catch (error) {
      this.#source.report(error);
      return `This answer cannot be shown now.\n\n${errorNotice(error)}\n`;
    }
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #texts(name: ComparisonName, caseIds: readonly string[], shown: ShownSamples): Promise<readonly ShownTexts[]> {
    const found = await this.#source.texts(paramsOf(name, caseIds, shown));
    this.#ready.clear();
    return found.map((texts) => {
      const uriOf = (side: CaseSide['side']): vscode.Uri => {
        const uri = documentUri({ ...name, ...chosenSamples(shown), caseId: texts.caseId, side }, texts);
        this.#ready.set(uri.toString(), texts[side] ?? '');
        return uri;
      };
      return { title: texts.title, approved: uriOf('approved'), fresh: uriOf('fresh') };
    });
  }
}

interface ShownTexts {
  readonly title: string;
  readonly approved: vscode.Uri;
  readonly fresh: vscode.Uri;
}

/** More diffs in one editor help nobody. */
const MOST_DIFFS = 200;

/** `evenkeel-drift:/<case>.json?<JSON>`: the name is what a tab shows, its ending says the language. */
function documentUri(side: CaseSide, { language }: CaseTexts): vscode.Uri {
  const name = side.caseId.replace(/[\\/\p{Cc}\p{Cf}]/gu, '_').slice(0, 100);
  const ending = language === 'json' ? 'json' : 'txt';
  return vscode.Uri.from({ scheme: DRIFT_SCHEME, path: `/${name}.${ending}`, query: JSON.stringify(side) });
}

function paramsOf({ root, comparisonId }: ComparisonName, caseIds: readonly string[], shown: ShownSamples): TextsParams {
  return { root, comparisonId, caseIds, ...chosenSamples(shown) };
}

/** A group of editors that does not show the drift panel, so that a diff and its case are seen side by side. */
function besidePanel(): vscode.ViewColumn {
  const shown = vscode.window.tabGroups.all.find(({ activeTab }) => !isDriftPanel(activeTab?.input));
  return shown?.viewColumn ?? vscode.ViewColumn.Beside;
}

/** VS Code puts a prefix of its own before the type of a panel. */
function isDriftPanel(input: unknown): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(VIEWS.drift);
}
