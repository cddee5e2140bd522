import { createEngine } from '../../engine/index.ts';
import { TRUSTED } from '../../safety/index.ts';
import { openWorkspace } from '../../workspace/index.ts';
import { checkFile, type FileResult } from './checkFile.ts';
import type { Family } from './families.ts';
import { type FamilyReport, reportOf } from './report.ts';
import { stageOf } from './stage.ts';

/** The day on which the catalog was read: what is said of models does not change from one day to the next. */
const TODAY = '2026-11-22';

/** Reads, checks, renders and runs every file of a family, in the sandbox that is in this process. */
export async function conformanceOf(family: Family): Promise<FamilyReport> {
  using stage = stageOf(family);
  const engine = createEngine({ capabilities: TRUSTED, interactive: false });
  const workspace = openWorkspace({ root: stage.root, capabilities: TRUSTED });
  const results: FileResult[] = [];
  for (const { path, file } of stage.files) results.push(await checkFile(path, file, { workspace, engine, today: TODAY }));
  return reportOf(family, results);
}
