import type { RunHeader } from '../../protocol/index.ts';

/** Where the requests of a run go and whether a key goes with them: `local sandbox, no key sent`, `api.openai.com, your key`. */
export function moneyNote({ models, origins, keySent }: Pick<RunHeader, 'models' | 'origins' | 'keySent'>): string {
  const sandbox = models.every((model) => model.startsWith('sandbox/'));
  const places = sandbox ? 'local sandbox' : origins.map(placeOf).join(', ');
  return [places, keySent ? 'your key' : 'no key sent'].filter(Boolean).join(', ');
}

function placeOf(origin: string): string {
  if (origin === 'in-process sandbox') return 'local sandbox';
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
