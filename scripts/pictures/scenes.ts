import type { Workbench } from '../vscode/workbench.ts';

/** One picture for people: what is done in the window before it is taken. Its files are `<name>-light.png` and `<name>-dark.png`. */
export interface Scene {
  readonly name: string;
  run(workbench: Workbench): Promise<void>;
}

/** The pictures of README and docs, in the order in which they are taken, in one window. */
export const SCENES: readonly Scene[] = [
  {
    name: 'editor',
    async run(workbench) {
      await workbench.openFile('triage.prompt.yml');
      await workbench.focusEditor();
    },
  },
];
