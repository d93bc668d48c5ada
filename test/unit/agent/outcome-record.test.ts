import { beforeEach, describe, expect, it } from 'vitest';
import { OutcomeRecord } from '../../../agent/entities/outcome-record.ts';
import type { BareJid } from '../../../core/domain/jid.ts';

const CAROL = 'carol@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

describe('the record of orders', () => {
  let now: number;
  let record: OutcomeRecord;

  beforeEach(() => {
    now = START;
    record = new OutcomeRecord(() => now);
  });

  const order = (id: string, from = `${CAROL}/desk`) => {
    return { id, from, namespace: 'archipel:vm:control', action: 'reboot' };
  };
  const asked = (id: string, sender = CAROL, asker = sender) => record.find(sender, id, asker);

  it('tells what was done, what failed and what goes on', () => {
    record.begin(order('a'))?.(undefined);
    record.begin(order('b'))?.({ code: 'libvirt-error', number: 55, text: 'not running' });
    record.begin(order('c'));
    now += 1500;
    const facts = {
      reachesMs: 1500,
      since: '2026-01-01T00:00:00.000Z',
      arrived: '2026-01-01T00:00:00.000Z',
      namespace: 'archipel:vm:control',
      action: 'reboot',
    };
    const error = { code: 'libvirt-error', number: 55, text: 'not running' };
    expect(['a', 'b', 'c'].map((id) => asked(id))).toEqual([
      { outcome: 'done', ...facts },
      { outcome: 'failed', ...facts, error },
      { outcome: 'running', ...facts },
    ]);
  });

  it('keeps the orders of one sender apart from those of another with the same id', () => {
    record.begin(order('a'))?.(undefined);
    expect([asked('a').outcome, asked('a', BOB).outcome]).toEqual(['done', 'unheard']);
  });

  it('takes what arrives after its sender was told that it had not', () => {
    expect(asked('late').outcome).toBe('unheard');
    expect([record.begin(order('late')), asked('late').outcome]).toEqual([undefined, 'unheard']);
  });

  it('lets nobody give up the orders of others', () => {
    expect(asked('late', CAROL, BOB).outcome).toBe('unheard');
    expect(record.begin(order('late'))).toBeTypeOf('function');
  });

  it('says that it reaches back less far once it had to forget', () => {
    for (let number = 0; number < 500; number += 1) {
      record.begin(order(`n${number}`))?.(undefined);
      now += 1000;
    }
    const before = asked('n0');
    record.begin(order('one more'))?.(undefined);
    expect([before.outcome, before.reachesMs, asked('n0'), asked('n2').outcome]).toEqual([
      'done',
      500_000,
      { outcome: 'unheard', reachesMs: 499_999, since: '2026-01-01T00:00:00.001Z' },
      'done',
    ]);
  });

  it('forgets what is older than a day, also while nothing arrives', () => {
    record.begin(order('old'))?.(undefined);
    now += 25 * HOUR;
    expect(asked('old')).toEqual({
      outcome: 'unheard',
      reachesMs: 25 * HOUR - 1,
      since: '2026-01-01T00:00:00.001Z',
    });
  });

  it('keeps no more of a refusal than its beginning', () => {
    record.begin(order('a'))?.({ code: 'libvirt-error', text: 'x'.repeat(5000) });
    expect(asked('a').error?.text).toHaveLength(1000);
  });

  it('does not keep what nobody can ask after', () => {
    record.begin(order(''))?.(undefined);
    expect(asked('').outcome).toBe('unheard');
  });
});
