import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downsample, type Points } from '../../../../core/graphs/downsample.ts';
import { envelope } from '../../../../core/graphs/envelope.ts';
import { csvText, tableRows } from '../../../../core/graphs/table-text.ts';
import { timeTicks } from '../../../../core/graphs/time-ticks.ts';
import { Track } from '../../../../core/graphs/track.ts';
import { valueScale } from '../../../../core/graphs/value-scale.ts';
import { wholeColumns } from '../../../../core/graphs/whole-columns.ts';

function points(values: readonly number[], stepMs = 1000): Points {
  return {
    times: Float64Array.from(values, (_, index) => index * stepMs),
    values: Float64Array.from(values),
  };
}

const finite = fc.double({ min: -1e9, max: 1e9, noNaN: true });

describe('downsampling', () => {
  it('keeps the lowest and the highest of every pixel column, and no more than four points', () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 50 }),
        (values, columns) => {
          const span = { from: 0, to: values.length * 1000, columns };
          const drawn = downsample(points(values), span, Infinity);
          const columnOf = (x: number) => Math.floor(x / ((span.to - span.from) / columns));
          for (let column = 0; column < columns; column += 1) {
            const all = values.filter((_, index) => columnOf(index * 1000) === column);
            const kept = drawn.filter(({ x }) => columnOf(x) === column).map(({ y }) => y);
            expect(kept.length).toBeLessThanOrEqual(4);
            if (all.length === 0) continue;
            expect([Math.min(...kept), Math.max(...kept)]).toEqual([
              Math.min(...all),
              Math.max(...all),
            ]);
          }
        },
      ),
    );
  });

  it('gives points in the order of time, each of them one that was measured', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 200 }), (values) => {
        const drawn = downsample(points(values), { from: 0, to: 100_000, columns: 7 }, Infinity);
        const times = drawn.map(({ x }) => x);
        expect(times).toEqual([...times].sort((left, right) => left - right));
        for (const { x, y } of drawn) expect(values[x / 1000]).toBe(y);
      }),
    );
  });

  it('keeps everything where there are more columns than points', () => {
    const drawn = downsample(points([1, 5, 2]), { from: 0, to: 3000, columns: 300 }, Infinity);
    expect(drawn.map(({ y }) => y)).toEqual([1, 5, 2]);
  });

  it('interrupts the line where a value is missing or too long was silent', () => {
    const missing = downsample(
      points([1, Number.NaN, 3]),
      { from: 0, to: 3000, columns: 300 },
      5000,
    );
    expect(missing.map(({ y }) => y)).toEqual([1, Number.NaN, 3]);
    const silent = { times: Float64Array.of(0, 1000, 9000), values: Float64Array.of(1, 2, 3) };
    const drawn = downsample(silent, { from: 0, to: 10_000, columns: 300 }, 3000);
    expect(drawn.map(({ y }) => y)).toEqual([1, 2, Number.NaN, 3]);
  });

  it('goes on to the edges by one point beyond each', () => {
    const drawn = downsample(
      points([1, 2, 3, 4, 5]),
      { from: 1500, to: 2500, columns: 10 },
      Infinity,
    );
    expect(drawn.map(({ y }) => y)).toEqual([2, 3, 4]);
  });
});

