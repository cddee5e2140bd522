/**
 * What a person writes by hand: the official SDK in a loop over the same cases with the same three checks, results in one JSONL file.
 * `node sdkLoop.js <url> <cases> <in flight> <results file>`
 */
import { writeFileSync } from 'node:fs';
import OpenAI from 'openai';
import { INSTRUCTIONS, MODEL, tickets } from './tickets.ts';

const [, , url, count, inFlight, results] = process.argv;
const data = tickets(Number(count));
const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 3 });
const rows: { readonly id: string; readonly output: string; readonly passed: boolean }[] = new Array(data.length);
let next = 0;
async function work(): Promise<void> {
  while (next < data.length) {
    const at = next++;
    const { id, ticket, expected } = data[at]!;
    const completion = await client.chat.completions.create({
      model: MODEL,
      temperature: 0,
      max_tokens: 200,
      messages: [
        { role: 'system', content: INSTRUCTIONS },
        { role: 'user', content: `TICKET: ${ticket}` },
      ],
    });
    const output = completion.choices[0]?.message.content ?? '';
    let parsed: { readonly category?: string } | undefined;
    try {
      parsed = JSON.parse(output) as { readonly category?: string };
    } catch {
      parsed = undefined; // not JSON: the first check fails
    }
    rows[at] = { id, output, passed: parsed !== undefined && output.includes(`"category":"${expected}"`) && parsed.category === expected };
  }
}
await Promise.all(Array.from({ length: Number(inFlight) }, work));
writeFileSync(results!, rows.map((row) => JSON.stringify(row)).join('\n'));
process.stdout.write(JSON.stringify({ passed: rows.filter(({ passed }) => passed).length }));
process.exit(0);
