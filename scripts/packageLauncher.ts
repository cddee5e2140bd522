/**
 * The `evenkeel` program of the npm package: says so in one line where Node is too old (exit code 2), else starts the CLI.
 * In the JavaScript of long ago, since an old Node must be able to read it.
 */
export function packageLauncher(node: string): string {
  const [major, minor] = node.split('.');
  return `#!/usr/bin/env node
'use strict';
var version = process.versions.node.split('.').map(Number);
if (version[0] < ${major} || (version[0] === ${major} && version[1] < ${minor})) {
  console.error('evenkeel needs Node ${node} or later, and this is Node ' + process.versions.node + ': install a newer one from nodejs.org.');
  process.exitCode = 2;
} else {
  import('./cli/main.mjs').catch(function (error) {
    console.error(error);
    process.exitCode = 1;
  });
}
`;
}