describe('whole columns', () => {
  const length = fc.integer({ min: 10_000, max: 5_184_000_000 });
  const moment = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 });

  it('end less than a column after what was asked for, and reach as far back', () => {
    fc.assert(
      fc.property(moment, length, fc.integer({ min: 1, max: 4000 }), (to, lengthMs, columns) => {
        const span = wholeColumns(to - lengthMs, to, columns);
        expect(span.to).toBeGreaterThanOrEqual(to - 1);
        expect(span.to - to).toBeLessThanOrEqual(lengthMs / columns + 1);
        expect(Math.abs(span.to - span.from - lengthMs)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stay where they are until a whole column has gone by', () => {
    const spans = [0, 400, 999, 1000, 1001].map((later) =>
      wholeColumns(1_700_000_000_001 + later, 1_700_000_300_001 + later, 300),
    );
    const first = { from: 1_700_000_001_000, to: 1_700_000_301_000 };
    const next = { from: 1_700_000_002_000, to: 1_700_000_302_000 };
    expect(spans).toEqual([first, first, first, next, next]);
  });

  it('leaves what has no length as it is', () => {
    expect(wholeColumns(5, 5, 100)).toEqual({ from: 5, to: 5 });
  });
});

describe('an envelope', () => {
  const steps = fc.array(fc.option(fc.tuple(finite, finite), { nil: undefined }), {
    minLength: 1,
    maxLength: 300,
  });

  it('reaches from the lowest to the highest of every pixel column, one piece for each', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (ranges, columns) => {
        const lows = ranges.map((range) => (range ? Math.min(...range) : Number.NaN));
        const highs = ranges.map((range) => (range ? Math.max(...range) : Number.NaN));
        const { times } = points(lows);
        const span = { from: 0, to: ranges.length * 1000, columns };
        const own = { lows: Float64Array.from(lows), highs: Float64Array.from(highs) };
        const runs = envelope({ times, values: own.lows, ...own }, span, Infinity);
        const columnOf = (x: number) => Math.floor(x / ((span.to - span.from) / columns));
        for (let column = 0; column < columns; column += 1) {
          const all = ranges.flatMap((range, index) =>
            columnOf(index * 1000) === column ? (range ?? []) : [],
          );
          const pieces = runs.flat().filter(({ x }) => columnOf(x) === column);
          if (all.length === 0) expect(pieces).toEqual([]);
          else {
            expect(Math.min(...pieces.map(({ low }) => low))).toBe(Math.min(...all));
            expect(Math.max(...pieces.map(({ high }) => high))).toBe(Math.max(...all));
          }
        }
        for (const run of runs) {
          const numbers = run.map(({ x }) => columnOf(x));
          expect(new Set(numbers).size).toBe(numbers.length);
        }
      }),
    );
  });

  it('is interrupted where a value is missing or too long was silent', () => {
    const values = Float64Array.of(1, Number.NaN, 3, 4, 5);
    const times = Float64Array.of(0, 1000, 2000, 3000, 9000);
    const span = { from: 0, to: 10_000, columns: 300 };
    const runs = envelope({ times, values, lows: values, highs: values }, span, 3000);
    expect(runs.map((run) => run.map(({ high }) => high))).toEqual([[1], [3, 4], [5]]);
  });
});

describe('a track', () => {
  it('keeps the extremes of the past beside live values, which are their own', () => {
    const track = new Track();
    track.append(3000, 4);
    expect(track.isRanged).toBe(false);
    const past = { times: Float64Array.of(0, 1000), values: Float64Array.of(5, 6) };
    track.replace({ ...past, lows: Float64Array.of(1, 2), highs: Float64Array.of(8, 9) });
    track.append(4000, 7);
    expect(track.isRanged).toBe(true);
    const { values, lows, highs } = track.points;
    expect([[...values], [...lows], [...highs]]).toEqual([
      [5, 6, 4, 7],
      [1, 2, 4, 7],
      [8, 9, 4, 7],
    ]);
    track.replace(past);
    expect([track.isRanged, [...track.points.highs]]).toEqual([false, [5, 6, 4, 7]]);
  });

  it('takes the past in place of what it knew, and keeps what is newer', () => {
    const track = new Track();
    for (const time of [500, 1000, 5000]) track.append(time, 1);
    track.append(4000, 9);
    track.replace({ times: Float64Array.of(0, 1000, 2000), values: Float64Array.of(7, 8, 9) });
    expect([...track.points.times]).toEqual([0, 1000, 2000, 5000]);
    expect([...track.points.values]).toEqual([7, 8, 9, 1]);
  });

  it('forgets the oldest beyond its bound', () => {
    const track = new Track();
    for (let index = 0; index < 50_010; index += 1) track.append(index, index);
    expect(track.points.times.length).toBe(50_000);
    expect(track.points.times[0]).toBe(10);
    expect(track.lastTime).toBe(50_009);
  });

  it('keeps the newest when it may hold fewer, and gives the memory of the others back', () => {
    const track = new Track();
    for (let index = 0; index < 10_000; index += 1) track.append(index, index);
    const before = track.bytes;
    track.limit(1000);
    expect([...track.points.times.subarray(0, 2)]).toEqual([9000, 9001]);
    expect(track.bytes).toBeLessThan(before / 4);
    track.append(10_000, 1);
    expect([track.points.times.length, track.lastTime]).toEqual([1000, 10_000]);
  });

  it('tells the value nearest to a moment, and none where all are far', () => {
    const track = new Track();
    for (const time of [1000, 2000, 10_000]) track.append(time, time);
    expect(track.valueAt(1600, 1000)).toBe(2000);
    expect(track.valueAt(5000, 1000)).toBeUndefined();
  });
});

