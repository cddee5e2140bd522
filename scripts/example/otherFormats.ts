/** Files as people have them for other tools, by name: each with a variable that nobody defines. */
export const OTHER_FORMATS = {
  'greet.prompty': `---
name: Greeting
model:
  api: chat
  configuration:
    type: openai
    name: gpt-4o-mini
  parameters:
    max_tokens: 100
inputs:
  customer:
    type: string
  question:
    type: string
sample:
  customer: Marit
  question: Where is my parcel?
---
system:
You answer customers of a garden shop.

user:
{{customr}} asks: {{question}}
`,
  'answer.prompt': `---
model: openai/gpt-4o-mini
input:
  schema:
    ticket: string
    language?: string, of the answer
output:
  format: json
  schema:
    team(enum): [billing, shipping, returns]
---
{{role "system"}}
Route the ticket. Answer in {{langage}}.
{{role "user"}}
{{ticket}}
`,
  'promptfooconfig.yaml': `description: Greetings
prompts:
  - label: greeting
    raw: 'Say hello to {{name}} in {{langauge}}.'
  - label: farewell
    raw: 'Say goodbye to {{name}} in {{language}}.'
providers:
  - sandbox:extractor-2026-05
tests:
  - vars: { name: Marit, language: Dutch }
    assert:
      - { type: contains, value: Marit }
      - { type: not-contains, value: '{{' }
`,
} as const satisfies Readonly<Record<string, string>>;
