import { expect, it } from 'vitest';
import { ownMemory } from '../../../../main/memory/own-memory.ts';

const MB = 1024 * 1024;

/** Processor time of this process as the system tells it, milliseconds. */
function spentMs(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1000;
}

it('tells how long the processor has worked for the process, in milliseconds', () => {
  const [busyMs, before] = [ownMemory.busyMs(), spentMs()];
  while (spentMs() - before < 200);
  const [told, spent] = [ownMemory.busyMs() - busyMs, spentMs() - before];
  expect(Math.abs(told - spent)).toBeLessThan(100);
});

it('tells what the engine has of the system, in bytes', () => {
  const before = ownMemory.heapBytes();
  const kept = Array.from({ length: 1_000_000 }, (_, at) => ({ at, next: { at } }));
  expect(ownMemory.heapBytes() - before).toBeGreaterThan(32 * MB);
  expect(ownMemory.heapBytes()).toBeLessThan(process.memoryUsage().rss);
  expect(kept).toHaveLength(1_000_000);
});

it('leaves no way to collect to whoever else is in the process', () => {
  ownMemory.collect();
  expect('gc' in globalThis).toBe(false);
});