describe('the ticks of time', () => {
  const local = (hours: number, minutes = 0, seconds = 0) =>
    new Date(2026, 2, 1, hours, minutes, seconds).getTime();

  it('are round moments of local time', () => {
    const ticks = timeTicks(local(10, 3), local(10, 33), 7);
    expect(ticks.style).toBe('minutes');
    expect(ticks.moments).toEqual([5, 10, 15, 20, 25, 30].map((minute) => local(10, minute)));
  });

  it('are midnights over days', () => {
    const ticks = timeTicks(local(10), local(10) + 5 * 86_400_000, 6);
    expect(ticks.style).toBe('days');
    for (const moment of ticks.moments) expect(new Date(moment).getHours()).toBe(0);
  });

  it('are never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 8 * 7 * 86_400_000 }),
        fc.integer({ min: 3, max: 12 }),
        (length, most) => {
          const { moments } = timeTicks(local(0), local(0) + length, most);
          expect(moments.length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});

describe('the scale of values', () => {
  it('holds the highest in few round steps', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e15, noNaN: true }),
        fc.constantFrom('bytes', 'bytes-per-second', 'load'),
        (highest, unit) => {
          const { max, step } = valueScale(highest, unit);
          expect(max).toBeGreaterThanOrEqual(highest);
          expect(max / step).toBeLessThanOrEqual(6);
        },
      ),
    );
  });

  it('is of a whole for percent, and what was said for the rest', () => {
    expect(valueScale(12, 'percent')).toEqual({ max: 100, step: 25 });
    expect(valueScale(12, 'bytes', 4096)).toEqual({ max: 4096, step: 1024 });
    expect(valueScale(3000, 'bytes')).toEqual({ max: 4096, step: 1024 });
  });
});

describe('a table of values', () => {
  const rows = tableRows(
    [
      { heading: 'a', times: Float64Array.of(0, 1000), values: Float64Array.of(1, 2.5) },
      { heading: 'b', times: Float64Array.of(1000, 9000), values: Float64Array.of(Number.NaN, 4) },
    ],
    0,
    9000,
  );

  it('has a row for each moment at which anything is known', () => {
    expect(rows).toEqual([
      { time: 0, values: [1, undefined] },
      { time: 1000, values: [2.5, undefined] },
      { time: 9000, values: [undefined, 4] },
    ]);
  });

  it('becomes comma-separated values that no spreadsheet takes for formulas', () => {
    expect(csvText('Time', ['web, 1', '=cmd()'], rows.slice(0, 1))).toBe(
      `Time,"web, 1",'=cmd()\r\n1970-01-01T00:00:00.000Z,1,\r\n`,
    );
  });
});
