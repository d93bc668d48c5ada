import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_ACTIONS,
  announcedNamespaces,
  findAction,
  MODULES,
} from '../../../../core/protocol/all-actions.ts';
import type { Action, ActionGroup } from '../../../../core/protocol/define-action.ts';
import { PROTOCOL_ERRORS } from '../../../../core/protocol/errors.ts';
import { permissionsOf } from '../../../../core/protocol/permissions.ts';
import { readReply, writeReply } from '../../../../core/protocol/reply.ts';
import { readRequest, readRequestHead, writeRequest } from '../../../../core/protocol/request.ts';
import { firstChild } from '../../../../core/protocol/stanza-content.ts';
import type { ElementReader, XmlElement } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { arbitraryOf } from '../../../support/protocol-arbitraries.ts';
import { actionFixtures } from '../../../support/protocol-fixtures.ts';

function find(module: string, name: string): Action {
  const group: ActionGroup | undefined = Object.entries(MODULES).find(
    ([one]) => one === module,
  )?.[1];
  const action = group?.[name];
  if (action === undefined) throw new Error(`There is no action ${module}.${name}`);
  return action;
}

/** Through the text that goes over the wire. */
function sent(element: XmlElement): ElementReader {
  const document = parseXml(serialize(element));
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return readerOf(document.value.root);
}

function queryOf(iq: ElementReader): ElementReader {
  const query = firstChild(iq, 'query');
  if (query === undefined) throw new Error('The fixture has no query');
  return query;
}

describe.each(actionFixtures)('$module $action', (fixture) => {
  const action = find(fixture.module, fixture.action);

  it('reads its request as sent by others', () => {
    const query = queryOf(fixture.request.iq);
    expect(readRequestHead(query)).toEqual({
      ok: true,
      value: { namespace: action.namespace, action: action.name },
    });
    expect(readRequest(action, query)).toEqual({ ok: true, value: fixture.request.expected });
    expect(fixture.request.iq.attribute('type')).toBe(action.kind);
  });

  it('writes its request so that it reads the same', () => {
    const input = fixture.request.expected;
    const written = sent(writeRequest(action, input));
    expect(readRequest(action, written)).toEqual({ ok: true, value: input });
  });

  it.each(fixture.replies)('reads a reply as sent by others ($#)', ({ iq, expected }) => {
    expect(readReply(action, iq)).toEqual({ ok: true, value: expected });
  });

  it.each(fixture.replies)('writes a reply so that it reads the same ($#)', ({ expected }) => {
    const written = sent(el('iq', { type: 'result' }, [writeReply(action, expected)]));
    expect(readReply(action, written)).toEqual({ ok: true, value: expected });
  });

  it.each(fixture.refusals)('names a refusal: $expected', ({ iq, expected }) => {
    expect(readReply(action, iq)).toMatchObject({ ok: false, error: { code: expected } });
  });
});

describe.each(ALL_ACTIONS)('$module $action.name', ({ module, action }) => {
  it('has a fixture of its request, of a reply and of a refusal', () => {
    const fixture = actionFixtures.find(
      (one) => one.module === module && one.action === action.name,
    );
    expect(fixture?.replies.length).toBeGreaterThan(0);
    expect(fixture?.refusals.length).toBeGreaterThan(0);
  });

  it('reads back any request it writes', () => {
    fc.assert(
      fc.property(arbitraryOf(action.request.shape), (input) => {
        const written = sent(writeRequest(action, input));
        expect(readRequest(action, written)).toEqual({ ok: true, value: input });
      }),
      { numRuns: 30 },
    );
  });

  it('reads back any reply it writes', () => {
    fc.assert(
      fc.property(arbitraryOf(action.reply.shape), (reply) => {
        const written = sent(el('iq', { type: 'result' }, [writeReply(action, reply)]));
        expect(readReply(action, written)).toEqual({ ok: true, value: reply });
      }),
      { numRuns: 30 },
    );
  });

  it('is found by its namespace and name, which no other action has', () => {
    expect(findAction(action.namespace, action.name)).toBe(action);
  });

  it('is known in its module by its own name', () => {
    expect(find(module, action.name)).toBe(action);
  });

  it('asks for a permission that its entities create', () => {
    const holders =
      action.entity === 'any'
        ? (['hypervisor', 'virtualmachine', 'central-agent'] as const)
        : [action.entity];
    for (const holder of holders) {
      const names = permissionsOf(holder).map((one) => one.name);
      if (action.permission !== undefined) expect(names).toContain(action.permission);
    }
  });

  it('fails first with an error that has a number of its own', () => {
    expect(PROTOCOL_ERRORS[action.errors[0]]).toMatchObject({
      kind: 'numbered',
      namespace: action.namespace,
    });
  });
});

describe('all actions', () => {
  it('do not answer for names they do not have', () => {
    expect(findAction('archipel:vm:control', 'lock')).toBeUndefined();
  });

  it('announce the namespaces that original agents do not know', () => {
    expect(announcedNamespaces('hypervisor')).toEqual([
      'archipel:hypervisor:info',
      'archipel:outcome',
      'archipel:statistics',
      'archipel:log',
    ]);
    expect(announcedNamespaces('virtualmachine')).toEqual([
      'archipel:vm:definition:text',
      'archipel:outcome',
      'archipel:vm:console',
    ]);
  });
});
