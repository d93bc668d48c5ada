function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** A time as agents write it: local time of the sender without zone, microseconds always given. */
export function localDateTimeOf(date: Date): string {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  const [days, times] = [day, time].map((part) => part.map((one) => padded(one, 2)));
  const microseconds = padded(date.getMilliseconds() * 1000, 6);
  return `${days?.join('-') ?? ''} ${times?.join(':') ?? ''}.${microseconds}`;
}
