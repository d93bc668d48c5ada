import { expect, test } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { run } from '../../scripts/lib/run.mjs';
import { root } from './support/launch.ts';

const MB = 1024 * 1024;

/** Objects that fill many pages of the engine, and are let go of then; with what it has at each time. */
const PROGRAM = `
import { ownMemory } from './own-memory.mjs';
ownMemory.collect();
const before = ownMemory.heapBytes();
let kept = Array.from({ length: 1_000_000 }, (_, at) => ({ at, next: { at } }));
const full = ownMemory.heapBytes() - before;
kept = undefined;
ownMemory.collect();
console.log(JSON.stringify({ full, left: ownMemory.heapBytes() - before }));
`;

test('the engine of the app gives back to the system what nobody holds', async () => {
  const executable = process.env['ARCHIPEL_ELECTRON'];
  expect(executable).toBeDefined();
  const folder = await mkdtemp(path.join(tmpdir(), 'archipel-memory-'));
  try {
    const source = await readFile(path.join(root, 'main/memory/own-memory.ts'), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
    });
    await writeFile(path.join(folder, 'own-memory.mjs'), outputText);
    await writeFile(path.join(folder, 'program.mjs'), PROGRAM);
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { code, output } = await run(executable!, [path.join(folder, 'program.mjs')], { env });
    expect(code, output).toBe(0);
    const { full, left } = JSON.parse(output) as { readonly full: number; readonly left: number };
    expect(full).toBeGreaterThan(32 * MB);
    expect(left).toBeLessThan(full / 4);
  } finally {
    await rm(folder, { recursive: true });
  }
});
