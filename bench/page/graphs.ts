import { MicroPlots } from './micro-plots.ts';
import { OurGraphs } from './our-graphs.ts';

declare global {
  interface Window {
    /** So many live steps, each of which gets its frame; what each took, milliseconds. */
    takeSteps: (count: number) => Promise<readonly number[]>;
  }
}

const graphs = location.search === '?ours' ? new OurGraphs() : new MicroPlots();

/** Until what was drawn is on the screen. */
async function frame(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}

window.takeSteps = async (count) => {
  const times: number[] = [];
  while (times.length < count) {
    times.push(await graphs.step());
    await frame();
  }
  return times;
};
