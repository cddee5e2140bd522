import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Starts the engine's process on the Node that VS Code is made of, with pipes. Provider keys of the environment stay out: in the editor
 * the engine is given keys run by run, each bound to its origin.
 */
export function launchEngine(module: string): ChildProcess {
  const environment = Object.entries(process.env).filter(([name]) => !/_API_KEY$/i.test(name));
  const env = { ...Object.fromEntries(environment), ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' };
  return spawn(process.execPath, [module], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
}
