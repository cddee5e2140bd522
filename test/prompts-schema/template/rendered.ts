import { DIALECTS, type TemplateDialect } from '../../../prompts-schema/index.ts';
import { interpret } from '../../../prompts-schema/template/interpret.ts';
import type { Value } from '../../../prompts-schema/template/values.ts';
import type { JsonObject } from '../../../safety/index.ts';

/** What a template renders to, as text; roles and other marks as `<role>` and `<history>`; what stops it as `! why`. */
export function rendered(
  dialect: TemplateDialect,
  template: string,
  variables: JsonObject = {},
  partials: { readonly [name: string]: string } = {},
  data: ReadonlyMap<string, Value> = new Map(),
): string {
  const { parse, semantics } = DIALECTS[dialect];
  const whole = (text: string) => ({ text, start: 0, end: text.length });
  const { nodes, issues } = parse(whole(template));
  const broken = issues.find(({ code }) => code === 'template.syntax' || code === 'template.unclosed-tag');
  if (broken) return `! ${broken.message}`;
  const read = interpret(nodes, variables, semantics, {
    data,
    partial: (name) => (Object.hasOwn(partials, name) ? parse(whole(partials[name] ?? '')).nodes : undefined),
  });
  if (!read.ok) return `! ${read.message}`;
  return read.pieces
    .map((piece) => (piece.kind === 'text' ? piece.text : `<${piece.kind === 'role' ? piece.role : piece.marker}>`))
    .join('');
}
