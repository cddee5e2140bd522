import { type Release, sha256Hex, type TestedWith } from '../../prompts-schema/index.ts';

/** A fingerprint, and its parts, that stand for a prompt of this name. */
export function fingerprintNamed(name: string): Pick<Release, 'fingerprint' | 'parts'> {
  const part = (of: string): string => sha256Hex(`${of} of ${name}`);
  return {
    fingerprint: `ek1:${sha256Hex(name)}`,
    parts: { messages: part('messages'), tools: part('tools'), output: part('output'), parameters: part('parameters') },
  };
}

/** A release of a prompt called `prompt.prompt.yml` in one file, whose fingerprint is that of its version unless told otherwise. */
export function releaseOf(version: string, change: Partial<Release> & { readonly of?: string } = {}): Release {
  const { of = version, ...rest } = change;
  return {
    prompt: undefined,
    version,
    ...fingerprintNamed(of),
    files: { 'prompt.prompt.yml': sha256Hex(`text of ${of}`) },
    released: '2026-11-20',
    tested: [],
    ...rest,
  };
}

export function testedWith(model: string, change: Partial<TestedWith> = {}): TestedWith {
  return {
    model,
    dataset: sha256Hex('dataset'),
    cases: 50,
    passed: 41,
    scored: 50,
    interval: { low: 0.692, high: 0.9024 },
    run: '20261120-100000-abcdef',
    how: 'eval',
    on: '2026-11-20',
    ...change,
  };
}
