// Imported before anything else: an old Node should say this, not a syntax error from somewhere inside.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Muster needs Node 20.19 or newer; this is ${process.versions.node}. Get one at https://nodejs.org`);
  process.exit(1);
}
