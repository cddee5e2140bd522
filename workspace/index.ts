/**
 * The user's folder: which one is the root, its evenkeel.yml, which files are prompts, reads that cannot leave it, writes that cannot
 * be half done. Knows nothing of models, runs, git or editors, and never opens a socket or a process.
 */
export { alternatives } from './alternatives.ts';
export { errorCode, type FileSystem, nodeFileSystem, type OpenFile, writeAll } from './fileSystem.ts';
export { findFiles } from './findPromptFiles.ts';
export { CONFIG_FILE, findRoot, type Root } from './findRoot.ts';
export { inParallel } from './inParallel.ts';
export { type LoadedConfig, loadConfig } from './loadConfig.ts';
export { type Matching, matchingOf, namedFrom, outsidePattern } from './matchingFiles.ts';
export { readModelAnswers, type StoredModelAnswers, writeModelAnswers } from './modelAnswers.ts';
export { openWorkspace } from './openWorkspace.ts';
export { fitsPattern, readPatterns } from './pathPattern.ts';
export { confinePath, resolveReference } from './paths.ts';
export { type PoliteLock, takePoliteLock } from './politeLock.ts';
export { hasByteOrderMark, LARGEST_FILE } from './readConfined.ts';
export { ensureStateFolder, STATE_FOLDER } from './stateFolder.ts';
export { type UserDataPlace, userDataFolder } from './userDataFolder.ts';
export { wantedPrompts, wantedTemplates } from './wantedPrompts.ts';
export type { ReadResult, Workspace } from './workspace.ts';
export { hashText, type WriteOptions, writeAtomic } from './writeAtomic.ts';
