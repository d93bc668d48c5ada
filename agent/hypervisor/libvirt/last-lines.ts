import { open } from 'node:fs/promises';

const MAX_BYTES = 16_384;
const MAX_LINE = 500;

/** The last lines of a file, cut to a bounded length; none of a file that cannot be read. */
export async function readLastLines(path: string, lines: number): Promise<readonly string[]> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - MAX_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, from);
      const all = buffer.toString('utf8', 0, bytesRead).split('\n');
      // The first line may have begun before.
      const whole = from > 0 ? all.slice(1) : all;
      const said = whole.filter((line) => line.trim() !== '').slice(-lines);
      return said.map((line) => line.slice(0, MAX_LINE));
    } finally {
      await file.close();
    }
  } catch {
    return [];
  }
}
