import { expect, it } from 'vitest';
import { Layout, Step } from '../../../../agent/health/step.ts';

function rowOf(step: Step): Record<string, number> {
  const { names, values } = step.row();
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? Number.NaN]));
}

it('has mean, lowest and highest of what was measured within it', () => {
  const layout = new Layout(['cpu:']);
  const step = new Step(0, { layout, values: [4] });
  step.add({ layout, values: [1] });
  step.add({ layout, values: [7] });
  expect(rowOf(step)).toEqual({ 'mean:cpu:': 4, 'min:cpu:': 1, 'max:cpu:': 7 });
});

it('keeps each figure with its own name when a device comes between two others', () => {
  const step = new Step(0, { layout: new Layout(['a:', 'c:']), values: [1, 3] });
  step.add({ layout: new Layout(['a:', 'b:', 'c:']), values: [3, 20, 5] });
  const { 'mean:a:': a, 'mean:b:': b, 'min:b:': lowest, 'mean:c:': c } = rowOf(step);
  expect([a, b, lowest, c]).toEqual([2, 20, 20, 4]);
});

it('is the same of its parts as of all that was measured', () => {
  const [one, two] = [new Layout(['a:', 'c:']), new Layout(['a:', 'b:', 'c:'])];
  const figures = [
    { layout: one, values: [1, 3] },
    { layout: one, values: [5, -2] },
    { layout: two, values: [3, 20, 5] },
    { layout: two, values: [-7, 0, 4] },
    { layout: one, values: [2, 2] },
    { layout: one, values: [4, 9] },
  ] as const;
  const whole = new Step(0, figures[0]);
  for (const more of figures.slice(1)) whole.add(more);
  const parts = [0, 1, 3, 4].map((from, index, starts) => {
    const [first, ...rest] = figures.slice(from, starts[index + 1]);
    const part = new Step(from, first!);
    for (const more of rest) part.add(more);
    return part;
  });
  const sum = parts[0]!.asPartOf(0);
  for (const part of parts.slice(1)) sum.absorb(part);
  expect(rowOf(sum)).toEqual(rowOf(whole));
});
