/** Whether each rectangle that is read next has come whole. */
export const rectangles: boolean[] = [];

/**
 * What noVNC, which needs a browser, does of itself in the tests: it reads rectangles. One for all test
 * files, since they share their modules, and the first to load a screen would decide for the others.
 */
class FakeRfb extends EventTarget {
  _handleDataRect(): boolean | undefined {
    return rectangles.shift();
  }
}

export { FakeRfb as default };
