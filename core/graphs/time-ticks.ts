const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [1, 2, 5, 10, 15, 30].flatMap((one) => [one * SECOND, one * MINUTE]);
const LONGER = [1, 2, 3, 6, 12].map((one) => one * HOUR);
const DAYS = [1, 2, 7, 14, 28].map((one) => one * DAY);
const ALL = [...STEPS, ...LONGER, ...DAYS].sort((left, right) => left - right);

/** Which part of a moment its label shows. */
export type TickStyle = 'seconds' | 'minutes' | 'days';

export interface TimeTicks {
  readonly moments: readonly number[];
  readonly style: TickStyle;
}

/** Round moments in local time between two others, `most` at most; midnight when steps are days. */
export function timeTicks(from: number, to: number, most: number): TimeTicks {
  const longest = DAYS.at(-1) ?? DAY;
  const step = ALL.find((one) => (to - from) / one <= most) ?? longest;
  if (step >= DAY) return { moments: midnights(from, to, step / DAY), style: 'days' };
  // From a local midnight on, so that 6 hours are 00, 06, 12, 18 also where an offset is not whole.
  const start = new Date(from).setHours(0, 0, 0, 0);
  const moments: number[] = [];
  const first = start + Math.ceil((from - start) / step) * step;
  for (let moment = first; moment <= to; moment += step) moments.push(moment);
  return { moments, style: step < MINUTE ? 'seconds' : 'minutes' };
}

function midnights(from: number, to: number, days: number): readonly number[] {
  const moments: number[] = [];
  const day = new Date(from);
  day.setHours(0, 0, 0, 0);
  if (day.getTime() < from) day.setDate(day.getDate() + 1);
  // By the calendar: a day may have 23 or 25 hours.
  for (; day.getTime() <= to; day.setDate(day.getDate() + days)) moments.push(day.getTime());
  return moments;
}
