import { INSTRUCTIONS, tickets } from './tickets.ts';

/** A prompt file of about so many lines, most of them test data, with two mistakes in it. */
export function promptText(lines: number): string {
  const head = [
    'name: triage',
    'description: Classifies a support ticket',
    'model: openai/gpt-4.1-mini',
    'modelParameters:',
    '  temperature: 0.2',
    '  topP: 1.5',
    'messages:',
    '  - role: system',
    `    content: ${JSON.stringify(INSTRUCTIONS)}`,
    '  - role: usr',
    '    content: |',
    '      Classify the ticket below.',
    '      TICKET: {{input}}',
    'testData:',
  ];
  const tail = ['evaluators:', '  - name: has-category', '    string:', '      contains: category'];
  const room = Math.max(2, lines - head.length - tail.length);
  const rows = tickets(Math.ceil(room / 2)).flatMap(({ ticket, expected }) => [
    `  - input: ${JSON.stringify(ticket)}`,
    `    expected: ${expected}`,
  ]);
  return `${[...head, ...rows.slice(0, room - (room % 2)), ...tail].join('\n')}\n`;
}
