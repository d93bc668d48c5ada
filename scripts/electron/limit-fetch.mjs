// Loaded with `node --import` before Electron's own installer, which has no time-out of its own.
import { fetchWithIdleLimit } from './idle-fetch.mjs';

globalThis.fetch = fetchWithIdleLimit(globalThis.fetch, 15_000);
