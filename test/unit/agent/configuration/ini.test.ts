import { describe, expect, it } from 'vitest';
import { Ini } from '../../../../agent/configuration/ini.ts';

function read(text: string): Ini {
  const ini = new Ini('atoll-01');
  expect(ini.add('archipel.conf', text)).toEqual({ ok: true, value: undefined });
  return ini;
}

describe('an INI file', () => {
  it('is read as Python reads it', () => {
    const ini = read(
      [
        '# a comment',
        '[DEFAULT]',
        'xmpp_server = example.test',
        'Folder: /vm',
        '',
        '[GLOBAL]',
        'pubsub = pubsub.%(xmpp_server)s   ; who says so',
        'drives = %(folder)s/drives/@HOSTNAME@',
        'admins = ada@%(xmpp_server)s',
        '   bob@%(xmpp_server)s',
        'share = 50%%',
      ].join('\r\n'),
    );
    expect({
      sections: ini.sections(),
      options: ini.options('GLOBAL'),
      values: ini.options('GLOBAL').map((option) => ini.get('GLOBAL', option)),
      inherited: ini.get('GLOBAL', 'folder'),
      absent: ini.get('GLOBAL', 'nothing'),
    }).toEqual({
      sections: ['GLOBAL'],
      options: ['pubsub', 'drives', 'admins', 'share'],
      values: [
        { ok: true, value: 'pubsub.example.test' },
        { ok: true, value: '/vm/drives/atoll-01' },
        { ok: true, value: 'ada@example.test\nbob@example.test' },
        { ok: true, value: '50%' },
      ],
      inherited: { ok: true, value: '/vm' },
      absent: { ok: true, value: undefined },
    });
  });

  it('lets a later file replace single options', () => {
    const ini = read('[GLOBAL]\na = 1\nb = 2\n');
    ini.add('modules.d/more.conf', '[GLOBAL]\nb = 3\n[VNC]\nc = 4\n');
    expect(['a', 'b'].map((option) => ini.get('GLOBAL', option))).toEqual([
      { ok: true, value: '1' },
      { ok: true, value: '3' },
    ]);
    expect(ini.sections()).toEqual(['GLOBAL', 'VNC']);
  });

  it.each([
    ['a = 1', { code: 'no-section', line: 1, section: '', option: 'a' }],
    ['[A]\nnonsense', { code: 'no-separator', line: 2, section: 'A', option: 'nonsense' }],
  ])('refuses %j and names the place', (text, problem) => {
    expect(new Ini('h').add('f.conf', text)).toEqual({
      ok: false,
      error: { file: 'f.conf', ...problem },
    });
  });

  it.each([
    ['a =', { code: 'empty-value', option: 'a' }],
    ['a = %(b)s', { code: 'unknown-reference', option: 'b' }],
    ['a = %(a)s', { code: 'reference-loop', option: 'a' }],
    ['a = 5%', { code: 'bad-percent', option: 'a' }],
  ])('refuses the value of %j and names the place', (line, problem) => {
    expect(read(`[A]\n${line}`).get('A', 'a')).toEqual({
      ok: false,
      error: { file: 'archipel.conf', line: 2, section: 'A', ...problem },
    });
  });
});
