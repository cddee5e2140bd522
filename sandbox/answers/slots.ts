import { indexLabels, type Label, type LabelIndex } from '../language/labelScores.ts';
import type { Language, ReadText } from '../language/language.ts';
import { lazy } from '../lazy.ts';
import { nameWords } from '../language/words.ts';
import { describeLabels, findLabels, findLabelsInline } from '../reading/labelList.ts';
import { saidWhenAbsent } from '../reading/formatWords.ts';
import { type LengthLimits, readLengthLimits } from '../reading/lengthLimits.ts';
import type { Shape } from '../reading/shapes.ts';
import { type FieldRole, roleOf } from './fieldRole.ts';

/** A shape made ready for filling: everything that depends on the prompt alone, worked out once. */
export interface Slot {
  /** Property name; '' for the root and for list items without a name of their own. */
  readonly name: string;
  /** Dotted path from the root. */
  readonly path: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly role: FieldRole;
  /** The field's name and description, read for matching. */
  readonly words: ReadText;
  /** The field's name alone, read for matching. */
  readonly nameOnly: ReadText;
  readonly limits: LengthLimits;
  /** Labels of a choice; also of a boolean, whose one label is what it asks about. */
  readonly index: LabelIndex | undefined;
  /** Whether the labels are enforced by the schema (an enum), not just named in words. */
  readonly enforced: boolean;
  /** What the description says to write when nothing is found: '' or a word; undefined when it does not say, or null is said. */
  readonly whenAbsent: string | undefined;
  readonly fields: readonly Slot[];
  readonly items: Slot | undefined;
}

/** Prepares a shape under the prompt's instructions. */
export function prepareSlots(shape: Shape, instructions: string, language: Language): Slot {
  const anyLabels = lazy(() => findLabels(instructions));
  const make = (source: Shape, name: string, path: string, required: boolean, inherited: string, inRow = false): Slot => {
    const words = nameWords(name).join(' ');
    const shaped = named(source, name, anyLabels);
    const description = shaped.shape.description || inherited;
    const { kind } = shaped.shape;
    const role = roleOf(name, description, kind === 'string' ? 'text' : kind === 'number' ? 'number' : 'other');
    const base = {
      name,
      path,
      shape: shaped.shape,
      required,
      role: inRow ? rowRole(role) : role,
      words: language.read(`${words} ${description}`),
      nameOnly: language.read(words),
      limits: readLengthLimits(description),
      enforced: shaped.enforced,
      whenAbsent: kind === 'string' || (kind === 'choice' && !shaped.enforced) ? saidWhenAbsent(description) : undefined,
      index: undefined,
      fields: [],
      items: undefined,
    };
    switch (shaped.shape.kind) {
      case 'choice':
        return { ...base, index: indexLabels(describe(shaped.shape.choices, [description, instructions]), language) };
      case 'boolean':
        return { ...base, index: indexLabels([{ name: words, description }], language) };
      case 'object':
        return {
          ...base,
          fields: shaped.shape.fields.map((field) =>
            make(
              field.shape,
              field.name,
              path ? `${path}.${field.name}` : field.name,
              field.required,
              '',
              path.endsWith('[]') && hasNumbers(shaped.shape),
            ),
          ),
        };
      case 'array':
        return { ...base, items: make(shaped.shape.items, name, `${path}[]`, true, description) };
      default:
        return base;
    }
  };
  return make(shape, '', '', true, '');
}

/** Labels with what the texts say about them added to what they say themselves. */
export function describe(labels: readonly Label[], texts: readonly string[]): readonly Label[] {
  const said = describeLabels(
    labels.map((label) => label.name),
    texts,
  );
  return labels.map((label, place) => ({ name: label.name, description: [label.description, said[place]].filter(Boolean).join('. ') }));
}

const LABEL_FIELD =
  /^(?:category|categories|class|classification|label|labels|team|teams|intent|topic|topics|sentiment|department|queue|route|priority|severity|urgency|kategorie|abteilung|catégorie|categoría|categoria|categorie|type|area|tag|tags)$/;

/** Turns a plain string field into a choice where words offer its labels: in its description, or in the instructions for a field that is named like a label. */
function named(
  shape: Shape,
  name: string,
  anyLabels: () => readonly Label[] | undefined,
): { readonly shape: Shape; readonly enforced: boolean } {
  if (shape.kind !== 'string') return { shape, enforced: shape.kind === 'choice' };
  const labels = findLabelsInline(shape.description) ?? (nameWords(name).some((word) => LABEL_FIELD.test(word)) ? anyLabels() : undefined);
  if (!labels) return { shape, enforced: false };
  return {
    shape: {
      kind: 'choice',
      description: shape.description,
      nullable: shape.nullable,
      choices: labels.map((label) => ({ value: label.name, ...label })),
    },
    enforced: false,
  };
}

function hasNumbers(shape: Shape): boolean {
  return shape.kind === 'object' && shape.fields.some((field) => field.shape.kind === 'number');
}

/** In a row of a priced list, free text is the item's name. */
function rowRole(role: FieldRole): FieldRole {
  return role === 'summary' || role === 'title' || role === 'person' || role === 'none' ? 'item' : role;
}
