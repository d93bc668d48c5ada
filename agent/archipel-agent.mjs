#!/usr/bin/env node
// In a package the bundle lies in dist; in the repository it is built when it is missing or too old.
import { existsSync } from 'node:fs';

const packed = new URL('dist/agent/index.js', import.meta.url);
if (existsSync(packed)) {
  await import(packed.href);
} else {
  const { ensureBuilt } = await import('../scripts/build.mjs');
  await ensureBuilt({ only: ['agent'] });
  await import('../out/agent/index.js');
}
