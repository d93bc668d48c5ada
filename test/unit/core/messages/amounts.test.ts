import { describe, expect, it } from 'vitest';
import { amounts } from '../../../../core/messages/en/amounts.ts';

const HOUR = 3_600_000;

describe('amounts in English', () => {
  it('says memory in the largest unit that leaves a number before the point', () => {
    const said = [512, 1536, 8 * 1024 * 1024, 9_961_472, 3 * 1024 ** 3].map(amounts.kib);
    expect(said).toEqual(['512 KiB', '1.5 MiB', '8 GiB', '9.5 GiB', '3 TiB']);
  });

  it('says bytes, and from one KiB on as memory', () => {
    expect([0, 1023, 1024, 92_331_008].map(amounts.bytes)).toEqual([
      '0 B',
      '1,023 B',
      '1 KiB',
      '88 MiB',
    ]);
  });

  it('says a length of time in its two largest parts', () => {
    const said = [0, 59_999, 61_000, 3 * HOUR + 60_000, 292 * HOUR].map(amounts.duration);
    expect(said).toEqual(['0 s', '59 s', '1 min', '3 h 1 min', '12 d 4 h']);
  });

  it('says how long a host is up as any length of time, and leaves what it does not know', () => {
    const said = ['12d 4h', '0d 7h', '71d 06h', '3 days, 04:11', ''].map(amounts.uptime);
    expect(said).toEqual([amounts.duration(292 * HOUR), '7 h', '71 d 6 h', '3 days, 04:11', '']);
  });

  it('says what was a moment ago without a number', () => {
    expect([amounts.ago(-50), amounts.ago(4999), amounts.ago(5000)]).toEqual([
      'just now',
      'just now',
      '5 s ago',
    ]);
  });
});
