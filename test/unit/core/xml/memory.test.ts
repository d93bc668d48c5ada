import { describe, expect, it } from 'vitest';
import { memoryKib } from '../../../../core/xml/memory.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { XmlRecord } from '../../../../core/xml/record.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

const rootOf = (source: string) => expectOk(parseXml(source)).root;

describe('memoryKib', () => {
  const sizeXml = new XmlRecord('size', { kib: memoryKib('.') });

  it.each([
    ['<size>5</size>', 5],
    [`<size unit='b'>1025</size>`, 2],
    [`<size unit='bytes'>1024</size>`, 1],
    [`<size unit='KB'>1024</size>`, 1000],
    [`<size unit='k'>7</size>`, 7],
    [`<size unit='KiB'>7</size>`, 7],
    [`<size unit='MB'>1024</size>`, 1_000_000],
    [`<size unit='M'>1</size>`, 1024],
    [`<size unit='gib'>1</size>`, 1024 ** 2],
    [`<size unit='T'>1</size>`, 1024 ** 3],
    [`<size unit='PiB'>1</size>`, 1024 ** 4],
    [`<size unit='GB'>128</size>`, 125_000_000],
  ])('reads %s', (source, kib) => {
    expect(sizeXml.read(rootOf(source))).toEqual({ ok: true, value: { kib } });
  });

  it.each([
    [`<size unit='MiB'>1</size>`, 2048, `<size unit='MiB'>2</size>`],
    [`<size unit='GiB'>1</size>`, 1025, `<size unit='KiB'>1025</size>`],
    [`<size unit='stone'>1</size>`, 1, `<size unit='KiB'>1</size>`],
    ['<size>1</size>', 2, '<size>2</size>'],
    ['<size/>', 2, `<size unit='KiB'>2</size>`],
  ])('writes into %s', (source, kib, written) => {
    expect(serialize(sizeXml.write({ kib }, rootOf(source)))).toBe(written);
  });
});
