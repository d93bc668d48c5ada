import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import {
  choice,
  flag,
  integer,
  openChoice,
  required,
  text,
  yesNo,
} from '../../../../core/xml/fields.ts';
import { memoryKib } from '../../../../core/xml/memory.ts';
import { list, nested } from '../../../../core/xml/nested-fields.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { XmlRecord } from '../../../../core/xml/record.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

const rootOf = (source: string) => expectOk(parseXml(source)).root;

const diskXml = new XmlRecord('disk', {
  device: choice('@device', ['disk', 'cdrom', 'lun']),
  source: text('source/@file'),
});
const partXml = new XmlRecord('part', { key: text('@key'), size: integer('@size', { min: 0 }) });
const everyXml = new XmlRecord('every', {
  count: integer('count', { min: 1, max: 9 }),
  isOn: yesNo('@on'),
  isThere: flag('there'),
  mode: choice('@mode', ['a', 'b'], 'a'),
  kind: openChoice('@kind', ['x', 'y']),
  name: required(text('name')),
  memory: memoryKib('memory'),
  part: nested('inner/part', partXml),
  parts: list('parts/part', partXml, (part) => part.key),
  plain: list('part', partXml),
});

describe('XmlRecord', () => {
  it('leaves what it does not know untouched when it writes', () => {
    const cdrom = el('disk', { device: 'cdrom', snapshot: 'no' }, [
      el('source', { file: '/old.iso' }),
    ]);
    const disk = expectOk(diskXml.read(cdrom));
    expect(diskXml.write({ ...disk, source: '/new.iso' }, cdrom)).toEqual(
      el('disk', { device: 'cdrom', snapshot: 'no' }, [el('source', { file: '/new.iso' })]),
    );
  });

  it('makes an element when there was none', () => {
    expect(diskXml.write({ device: 'lun', source: '/dev/sda' })).toEqual(
      el('disk', { device: 'lun' }, [el('source', { file: '/dev/sda' })]),
    );
  });

  it('reads every kind of field', () => {
    const source = `<every on='yes' kind='z'><count> 7 </count><there/><name/><memory unit='MB'>1</memory>
      <inner><part size='1'/></inner><parts><part key='k'/><other/><part/></parts></every>`;
    expect(everyXml.read(rootOf(source))).toEqual({
      ok: true,
      value: {
        count: 7,
        isOn: true,
        isThere: true,
        mode: 'a',
        kind: 'z',
        name: '',
        memory: 977,
        part: { key: undefined, size: 1 },
        parts: [
          { key: 'k', size: undefined },
          { key: undefined, size: undefined },
        ],
        plain: [],
      },
    });
  });

  it.each([
    ['<disk/>', '@device', { code: 'missing' }],
    [
      `<disk device='tape'/>`,
      '@device',
      { code: 'not-a-choice', found: 'tape', choices: ['disk', 'cdrom', 'lun'] },
    ],
    ['<disc/>', '.', { code: 'wrong-element', found: 'disc' }],
  ])('names element, path and problem of %s', (source, path, problem) => {
    expect(diskXml.read(rootOf(source))).toEqual({
      ok: false,
      error: { element: 'disk', path, problem },
    });
  });

  it.each([
    ['<count>x</count>', 'count', { code: 'not-an-integer', found: 'x' }],
    ['<count>1e3</count>', 'count', { code: 'not-an-integer', found: '1e3' }],
    ['<count>10</count>', 'count', { code: 'out-of-range', found: '10', min: 1, max: 9 }],
    ['<memory>1.5</memory>', 'memory', { code: 'not-an-integer', found: '1.5' }],
    [`<memory unit='stone'>1</memory>`, 'memory', { code: 'unknown-unit', found: 'stone' }],
    [
      `<memory unit='EiB'>9</memory>`,
      'memory',
      { code: 'out-of-range', found: '9', min: 0, max: Number.MAX_SAFE_INTEGER },
    ],
    [`<inner><part size='x'/></inner>`, 'inner/part/@size', { code: 'not-an-integer', found: 'x' }],
    [
      `<parts><part/><part size='-1'/></parts>`,
      'parts/part[2]/@size',
      { code: 'out-of-range', found: '-1', min: 0, max: Number.MAX_SAFE_INTEGER },
    ],
  ])('says where in an element %s is wrong', (source, path, problem) => {
    expect(everyXml.read(rootOf(`<every><name/>${source}</every>`))).toEqual({
      ok: false,
      error: { element: 'every', path, problem },
    });
  });

  it('refuses a boolean libvirt would not take', () => {
    expect(everyXml.read(rootOf(`<every on='true'><name/></every>`))).toEqual({
      ok: false,
      error: { element: 'every', path: '@on', problem: { code: 'not-a-boolean', found: 'true' } },
    });
  });

  it('does not rewrite what says the same in another way', () => {
    const root = rootOf(`<every><count> +7 </count><name/><memory unit='k'>2</memory></every>`);
    expect(everyXml.write(expectOk(everyXml.read(root)), root)).toBe(root);
  });

  it('writes every kind of field in the order of the record', () => {
    const root = rootOf(`<every>\n  <name>n</name>\n</every>`);
    const value = expectOk(everyXml.read(root));
    const changed = {
      ...value,
      count: 3,
      isOn: false,
      isThere: true,
      mode: 'b' as const,
      kind: 'new',
      memory: 1024,
      part: { key: 'p', size: 0 },
      parts: [{ key: 'q', size: undefined }],
    };
    const written = everyXml.write(changed, root);
    expect(serialize(written)).toBe(
      [
        `<every on='no' mode='b' kind='new'>`,
        '  <name>n</name>',
        `  <memory unit='KiB'>1024</memory>`,
        '  <inner>',
        `    <part key='p' size='0'/>`,
        '  </inner>',
        '  <parts>',
        `    <part key='q'/>`,
        '  </parts>',
        '  <count>3</count>',
        '  <there/>',
        '</every>',
      ].join('\n'),
    );
    expect(everyXml.read(written)).toEqual({ ok: true, value: changed });
  });

  it('takes away what became undefined, false or empty', () => {
    const root = rootOf(`<every on='no' kind='x'>
  <count>1</count>
  <there/>
  <name>n</name>
  <memory unit='MiB' dumpCore='on'>1</memory>
  <inner>
    <part/>
  </inner>
  <parts>
    <part/>
  </parts>
</every>`);
    const written = everyXml.write(
      {
        count: undefined,
        isOn: undefined,
        isThere: false,
        mode: 'a',
        kind: undefined,
        name: 'n',
        memory: undefined,
        part: undefined,
        parts: [],
        plain: [],
      },
      root,
    );
    expect(serialize(written)).toBe('<every>\n  <name>n</name>\n  <parts/>\n</every>');
  });
});
