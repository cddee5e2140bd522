import type { Phrases } from '../../protocol/index.ts';

/** A sentence in parts; the strong ones are what the eye finds first. */
export function PhraseText({ phrases }: { readonly phrases: Phrases }) {
  return <>{phrases.map(({ text, strong }, index) => (strong ? <strong key={index}>{text}</strong> : text))}</>;
}
