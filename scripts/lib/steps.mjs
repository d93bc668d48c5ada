/** A failure that the person at the keyboard can cure, with how. */
export class StepFailure extends Error {
  /**
   * @param {string} message what happened
   * @param {readonly string[]} remedy what to do, line by line
   */
  constructor(message, remedy = []) {
    super(message);
    this.remedy = remedy;
  }
}

/** A duration for people: "0.4 s", "2 min 5 s". */
export function formatDuration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs one step and says how it went and how long it took.
 * @template T
 * @param {string} title
 * @param {(say: (line: string) => void) => Promise<T> | T} work `say` tells what is being done
 * @param {(result: T) => string} describe the outcome in a few words
 * @returns {Promise<T>}
 */
export async function step(title, work, describe = () => 'done') {
  const started = Date.now();
  const result = await work((line) => console.log(`  ${line}`));
  console.log(`${title}: ${describe(result)} (${formatDuration(Date.now() - started)})`);
  return result;
}

/** Runs a script's main function; a failure is printed with its remedy and ends it with 1. */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (cause) {
    const known = cause instanceof StepFailure;
    console.error(known ? `\n${cause.message}` : cause);
    for (const line of known ? cause.remedy : []) console.error(`  ${line}`);
    process.exitCode = 1;
  }
}
