import type { Json } from '../json.ts';

/** A value to choose from, with what the schema says about it. */
export interface Choice {
  readonly value: Json;
  readonly name: string;
  readonly description: string;
}

/** What every shape carries. */
interface ShapeBase {
  /** Title and description of the schema node, joined; '' when there is none. */
  readonly description: string;
  /** Whether null is allowed. */
  readonly nullable: boolean;
}

/** A JSON schema reduced to what the stand-in can fill. */
export type Shape = ShapeBase &
  (
    | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
    | { readonly kind: 'string'; readonly format: string; readonly pattern: string; readonly minLength: number; readonly maxLength: number }
    | { readonly kind: 'number'; readonly integer: boolean; readonly minimum: number | undefined; readonly maximum: number | undefined }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'null' }
    | { readonly kind: 'array'; readonly items: Shape; readonly minItems: number; readonly maxItems: number }
    | { readonly kind: 'object'; readonly fields: readonly ShapeField[] }
  );

/** One property of an object shape, in the schema's order. */
export interface ShapeField {
  readonly name: string;
  readonly shape: Shape;
  readonly required: boolean;
}

/** A plain string shape with a description. */
export function stringShape(description: string): Shape {
  return { kind: 'string', description, nullable: false, format: '', pattern: '', minLength: 0, maxLength: Number.POSITIVE_INFINITY };
}
