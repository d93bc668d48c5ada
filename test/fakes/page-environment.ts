import type { Environment } from 'vitest/runtime';

/** Compiles stores as for a page, so that effects run, without the weight of a document. */
const environment: Environment = {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
};

export { environment as default };
