import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { DRIFT_KEYS } from '../state/driftKeys.ts';
import type { DriftStore } from '../state/driftStore.ts';
import './helpSheet.css';

/** Every key of the panel. */
export function HelpSheet({ store }: { readonly store: DriftStore }) {
  const close = (): void => {
    store.sheet.value = undefined;
  };
  return (
    <Dialog title="Keys" onClose={close}>
      <table class="keyTable">
        <thead class="unseen">
          <tr>
            <th scope="col">Key</th>
            <th scope="col">What it does</th>
          </tr>
        </thead>
        <tbody>
          {DRIFT_KEYS.map(({ words, keys }) => (
            <tr key={words}>
              <td>
                {Object.keys(keys).map((name) => (
                  <kbd key={name} class="key">
                    {name}
                  </kbd>
                ))}
              </td>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="dim">In the list the arrows move, left and right close and open a group. Accepting calls no model.</p>
      <div class="dialogButtons">
        <Button onClick={close}>Close</Button>
      </div>
    </Dialog>
  );
}
