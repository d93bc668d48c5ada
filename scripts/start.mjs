// npm start [-- <arguments of the app>]: from a bare machine to the open app.
import './lib/require-node.mjs';
import { runScript } from './lib/steps.mjs';

// Loaded only now, so that an old Node.js gets the message above and no syntax error.
const { startApp } = await import('./start/start-app.mjs');
await runScript(() => startApp(process.argv.slice(2)));
