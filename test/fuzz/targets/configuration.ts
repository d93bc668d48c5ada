import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { readConfiguration } from '../../../agent/configuration/configuration.ts';
import { Ini } from '../../../agent/configuration/ini.ts';
import { spoiltText } from '../../support/hostile-arbitraries.ts';

const GOOD = readFileSync(new URL('../../../agent/archipel.conf', import.meta.url), 'utf8');
const PIECES = [
  ...['[', ']', '=', ':', '%', '%%', '%(', ')s', '%(hypervisor_xmpp_jid)s', '@HOSTNAME@', ';', '#'],
  ...['\n', '\r\n', '\n ', '\t', ' ', '\u0000', '[DEFAULT]', '__proto__ = 1', '\n[constructor]\n'],
  ...['\na = %(b)s%(b)s\nb = %(a)s', '99999999999999999999', 'true', 'é', '\ufeff'],
];

/** An agent's configuration: read, or refused with the place of what is wrong. */
export const ini = fc.property(spoiltText(fc.constant(GOOD), PIECES), (text) => {
  const file = new Ini('reef');
  const added = file.add('archipel.conf', text);
  if (!added.ok) {
    expect(added.error.line).toBeGreaterThan(0);
    return;
  }
  for (const section of file.sections()) {
    for (const option of file.options(section)) file.get(section, option);
  }
  const read = readConfiguration(file);
  if (!read.ok) expect(read.error.length).toBeGreaterThan(0);
});
