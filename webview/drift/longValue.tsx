import { useSignal } from '@preact/signals';
import { LinkButton } from '../components/button.tsx';
import { MarkedText } from './markedText.tsx';
import './longValue.css';

/** A value of the dataset as it is; of a long one the first lines, and the rest on demand. */
export function LongValue({ text }: { readonly text: string }) {
  const all = useSignal(false);
  const long = text.length > SHORT || text.split('\n', SHORT_LINES + 1).length > SHORT_LINES;
  return (
    <>
      <div class={long && !all.value ? 'longValue cut' : 'longValue'}>
        <MarkedText segments={[{ text }]} side="baseline" />
      </div>
      {long ? (
        <LinkButton expanded={all.value} onClick={() => (all.value = !all.value)}>
          {all.value ? 'Show less' : `Show all ${text.length.toLocaleString('en')} characters`}
        </LinkButton>
      ) : null}
    </>
  );
}

const SHORT = 600;
const SHORT_LINES = 6;
