// npm test [-- quick | <group>…]: from a bare machine to the counts of all tests.
import './lib/require-node.mjs';
import { runScript } from './lib/steps.mjs';

const { runTests } = await import('./test/run-tests.mjs');
await runScript(() => runTests(process.argv.slice(2)));
