import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';

/** `{{ name }}`: this dialect fills only `{{name}}`. */
export const spacedPlaceholder: Rule = {
  code: 'template.spaced-placeholder',
  title: 'a placeholder with spaces, which stays text',
  severity: 'info',
  explain: explained(
    'Placeholders of this format have no spaces inside their braces, as in GitHub’s own runner. With spaces the model is sent the braces and not the value. Said only where a variable of that name is known.',
    `inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "Route this: {{ ticket }}"`,
    `inputs:
  ticket: { type: string }
messages:
  - role: user
    content: "Route this: {{ticket}}"`,
  ),
  check: ({ document, variables }) =>
    (document.dialect === 'github' ? document.messages : []).flatMap(({ content: { value, range }, placeholders }) => {
      if (!/\{\{\s|\s\}\}/.test(value)) return [];
      const { names } = variables();
      const raw = document.text.slice(range.start, range.end);
      return [...raw.matchAll(/(?<!\$)\{\{[ \t]*([^{}\s]+)[ \t]*\}\}/g)].flatMap((match) => {
        const [whole, name = ''] = match;
        if (whole.length === name.length + 4 || !(names.has(name) || placeholders.some((placeholder) => placeholder.name === name)))
          return [];
        const span = { start: range.start + match.index, end: range.start + match.index + whole.length };
        const newText = `{{${name}}}`;
        return [
          {
            range: span,
            message: `With spaces inside the braces \`${name}\` is not filled in: the model is sent \`${whole}\`. Write \`${newText}\`.`,
            data: { name },
            fixes: [{ title: `Write \`${newText}\``, preferred: true, edits: [{ range: span, newText }] }],
          },
        ];
      });
    }),
};
