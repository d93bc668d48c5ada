import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { numberOf, rootOf, valueOf, type Bench } from './bench.ts';

/** What a domain is, whether it runs or not. */
export function definitionCases(bench: Bench): void {
  it('defines a domain and tells it', async () => {
    const { domains, names, xml, happenings } = bench.undefined();
    expect(await domains.defineXml(xml)).toEqual({ ok: true, value: { ...names, id: undefined } });
    expect(await happenings.take(1)).toEqual([{ event: 'defined', detail: 'added' }]);
    const listed = valueOf(await domains.list()).find(({ uuid }) => uuid === names.uuid);
    expect(listed).toEqual({
      ...names,
      id: undefined,
      state: 'shutoff',
      persistent: true,
      autostart: false,
    });
  });

  it('finds a domain by UUID, in either case, and by name', async () => {
    const { domains, names } = await bench.defined();
    const found = { ok: true, value: { ...names, id: undefined } };
    expect([
      await domains.lookupByUuid(names.uuid),
      await domains.lookupByUuid(names.uuid.toUpperCase()),
      await domains.lookupByName(names.name),
    ]).toEqual([found, found, found]);
  });

  it('says 42 for a domain that is not there, and 8 for what is no UUID', async () => {
    const { domains } = bench.subject.hypervisor;
    expect([
      numberOf(await domains.lookupByUuid(randomUUID())),
      numberOf(await domains.lookupByName('nobody')),
      numberOf(await domains.info(randomUUID())),
      numberOf(await domains.create(randomUUID())),
      numberOf(await domains.info('nobody')),
    ]).toEqual([42, 42, 42, 42, 8]);
  });

  it('refuses what is no XML, what has no name, and a name that is taken', async () => {
    const { domains, names } = await bench.defined();
    const other = bench.subject.domainXml({ name: names.name, uuid: randomUUID() });
    expect([
      numberOf(await domains.defineXml('<domain>')),
      numberOf(await domains.defineXml('<domain type="test"/>')),
      numberOf(await domains.defineXml(other)),
    ]).toEqual([35, 21, 9]);
  });

  it('replaces a definition; what runs keeps what it runs with', async () => {
    const { domains, names, xml, happenings } = await bench.running();
    const titled = xml.replace('</name>', '</name><title>Later</title>');
    valueOf(await domains.defineXml(titled));
    expect(await happenings.take(1)).toEqual([{ event: 'defined', detail: 'updated' }]);
    expect([
      valueOf(await domains.getXml(names.uuid)).includes('<title>Later</title>'),
      valueOf(await domains.getXml(names.uuid, { inactive: true })).includes('Later'),
    ]).toEqual([false, true]);
  });

  it('describes what runs and what starts next, each by itself or both', async () => {
    const { domains, names } = await bench.running();
    const described = async () => {
      const texts = [
        valueOf(await domains.getXml(names.uuid)),
        valueOf(await domains.getXml(names.uuid, { inactive: true })),
      ];
      return texts.map((text) => /<description>(.*)<\/description>/u.exec(text)?.[1]);
    };
    const asked = async () => [
      valueOf(await domains.getDescription(names.uuid, 'live')),
      valueOf(await domains.getDescription(names.uuid, 'config')),
    ];
    valueOf(await domains.setDescription(names.uuid, 'both', 'live-and-config'));
    const both = await described();
    valueOf(await domains.setDescription(names.uuid, undefined, 'live'));
    const one = await described();
    expect(await asked()).toEqual([undefined, 'both']);
    valueOf(await domains.setDescription(names.uuid, undefined, 'config'));
    expect([both, one, await described()]).toEqual([
      ['both', 'both'],
      [undefined, 'both'],
      [undefined, undefined],
    ]);
  });

  it('says 55 for the description of what runs, of a domain that does not', async () => {
    const { domains, names } = await bench.defined();
    expect([
      numberOf(await domains.setDescription(names.uuid, 'none', 'live')),
      numberOf(await domains.getDescription(names.uuid, 'live')),
    ]).toEqual([55, 55]);
  });

  it('shows a definition, and its secrets only when asked', async () => {
    const { domains, names, xml } = bench.undefined();
    const graphics = "<graphics type='vnc' port='-1' autoport='yes' passwd='sesame'/></devices>";
    valueOf(await domains.defineXml(xml.replace('</devices>', graphics)));
    const open = valueOf(await domains.getXml(names.uuid));
    const secure = valueOf(await domains.getXml(names.uuid, { secure: true }));
    expect([rootOf(open), open.includes('sesame'), secure.includes('sesame')]).toEqual([
      'domain',
      false,
      true,
    ]);
  });

  it('removes a definition and tells it', async () => {
    const { domains, names, happenings } = await bench.defined();
    valueOf(await domains.undefine(names.uuid));
    expect(await happenings.take(1)).toEqual([{ event: 'undefined', detail: 'removed' }]);
    expect(numberOf(await domains.lookupByUuid(names.uuid))).toEqual(42);
  });

  it('remembers whether a domain starts with its host', async () => {
    const { domains, names } = await bench.defined();
    const before = valueOf(await domains.getAutostart(names.uuid));
    valueOf(await domains.setAutostart(names.uuid, true));
    const listed = valueOf(await domains.list()).find(({ uuid }) => uuid === names.uuid);
    expect([before, valueOf(await domains.getAutostart(names.uuid)), listed?.autostart]).toEqual([
      false,
      true,
      true,
    ]);
    valueOf(await domains.setAutostart(names.uuid, false));
    expect(valueOf(await domains.getAutostart(names.uuid))).toEqual(false);
  });
}
