import { expect, it } from 'vitest';
import { keymapsOf, withKeymap } from '../../../../../core/xml/domain/keymap.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { serialize } from '../../../../../core/xml/write.ts';
import { expectOk } from '../../../../support/expect-result.ts';

/** As people write them: comments, other quotes, an unknown element, a screen that has no keys. */
const DOMAIN = `<domain type="kvm"  id='3'>
  <!-- keymap='fr' stays in here -->
  <name>keymap</name>
  <devices>
    <graphics  type='vnc' port='-1'   keymap="fr" autoport='yes'><listen type='address'/></graphics>
    <graphics type='spice'/>
    <graphics type='egl-headless' keymap='odd'/>
    <mystery keymap='fr'/>
  </devices>
</domain>`;

const domain = () => expectOk(parseXml(DOMAIN)).root;

it('tells the keymap of each screen that can have one', () => {
  expect(keymapsOf(domain())).toEqual(['fr', undefined]);
});

it('takes nothing but the keymap out of a definition', () => {
  expect(serialize(withKeymap(domain(), undefined))).toBe(DOMAIN.replace(`   keymap="fr"`, ''));
});

it('puts a keymap on all screens that can have one, in the place of another', () => {
  const changed = DOMAIN.replace(`keymap="fr"`, `keymap="de-ch"`).replace(
    `<graphics type='spice'/>`,
    `<graphics type='spice' keymap='de-ch'/>`,
  );
  expect(serialize(withKeymap(domain(), 'de-ch'))).toBe(changed);
});

it('leaves a definition without a screen as it is', () => {
  const without = expectOk(parseXml('<domain><devices><disk/></devices></domain>')).root;
  expect([keymapsOf(without), withKeymap(without, 'fr')]).toEqual([[], without]);
});
