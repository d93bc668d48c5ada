const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** Stands where a number will be. */
export const NOT_KNOWN = '–';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const KIB_UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** An amount of memory that is given in KiB. */
function kib(amount: number): string {
  let value = amount;
  let unit = 0;
  while (value >= 1024 && unit < KIB_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${(value < 10 ? short : whole).format(value)} ${KIB_UNITS[unit] ?? ''}`;
}

/** The two largest parts of a length of time in milliseconds. */
function duration(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.max(0, Math.floor(milliseconds / SECOND))} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) {
    return `${Math.floor(milliseconds / HOUR)} h ${Math.floor((milliseconds % HOUR) / MINUTE)} min`;
  }
  return days(Math.floor(milliseconds / DAY), Math.floor((milliseconds % DAY) / HOUR));
}

function days(count: number, hours: number): string {
  return count === 0 ? `${hours} h` : `${count} d ${hours} h`;
}

/** How long a host is up, which agents say as `12d 4h`; what is written otherwise stays as it came. */
function uptime(text: string): string {
  const [, count, hours] = /^(\d{1,6})d (\d{1,2})h$/u.exec(text) ?? [];
  return count === undefined ? text : days(Number(count), Number(hours));
}

function ago(milliseconds: number): string {
  return milliseconds < 5 * SECOND ? 'just now' : `${duration(milliseconds)} ago`;
}

/** Numbers with their units, and times. Times are milliseconds since 1970, lengths milliseconds. */
export const amounts = {
  kib,
  bytes: (amount: number) => (amount < 1024 ? `${whole.format(amount)} B` : kib(amount / 1024)),
  count: (amount: number) => whole.format(amount),
  /** Of what is not known yet, a dash. */
  percent: (amount: number | undefined) =>
    amount === undefined ? NOT_KNOWN : `${whole.format(amount)} %`,
  milliseconds: (amount: number) => `${whole.format(amount)} ms`,
  seconds: (amount: number) => `${short.format(amount / SECOND)} s`,
  duration,
  uptime,
  ago,
  exactTime: (at: number) => moment.format(at),
  clock: (at: number) => clock.format(at),
};
