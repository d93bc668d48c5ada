import { expect, it } from 'vitest';
import { parseDefinition, usesBlockDevice, uuidOf } from '../../../agent/machines/definition.ts';
import { expectOk } from '../../support/expect-result.ts';

const OWN = '11111111-1111-4111-8111-111111111111';
const OTHER = '6695eb01-f6a4-8304-79aa-97f2502e193f';

function domain(inside: string) {
  return expectOk(parseDefinition(`<domain>${inside}</domain>`)).root;
}

it('reads the UUID of a domain, also behind the placeholder namespace of original agents', () => {
  const undeclared = 'xmlns="http://www.gajim.org/xmlns/undeclared"';
  expect(uuidOf(domain(`<uuid> ${OWN} </uuid>`))).toBe(OWN);
  expect(uuidOf(domain(`<uuid ${undeclared}>${OWN}</uuid>`))).toBe(OWN);
});

it('reads no UUID where libvirt would read the one of another domain', () => {
  expect(uuidOf(domain(`<uuid xmlns="a">${OWN}</uuid><uuid>${OTHER}</uuid>`))).toBeUndefined();
  expect(uuidOf(domain(`<uuid>${OWN}</uuid><uuid>${OTHER}</uuid>`))).toBeUndefined();
  expect(uuidOf(domain(`<uuid xmlns="a">${OWN}</uuid>`))).toBeUndefined();
});

it('finds a block device in any of several lists of devices', () => {
  const block = '<devices><disk type="block"><source dev="/dev/sda"/></disk></devices>';
  expect(usesBlockDevice(domain(`<devices/>${block}`))).toBe(true);
  expect(usesBlockDevice(domain('<devices><disk type="file"/></devices>'))).toBe(false);
});
