/**
 * `evenkeel`: the second front end of the engine. argv → command → reporter → exit code; no work of its own beyond asking and telling.
 * Commands load what they need when they run, so that `--version` costs no more than Node itself.
 */
export { runCli } from './runCli.ts';
