import type { PromptMessage } from '../../document.ts';
import { unknownKeyIssue } from '../../parse/checkSchema.ts';
import { contentMap } from '../../parse/contentMap.ts';
import type { ScalarNode } from '../../parse/positioned.ts';
import { messageSchema, ROLES } from '../../schemas/promptFile.ts';
import { scanPlaceholders } from '../../template/github/scan.ts';
import { Fields, foundWords } from './fields.ts';

/** The messages that can be sent; one without a known role or a text is an issue and is left out. */
export function readMessages(fields: Fields): readonly PromptMessage[] {
  const items = fields.list('messages');
  if (!items) return [];
  const entry = fields.entry('messages');
  if (!items.length && entry)
    fields.issues.push({ code: 'schema.wrong-value', message: '`messages` is empty: a prompt needs at least one.', range: entry.keyRange });
  const messages: PromptMessage[] = [];
  items.forEach((item, index) => {
    const place = `messages[${index}]`;
    if (item.kind !== 'map') {
      fields.issues.push({
        code: 'schema.wrong-type',
        message: `\`${place}\` is a map with \`role\` and \`content\`${foundWords(item)}.`,
        range: fields.visible(item.range, entry),
      });
      return;
    }
    const own = new Fields(fields.file, item, fields.issues, place);
    for (const { key, keyRange } of item.entries)
      if (!MESSAGE_KEYS.includes(key)) fields.issues.push(unknownKeyIssue(key, keyRange, MESSAGE_KEYS, ['messages', index]));
    for (const key of MESSAGE_KEYS)
      if (!own.entry(key))
        fields.issues.push({
          code: 'schema.missing-key',
          message: `${own.nameOf(key)} is missing.`,
          range: item.entries[0]?.keyRange ?? item.range,
          data: { key },
        });
    const role = own.choice('role', ROLES);
    const content = own.text('content');
    const node = own.entry('content')?.value;
    if (role && content && node?.kind === 'scalar')
      messages.push({ role, content, range: item.range, placeholders: placeholdersIn(fields.file, node, content.value) });
  });
  return messages;
}

const MESSAGE_KEYS: readonly string[] = Object.keys(messageSchema.shape);

function placeholdersIn(file: string, node: ScalarNode, content: string): PromptMessage['placeholders'] {
  const found = scanPlaceholders(content);
  if (!found.length) return [];
  const map = contentMap(file, node);
  return found.map(({ name, range }) => ({
    name,
    range: map.fileRange(range),
    nameRange: map.fileRange({ start: range.start + 2, end: range.end - 2 }),
    inContent: range,
  }));
}
