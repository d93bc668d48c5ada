/**
 * Wraps fetch so that it gives up when no data has come for a while, however long the whole takes.
 * @param {typeof fetch} fetch
 * @param {number} idleMs
 * @returns {typeof fetch}
 */
export function fetchWithIdleLimit(fetch, idleMs) {
  return async (url, options = {}) => {
    const controller = new AbortController();
    let timer;
    const sawData = () => {
      clearTimeout(timer);
      const reason = new Error(`no data for ${idleMs / 1000} s`);
      timer = setTimeout(() => controller.abort(reason), idleMs);
    };
    sawData();
    try {
      const response = await fetch(url, { ...options, signal: controller.signal });
      if (!response.ok || response.body === null) {
        clearTimeout(timer);
        return response;
      }
      sawData();
      const watched = new TransformStream({
        transform(chunk, sink) {
          sawData();
          sink.enqueue(chunk);
        },
        flush: () => clearTimeout(timer),
      });
      return new Response(response.body.pipeThrough(watched), response);
    } catch (cause) {
      clearTimeout(timer);
      // Node says only "fetch failed"; what failed is one level down.
      const detail = cause.cause?.code ?? cause.message;
      throw new Error(`cannot reach ${new URL(url).host}: ${detail}`, { cause });
    }
  };
}
