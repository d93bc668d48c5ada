import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

// The marker before the fuse wire in every Electron binary; after it come a version byte, a length
// byte and one ASCII digit a fuse. https://www.electronjs.org/docs/latest/tutorial/fuses
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');

/**
 * Where the fuse wire is and what it says.
 * @param {Buffer} binary
 * @returns {{ offset: number, states: string } | undefined}
 */
export function findFuses(binary) {
  const start = binary.indexOf(SENTINEL);
  if (start === -1) return undefined;
  const versionAt = start + SENTINEL.length;
  if (binary[versionAt] !== 1) return undefined;
  const offset = versionAt + 2;
  return { offset, states: binary.toString('latin1', offset, offset + binary[versionAt + 1]) };
}

/** Sets the first fuses of an executable to the given digits, "0" off and "1" on. */
export function setFuses(executable, states) {
  const found = findFuses(readFileSync(executable));
  if (found === undefined || found.states.length < states.length) {
    throw new Error(`${executable} has no fuse wire of ${states.length} fuses`);
  }
  const file = openSync(executable, 'r+');
  try {
    writeSync(file, states, found.offset, 'latin1');
  } finally {
    closeSync(file);
  }
}
