// Runs a script of ours with the tools it needs, on any machine with Node 20.17 or later and npm:
//   node scripts/run.mjs SCRIPT ARGS...   makes sure of Node and node_modules, then runs SCRIPT with that Node
//   node scripts/run.mjs --npm ARGS...    runs the machine's npm with that Node, so that lock files come out the same everywhere
// Plain, old JavaScript up to the check, so that an old Node gets the message and not a syntax error.
const wanted = [20, 17];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    `Evenkeel needs Node ${wanted.join('.')} or later to build, and this is Node ${process.versions.node}: install Node 24 from nodejs.org.`,
  );
  process.exitCode = 2;
} else {
  import('./bootstrap.mjs')
    .then(({ run }) => run(process.argv.slice(2)))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error) => {
        console.error(error.forPeople ? error.message : error);
        process.exitCode = process.exitCode || 1;
      },
    );
}
