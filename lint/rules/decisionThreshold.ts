import { nearest, type PromptDocument, parseJsonPath, type Range } from '../../prompts-schema/index.ts';
import { type JsonObject, ownValue } from '../../safety/index.ts';
import { isFlow, lineStart, topEntry, writtenEnd } from '../edits/removeEntry.ts';
import type { FileEdit } from '../finding.ts';
import type { Rule, RuleContext, RuleHit } from '../rule.ts';
import { pathInSchema, typesOf } from '../schemas/pathInSchema.ts';
import { subschemas } from '../schemas/subschemas.ts';
import { explained } from './explained.ts';

const PROMPT = `messages:
  - role: user
    content: "{{ticket}}"
jsonSchema:
  type: object
  additionalProperties: false
  required: [team, confidence]
  properties:
    team: { type: string, enum: [billing, shipping] }
    confidence: { type: number }`;

/** A decision by confidence that lacks the confidence or the threshold. */
export const decisionNoThreshold: Rule = {
  code: 'decision.no-threshold',
  title: 'a decision without a confidence or a threshold',
  severity: 'warning',
  explain: explained(
    'Routing by a label sends every doubtful case somewhere. With the path of a confidence in the answer and a threshold, the doubtful ones go to a person; one without the other does nothing. Said only of prompts with a `decision` key: of those that have one of the two, and of those that choose from an enum and have neither.',
    `${PROMPT}
decision: { reversible: true, confidence: $.confidence }`,
    `${PROMPT}
decision: { reversible: true, confidence: $.confidence, threshold: 0.85 }`,
  ),
  check: (context) => {
    const { document } = context;
    const { decision } = document;
    if (decision === undefined) return [];
    const range = topEntry(document, 'decision')?.keyRange ?? decision.range;
    const confidence = ownValue(decision.value, 'confidence');
    const hasThreshold = ownValue(decision.value, 'threshold') !== undefined;
    if (typeof confidence === 'string') {
      const absent = absentInSchema(context, confidence, range);
      if (absent.length > 0) return absent;
      return hasThreshold
        ? []
        : [{ range, message: `\`${confidence}\` decides nothing without a \`threshold\`. Write one: below it a person decides.` }];
    }
    const routes = isRouting(context);
    if (hasThreshold || (routes && !isForReview(decision.value))) {
      const path = confidencePath(context);
      const edit = path === undefined ? undefined : addEntry(document, `confidence: ${path}`);
      return [
        {
          range,
          message: hasThreshold
            ? 'The threshold is compared with nothing: write the path of the `confidence` in the answer.'
            : 'The answer is one of a list, and a doubtful one goes its way like any other. Ask for a confidence, and write its path as `confidence` and a `threshold`.',
          fixes: edit && hasThreshold ? [{ title: `Write \`confidence: ${path}\``, preferred: true, edits: [edit] }] : [],
        },
      ];
    }
    return [];
  },
};

function absentInSchema({ schema }: RuleContext, confidence: string, range: Range): readonly RuleHit[] {
  const read = parseJsonPath(confidence);
  const inUse = schema();
  if (!inUse || 'error' in read) return [];
  const found = pathInSchema(inUse.schema, read.steps);
  if (found.state !== 'absent') return [];
  const near = nearest(confidence.replace(/^\$\.?/, ''), found.names);
  return [
    {
      range,
      message: `The schema of the answer has no \`${confidence}\`.${near ? ` Is \`$.${near}\` meant?` : ''}`,
      data: { path: confidence },
    },
  ];
}

/** A rare or irreversible decision with neither is told so by its own rule. */
function isForReview(decision: JsonObject): boolean {
  const reversible = ownValue(decision, 'reversible');
  return reversible === false || (reversible === undefined && ownValue(decision, 'volume') === 'low');
}

function isRouting({ schema }: RuleContext): boolean {
  const inUse = schema();
  return inUse !== undefined && subschemas(inUse.schema).some((part) => part.depth <= 1 && Array.isArray(ownValue(part.schema, 'enum')));
}

function confidencePath({ schema }: RuleContext): string | undefined {
  const inUse = schema();
  const found =
    inUse &&
    subschemas(inUse.schema).find(
      ({ schema: part, path }) =>
        path.length === 2 && path[0] === 'properties' && NAMES.test(String(path[1])) && typesOf(part).includes('number'),
    );
  return found && `$.${String(found.path[1])}`;
}

function addEntry(document: PromptDocument, written: string): FileEdit | undefined {
  const map = topEntry(document, 'decision')?.value;
  const last = map?.kind === 'map' ? map.entries.at(-1) : undefined;
  if (map?.kind !== 'map' || last === undefined) return undefined;
  const end = writtenEnd(document.text, last.range);
  if (isFlow(document.text, map)) return { range: { start: end, end }, newText: `, ${written}` };
  const indent = document.text.slice(lineStart(document.text, last.range.start), last.range.start);
  return /^ +$/.test(indent) ? { range: { start: end, end }, newText: `\n${indent}${written}` } : undefined;
}

const NAMES = /^(?:confidence|certainty|probability|score)$/i;
