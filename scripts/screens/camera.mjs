import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../lib/run.mjs';
import { StepFailure } from '../lib/steps.mjs';

const WIDTH = 1000;
const KEY_MS = 90;

/** Takes the frames of a film, each with the time it stands, and makes a GIF of them. */
export class Camera {
  #page;
  #folder = mkdtempSync(path.join(tmpdir(), 'archipel-film-'));
  #frames = [];

  constructor(page) {
    this.#page = page;
  }

  /** A frame of what is shown now, which stands for that many milliseconds. */
  async shoot(ms) {
    const name = `${this.#frames.length}.png`;
    await this.#page.screenshot({
      path: path.join(this.#folder, name),
      animations: 'disabled',
      caret: 'hide',
    });
    this.#frames.push({ name, ms });
  }

  /** Types a text into a field, a frame for each key. */
  async type(field, text) {
    await field.focus();
    for (const character of text) {
      await field.pressSequentially(character);
      await this.shoot(KEY_MS);
    }
  }

  /** Writes the film. Only what moved is in a frame, and no frame is dithered: words stay sharp. */
  async develop(file) {
    const list = this.#frames.map(({ name, ms }) => `file '${name}'\nduration ${ms / 1000}\n`);
    // The last frame stands as long as its time says only when it is named once more.
    const whole = [...list, `file '${this.#frames.at(-1)?.name}'\n`].join('');
    writeFileSync(path.join(this.#folder, 'frames.txt'), whole);
    const palette = 'split[a][b];[a]palettegen=max_colors=160:stats_mode=full[p]';
    const filter = `scale=${WIDTH}:-1:flags=lanczos,${palette};[b][p]paletteuse=dither=none:diff_mode=rectangle`;
    const input = ['-f', 'concat', '-i', path.join(this.#folder, 'frames.txt')];
    const output = ['-vf', filter, '-vsync', 'vfr', file];
    const made = await run('ffmpeg', ['-y', '-loglevel', 'error', ...input, ...output]);
    if (made.code !== 0) throw new StepFailure('ffmpeg made no film.', made.output.split('\n'));
  }

  end() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
