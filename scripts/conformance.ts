/**
 * What becomes of other people's prompt files here: `npm run conformance -- [--only prompty] [--json]`. Reads, checks, renders and runs every file
 * of the corpus beside the repository and prints a table a format. Exits with 1 on a crash, on a file that takes longer than a second, on an error in
 * a valid file, and where the middle file of a format has more than two findings.
 */
import { parseArgs } from 'node:util';
import { UserError } from '../safety/index.ts';
import { asProgram } from './asProgram.ts';
import { conformanceOf } from './conformance/conformance.ts';
import { FAMILIES } from './conformance/families.ts';
import { printReport } from './conformance/printReport.ts';
import type { FamilyReport } from './conformance/report.ts';
import { hasCorpus } from './conformance/stage.ts';

await asProgram(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'boolean', default: false } } });
  const families = FAMILIES.filter(({ format }) => values.only === undefined || format === values.only);
  if (!families.length)
    throw new UserError(
      'usage',
      `There is no format “${values.only}”. The formats are ${FAMILIES.map(({ format }) => format).join(', ')}.`,
    );
  if (!hasCorpus()) {
    console.log(values.json ? '[]' : 'There is no corpus beside the repository (../shared/corpus): nothing was looked at.');
    return 0;
  }
  const reports: FamilyReport[] = [];
  for (const family of families) reports.push(await conformanceOf(family));
  console.log(values.json ? JSON.stringify(reports, undefined, 2) : printReport(reports));
  return reports.some(({ problems }) => problems.length) ? 1 : 0;
});
