import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addFleetCommands } from '../../../cli/commands/fleet-commands.ts';
import { describeNoEntity, Fleet } from '../../../cli/fleet.ts';
import { entityJson, entityTable } from '../../../cli/output/entity-lines.ts';
import { entityId, type Entity } from '../../../core/domain/entity.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { expectErr } from '../../support/expect-result.ts';
import { settled } from '../../support/manual-time.ts';

function entity(name: string, jidText: string, more: Partial<Entity> = {}): Entity {
  const account = parseJid('ada@example.test')!.bare;
  const { bare: jid } = parseJid(jidText)!;
  return {
    id: entityId(account, jid),
    account,
    jid,
    kind: 'virtualmachine',
    name,
    groups: [],
    subscription: 'both',
    pending: false,
    state: 'running',
    status: 'Running',
    since: 0,
    tags: ['web'],
    permissions: 'all',
    stale: false,
    unread: 0,
    ...more,
  };
}

const web = entity('web-01', '7a1c9e0a-d24b-41e4-9d3e-001122334455@example.test');
const mail = entity('mail', '7a1cffff-d24b-41e4-9d3e-001122334455@example.test', { state: 'off' });
const host = entity('atoll', 'atoll@example.test', { kind: 'hypervisor', state: 'available' });

function fleet(...entities: readonly Entity[]): Fleet {
  const made = new Fleet();
  made.begin({ revision: 1, entities, requests: [] });
  return made;
}

describe('the fleet', () => {
  it('waits until agents have said what they can do, and not for those that never do', async () => {
    const all = fleet(web, mail);
    const agent = { generation: 'ours', features: [] } as const;
    const change = { revision: 2, changed: [{ ...web, agent }], removed: [], requests: [] };
    const known = all.agentsKnown([web.id], 600_000);
    all.apply(change);
    await known;
    await all.agentsKnown([web.id], 600_000);
    await all.agentsKnown([web.id, mail.id], 1);
    expect([web, mail].map(({ id }) => all.get(id)?.agent)).toEqual([agent, undefined]);
  });

  it('finds an entity by its JID, whoever took that for a name', () => {
    const thief = entity(web.jid, 'evil@example.test');
    expect(fleet(thief, web).find(web.jid)).toEqual({ ok: true, value: web });
  });

  it('waits until an entity was heard of in this log-in, and no longer', async () => {
    const old = { ...web, stale: true };
    const all = fleet(old);
    await all.heard(old.id, 1);
    expect(all.get(old.id)?.stale).toBe(true);
    const heard = all.heard(old.id, 600_000);
    all.apply({ revision: 2, changed: [web], removed: [], requests: [] });
    await heard;
    expect(all.get(old.id)).toEqual(web);
  });

  it('takes one that is meant as this log-in tells of it, however late', async () => {
    const all = fleet({ ...web, state: 'offline', stale: true });
    const found = all.findHeard('web-01');
    await settled();
    all.apply({ revision: 2, changed: [web], removed: [], requests: [] });
    expect([await found, await fleet().findHeard('web-01')]).toEqual([
      { ok: true, value: web },
      { ok: false, error: { code: 'unknown', name: 'web-01', similar: [] } },
    ]);
  });

  it('takes one that no earlier run has known as this log-in tells of it, if it can be heard', async () => {
    const all = fleet(
      { ...web, state: 'unknown' },
      { ...mail, state: 'unknown', subscription: 'none' },
    );
    const found = all.findHeard('web-01');
    await settled();
    all.apply({ revision: 2, changed: [web], removed: [], requests: [] });
    expect([await found, await all.findHeard('mail')]).toMatchObject([
      { ok: true, value: { state: web.state } },
      { ok: true, value: { state: 'unknown' } },
    ]);
  });

  it('finds an entity by name, by JID and by the beginning of its JID', () => {
    const all = fleet(web, mail, host);
    expect([all.find('WEB-01'), all.find('atoll@example.test'), all.find('7a1c9e')]).toEqual([
      { ok: true, value: web },
      { ok: true, value: host },
      { ok: true, value: web },
    ]);
  });

  it('says which it could be, where a name means several or none', () => {
    const twin = entity('web-01', '99999999-d24b-41e4-9d3e-001122334455@example.test');
    const all = fleet(web, mail, twin);
    expect(describeNoEntity(expectErr(all.find('web-01')))).toBe(
      `“web-01” means several: ${web.jid}, ${twin.jid}. Give the JID.`,
    );
    expect(describeNoEntity(expectErr(all.find('7a1c')))).toContain('means several');
    expect(describeNoEntity(expectErr(all.find('ail')))).toBe(
      '“ail” is not in the roster. Did you mean mail? “archipel list” shows what is.',
    );
    expect(describeNoEntity(expectErr(all.find('web-1')))).toContain('Did you mean web-01?');
  });

  it('takes no host for a machine', async () => {
    const all = fleet(web, host);
    expect(await all.findMachine('web-01')).toEqual({ ok: true, value: web });
    expect(describeNoEntity(expectErr(await all.findMachine('atoll')))).toBe(
      'atoll is no virtual machine. “archipel list --kind virtualmachine” shows them.',
    );
  });

  it('follows changes and tells of them', () => {
    const all = fleet(web, mail);
    const heard: number[] = [];
    const stop = all.onChange(({ revision }) => heard.push(revision));
    all.apply({ revision: 2, changed: [{ ...web, state: 'off' }], removed: [mail.id] });
    stop();
    all.apply({ revision: 3, changed: [], removed: [] });
    expect({ states: all.all().map((one) => [one.name, one.state]), heard }).toEqual({
      states: [['web-01', 'off']],
      heard: [2],
    });
  });

  it('is settled once nothing has changed for a moment', async () => {
    await expect(fleet(web).settled(5, 1_000)).resolves.toBeUndefined();
  });
});

describe('what is printed of entities', () => {
  const nameOf = (id: string) => (id === host.id ? host.name : undefined);
  const placed = { ...web, hypervisor: host.id };

  it('is a table for people', () => {
    expect(entityTable([placed, { ...mail, tags: [] }], nameOf).split('\n')).toEqual([
      'NAME    KIND            STATE    HOST   TAGS  JID',
      `web-01  virtualmachine  running  atoll  #web  ${web.jid}`,
      `mail    virtualmachine  off                   ${mail.jid}`,
    ]);
  });

  it('is stable JSON for scripts', () => {
    expect(entityJson(placed, nameOf)).toEqual({
      account: 'ada@example.test',
      jid: web.jid,
      kind: 'virtualmachine',
      name: 'web-01',
      state: 'running',
      status: 'Running',
      groups: [],
      tags: ['web'],
      stale: false,
      hypervisor: 'atoll',
    });
    const changed = entityJson({ ...placed, since: 1_000 }, nameOf);
    expect(changed.since).toBe('1970-01-01T00:00:01.000Z');
  });

  it.each(['list', 'watch'])('has all its names in the help of “%s”', (name) => {
    const program = new Command();
    addFleetCommands(program, () => undefined);
    const command = program.commands.find((one) => one.name() === name);
    let help = '';
    command?.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    const said = help.slice(help.indexOf('With --json'));
    const names = Object.keys(entityJson({ ...placed, since: 1_000 }, nameOf));
    expect(names.filter((one) => !new RegExp(`\\b${one}\\b`, 'u').test(said))).toEqual([]);
    expect(said).toMatch(/“since” .* only where they are known/su);
  });
});
