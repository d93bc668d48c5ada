// Kept to old syntax and no imports: it must run in whatever Node.js there is.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js 20.19 or newer is needed; this is ${process.versions.node}.`);
  console.error('  Install a current version from https://nodejs.org, then run this again.');
  process.exit(1);
}
