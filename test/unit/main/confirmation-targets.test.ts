import { describe, expect, it } from 'vitest';
import { entityId } from '../../../core/domain/entity.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';
import { targetRows, type Named } from '../../../main/confirmations/confirmation-targets.ts';

const messages = messagesFor('en');
const ADA = parseJid('ada@example.test')!.bare;
const BOB = parseJid('bob@example.test')!.bare;

function named(node: string, name: string, account = ADA): Named {
  const jid = parseJid(`${node}@example.test`)!.bare;
  return { id: entityId(account, jid), jid, name };
}

const rack = named('rack1', 'rack1');
const web: Named = { ...named('1111', 'web-01'), hypervisor: rack.id };

describe('a target in a confirmation', () => {
  it('comes with its address and its hypervisor', () => {
    expect(targetRows([web], [web, rack], messages)).toEqual([
      { text: 'web-01', identifier: '1111@example.test', hypervisor: 'rack1' },
    ]);
  });

  it('warns of another entity whose name reads the same', () => {
    const double = named('2222', 'wеb-0l');
    const [first, second] = targetRows([web, double], [web, double, rack], messages);
    expect(first?.warnings).toEqual([
      'wеb-0l (2222@example.test) is called alike. Compare the addresses.',
    ]);
    expect(second?.warnings).toEqual([
      'web-01 (1111@example.test) is called alike. Compare the addresses.',
      'The name mixes letters of several alphabets: Latin, Cyrillic.',
    ]);
  });

  it('counts further entities of that name, and shortens what is long', () => {
    const long = named('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41', 'web-01');
    const others = [long, named('3333', 'WEB-01'), named('4444', 'web-01')];
    const [row] = targetRows([web], [web, ...others], messages);
    expect(row?.warnings).toEqual([
      'web-01 (0b5d1d0e-6f3a-4c55-…2e7c41@example.test) is called alike, and 2 more. Compare the addresses.',
    ]);
  });

  it('does not take the same machine seen by another account for its double', () => {
    const same = { ...web, id: named('1111', 'web-01', BOB).id };
    expect(targetRows([web], [web, same, rack], messages)[0]?.warnings).toBeUndefined();
  });

  it('shows nothing that cannot be seen, and says so', () => {
    const [row] = targetRows([named('5555', '\u202eweb\u200b')], [], messages);
    expect([row?.text, row?.warnings]).toEqual([
      'web',
      ['The name has characters that cannot be seen. They are left out here.'],
    ]);
  });
});
