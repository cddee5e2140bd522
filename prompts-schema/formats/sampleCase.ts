import { RowBuilder } from '../dataset/rowBuilder.ts';
import type { PromptDocument } from '../document.ts';
import type { Issue } from '../parse/issue.ts';
import type { MapNode } from '../parse/positioned.ts';
import type { TemplateReference } from '../template/references.ts';

/**
 * The values that a file gives as an example, as a case: they are what its author tries the prompt with. Only where they fill every
 * placeholder that the template cannot do without, and the file has no cases of its own.
 */
export function sampleCase(
  sample: MapNode | undefined,
  variables: readonly TemplateReference[],
  own: Pick<PromptDocument, 'testData' | 'testDataRange'>,
  issues: Issue[],
): Pick<PromptDocument, 'testData' | 'testDataRange'> {
  if (own.testData || !sample || sample.entries.length === 0) return own;
  const given = new Set(sample.entries.map(({ key }) => key));
  if (variables.some(({ name, conditional, use }) => !conditional && use === 'value' && !given.has(name))) return own;
  const builder = new RowBuilder(issues);
  builder.addNode(sample);
  return { testData: builder.rows, testDataRange: sample.range };
}
