import { isJsonObject, type Json, type JsonObject } from '../../safety/index.ts';
import type { TemplateDialect } from '../document.ts';
import { DIALECTS } from './dialects.ts';
import { interpret } from './interpret.ts';
import { MAX_RENDERED_LENGTH, Meter } from './meter.ts';

/** A value with its templates filled in, or the sentence that says why it cannot be. */
export type RenderedValue = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

/** Fills in a text, or the texts of a list; anything else stays as it is. What a value of the case holds is never expanded. Never throws. */
export function renderValue(value: Json, dialect: TemplateDialect, variables: JsonObject): RenderedValue {
  const meter = new Meter();
  const { parse, semantics } = DIALECTS[dialect];
  const one = (text: string): RenderedValue => {
    const { nodes, issues } = parse({ text, start: 0, end: text.length });
    const unreadable = issues.find(({ code }) => code !== 'template.unsupported-construct' && code !== 'template.unknown-helper');
    if (unreadable) return { ok: false, message: unreadable.message };
    const read = interpret(nodes, variables, semantics, { meter });
    if (!read.ok)
      return {
        ok: false,
        message: read.tooLarge ? `It is longer than ${MAX_RENDERED_LENGTH.toLocaleString('en')} characters.` : read.message,
      };
    return { ok: true, value: read.pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('') };
  };
  if (typeof value === 'string') return one(value);
  if (value === null || typeof value !== 'object' || isJsonObject(value)) return { ok: true, value };
  const items: Json[] = [];
  for (const item of value as readonly Json[]) {
    const read = typeof item === 'string' ? one(item) : { ok: true as const, value: item };
    if (!read.ok) return read;
    items.push(read.value);
  }
  return { ok: true, value: items };
}
