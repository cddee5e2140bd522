import type { PreviewResult } from '../../protocol/index.ts';

/** A rendered prompt as a plain document: what it is, then each message under its role, exactly as it would be sent. */
export function previewText(promptId: string, { caseId, messages, missing, model }: PreviewResult): string {
  const about = [promptId, caseId === undefined ? 'no case' : `case ${caseId}`, model ?? 'no model'].join(' · ');
  const gaps = missing.length ? [`Without a value, left as written: ${missing.map((name) => `{{${name}}}`).join(', ')}`] : [];
  const head = [`Rendered prompt, no call was made: ${about}`, ...gaps].join('\n');
  return [head, ...messages.map(({ role, content }) => `── ${role} ${'─'.repeat(Math.max(3, 60 - role.length))}\n${content}`), ''].join(
    '\n\n',
  );
}
