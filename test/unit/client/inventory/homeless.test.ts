import { expect, it } from 'vitest';
import { Homeless } from '../../../../client/inventory/homeless.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const id = (node: string) => entityId(ACCOUNT, jid(`${node}@example.org`));

it('gives back who waits for a hypervisor, once', () => {
  const homeless = new Homeless();
  homeless.wait(id('web'), id('rack1'));
  homeless.wait(id('mail'), id('rack1'));
  homeless.wait(id('mail'), id('rack2'));
  expect([homeless.take(id('rack1')), homeless.take(id('rack1')), homeless.size]).toEqual([
    [id('web'), id('mail')],
    [],
    1,
  ]);
});

it('keeps of a contact only what it named last, however many places it has named', () => {
  const homeless = new Homeless();
  homeless.wait(id('web'), id('rack0'));
  for (let rack = 0; rack < 1000; rack += 1) {
    homeless.forget(id('mail'));
    homeless.wait(id('mail'), id(`rack${rack}`));
  }
  expect([homeless.size, homeless.take(id('rack0')), homeless.take(id('rack999'))]).toEqual([
    2,
    [id('web')],
    [id('mail')],
  ]);
});
