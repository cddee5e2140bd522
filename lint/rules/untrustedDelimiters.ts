import type { Placeholder, PromptMessage } from '../../prompts-schema/index.ts';
import type { Rule } from '../rule.ts';
import { explained } from './explained.ts';
import { untrustedNames } from './untrustedInSystem.ts';

const INPUTS = `inputs:
  ticket: { type: string, trusted: false }`;

/** A value from outside that runs into the prompt's own words. */
export const untrustedWithoutDelimiters: Rule = {
  code: 'security.untrusted-without-delimiters',
  title: 'an untrusted input that nothing sets apart',
  severity: 'warning',
  explain: explained(
    'Where the value begins and ends is for the model to guess, so a value can go on with your own instructions. Tags around it, a fence, quotes, or a message of its own show what is data. It lowers the risk and does not remove it. Said only of inputs declared `trusted: false`.',
    `${INPUTS}
messages:
  - role: user
    content: "Which team should answer this? {{ticket}} Answer in one word."`,
    `${INPUTS}
messages:
  - role: user
    content: "Which team should answer this? <ticket>{{ticket}}</ticket> Answer in one word."`,
  ),
  check: ({ document }) => {
    const untrusted = untrustedNames(document);
    if (untrusted.size === 0) return [];
    return document.messages.flatMap((message) => {
      if (message.role.value === 'system') return []; // that has a rule of its own
      return message.placeholders
        .filter((placeholder) => placeholder.use === undefined && untrusted.has(placeholder.name) && !isSetApart(message, placeholder))
        .map(({ name, range }) => {
          const tag = tagOf(name);
          const written = document.text.slice(range.start, range.end);
          return {
            range,
            message: `\`${name}\` is not trusted, and nothing shows where it begins and ends. Put it between delimiters, such as \`<${tag}>…</${tag}>\`.`,
            data: { name },
            fixes: [
              {
                title: `Wrap in \`<${tag}>…</${tag}>\``,
                preferred: true,
                byHand: true,
                edits: [{ range, newText: `<${tag}>${written}</${tag}>` }],
              },
            ],
          };
        });
    });
  },
};

function isSetApart({ content, placeholders }: PromptMessage, { inContent }: Placeholder): boolean {
  const before = content.value.slice(0, inContent.start);
  const after = content.value.slice(inContent.end);
  if (before.trim() === '' && after.trim() === '') return true; // a message of its own
  if (placeholders.length > 0 && insideTag(before, after)) return true;
  if (FENCES.some((fence) => count(before, fence) % 2 === 1 && count(after, fence) % 2 === 1)) return true;
  const closing = QUOTES.get(before.at(-1) ?? '');
  return closing !== undefined && after.startsWith(closing);
}

/** Whether a tag is open before the placeholder that closes after it. */
function insideTag(before: string, after: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = '', pipe] of before.matchAll(TAG)) {
    if (pipe === '/') continue;
    if (slash) open.splice(open.lastIndexOf(name) >= 0 ? open.lastIndexOf(name) : open.length);
    else open.push(name);
  }
  return open.some((name) => after.includes(`</${name}>`) || after.includes(`[/${name}]`));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function tagOf(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[^A-Za-z_]+/, '');
  return plain || 'data';
}

const TAG = /[<[](\/?)([A-Za-z_][\w-]*)(?:\s[^<>[\]]*?)?(\/?)[>\]]/g;
const FENCES: readonly string[] = ['```', '"""', "'''", '~~~', '\n---', '\n===', '\n###', '\n***'];
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
]);
