// npm run screens [-- <file>…]: every picture of the README and the docs, taken of the built app.
import './lib/require-node.mjs';
import { runScript } from './lib/steps.mjs';

const { takeScreens } = await import('./screens/take-screens.mjs');
await runScript(async () => {
  await takeScreens();
  return 0;
});
