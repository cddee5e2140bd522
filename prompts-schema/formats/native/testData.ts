import { RowBuilder } from '../../dataset/rowBuilder.ts';
import type { PromptDocument } from '../../document.ts';
import type { Fields } from './fields.ts';

/** `testData`: a list of maps, read as any dataset's rows are. */
export function readTestData(fields: Fields): Pick<PromptDocument, 'testData' | 'testDataRange'> {
  const entry = fields.entry('testData');
  if (!entry) return { testData: undefined, testDataRange: undefined };
  if (entry.value.kind !== 'list') {
    if (entry.value.kind !== 'scalar' || entry.value.value !== null) fields.wrongType(entry, 'a list of maps, one for each case');
    return { testData: [], testDataRange: entry.range };
  }
  const builder = new RowBuilder(fields.issues);
  for (const item of entry.value.items) builder.addNode(item, fields.visible(item.range, entry));
  return { testData: builder.rows, testDataRange: entry.value.range };
}
