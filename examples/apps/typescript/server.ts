/**
 * A small app that answers with a prompt, and says which one it really loaded.
 *   PROMPT     the prompt file; triage.prompt.yml when left out
 *   MODEL_URL  an OpenAI-compatible server, such as http://127.0.0.1:4010/v1; MODEL_KEY its key
 *   COMMIT     the commit it was built from
 *   PORT       8080 when left out
 */
import { createServer } from 'node:http';
import { loadPrompt, reportDeployed } from 'evenkeel';

const { PROMPT = 'triage.prompt.yml', MODEL_URL = '', MODEL_KEY = '', COMMIT, PORT = '8080' } = process.env;

// Refuses to start with a prompt that is not in its lock file: nobody has released it.
const prompt = await loadPrompt(PROMPT);
const deployed = reportDeployed([prompt], { since: new Date(), ...(COMMIT ? { commit: COMMIT } : {}) });

const server = createServer(async (request, response) => {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  try {
    if (request.method === 'GET' && request.url === '/deployed') return send(200, deployed);
    if (request.method !== 'POST' || request.url !== '/answer') return send(404, { error: 'not found' });
    let body = '';
    for await (const piece of request) body += piece;
    send(200, { answer: await ask(JSON.parse(body)), version: prompt.version });
  } catch (error) {
    send(400, { error: error instanceof Error ? error.message : String(error) });
  }
});
server.listen(Number(PORT), '127.0.0.1', () => {
  const address = server.address();
  console.log(`${prompt.name} ${prompt.version} on port ${typeof address === 'object' ? address?.port : address}`);
});

/** Renders the prompt and asks the model that it names. */
async function ask(variables: Record<string, unknown>): Promise<string> {
  const { maxTokens, temperature } = prompt.parameters;
  const answer = await fetch(`${MODEL_URL}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${MODEL_KEY}` },
    body: JSON.stringify({
      model: prompt.model?.replace(/^[^/]*\//, ''),
      messages: prompt.render(variables),
      max_tokens: maxTokens,
      temperature,
      ...(prompt.outputSchema ? { response_format: { type: 'json_schema', json_schema: prompt.outputSchema } } : {}),
    }),
  });
  if (!answer.ok) throw new Error(`The model answered with ${answer.status}.`);
  const { choices } = (await answer.json()) as { choices: { message: { content: string } }[] };
  return choices[0]?.message.content ?? '';
}
