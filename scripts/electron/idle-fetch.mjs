/** Runs something later; the function returned calls it off. */
function after(delayMs, run) {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/**
 * Wraps fetch so that it gives up when no data has come for a while, however long the whole takes.
 * @param {typeof fetch} fetch
 * @param {number} idleMs
 * @param {{ after: (delayMs: number, run: () => void) => () => void }} clock
 * @returns {typeof fetch}
 */
export function fetchWithIdleLimit(fetch, idleMs, clock = { after }) {
  return async (url, options = {}) => {
    const controller = new AbortController();
    const giveUp = () => controller.abort(new Error(`no data for ${idleMs / 1000} s`));
    let callOff = clock.after(idleMs, giveUp);
    const sawData = () => {
      callOff();
      callOff = clock.after(idleMs, giveUp);
    };
    try {
      const response = await fetch(url, { ...options, signal: controller.signal });
      if (!response.ok || response.body === null) {
        callOff();
        return response;
      }
      sawData();
      const watched = new TransformStream({
        transform(chunk, sink) {
          sawData();
          sink.enqueue(chunk);
        },
        flush: () => callOff(),
      });
      return new Response(response.body.pipeThrough(watched), response);
    } catch (cause) {
      callOff();
      // Node says only "fetch failed"; what failed is one level down.
      const detail = cause.cause?.code ?? cause.message;
      throw new Error(`cannot reach ${new URL(url).host}: ${detail}`, { cause });
    }
  };
}
