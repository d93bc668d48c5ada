import { describe, expect, it } from 'vitest';
import { protocolErrors } from '../../../../core/messages/en/protocol-errors.ts';
import { ALL_ACTIONS } from '../../../../core/protocol/all-actions.ts';
import type { ActionFailure } from '../../../../core/protocol/define-action.ts';
import { readError, writeError } from '../../../../core/protocol/error-stanza.ts';
import type { ErrorFacts, ProtocolErrorCode } from '../../../../core/protocol/errors.ts';
import { PROTOCOL_ERRORS } from '../../../../core/protocol/errors.ts';
import { hypervisorControl } from '../../../../core/protocol/hypervisor-control.ts';
import { readReply } from '../../../../core/protocol/reply.ts';
import { writeRequest } from '../../../../core/protocol/request.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import type { ElementReader, XmlElement } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { serialize } from '../../../../core/xml/write.ts';

function iq(...children: readonly XmlElement[]): ElementReader {
  return readerOf(el('iq', { type: 'error' }, children));
}

describe('an error', () => {
  it('is written as original agents write it', () => {
    const error = writeError({ code: 'vm-not-defined' }, vmControl.create);
    expect(serialize(error)).toBe(
      `<error code="-1001" type="cancel"><archipel-error-generic xmlns="archipel:error:generic"/><text>You need to first define the virtual machine\n\narchipel:vm:control\ncreate</text></error>`,
    );
  });

  it('carries the number of libvirt in its class', () => {
    const failure: ActionFailure = {
      code: 'libvirt-error',
      number: 87,
      text: 'resource busy',
    };
    expect(serialize(writeError(failure, hypervisorControl.alloc))).toBe(
      `<error code="87" type="cancel"><libvirt-error-generic xmlns="libvirt:error:generic"/><text>resource busy\n\narchipel:hypervisor:control\nalloc</text></error>`,
    );
  });

  it('says what was not permitted', () => {
    const error = writeError({ code: 'permission-denied' }, vmControl.destroy);
    expect(readError(iq(error))).toEqual({
      code: 'permission-denied',
      number: -1,
      namespace: 'archipel:vm:control',
      action: 'destroy',
      text: "Cannot use 'destroy': permission denied",
    });
  });

  it('is the standard one for an action nobody knows', () => {
    expect(serialize(writeError({ code: 'not-implemented' }))).toBe(
      `<error code="501" type="cancel"><feature-not-implemented xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>`,
    );
  });

  it('has no namespace and action behind its text when the request had none', () => {
    expect(readError(iq(writeError({ code: 'malformed-request', text: 'no action' })))).toEqual({
      code: 'malformed-request',
      number: -42,
      text: 'no action',
    });
  });

  it.each(
    ALL_ACTIONS.flatMap(({ module, action }) => {
      return action.errors.map((code) => ({ name: `${module}.${action.name}`, code, action }));
    }),
  )('of $name is read back as $code', ({ code, action }) => {
    const error = writeError({ code }, action);
    const request = readerOf(el('iq', { type: 'error' }, [error]));
    expect(readError(request, action).code).toBe(code);
  });

  it('is told apart by what was asked where numbers repeat', () => {
    const error = (namespace: string, action: string): ElementReader =>
      iq(
        el('error', { code: '-1016' }, [
          el('archipel-error-generic'),
          el('text', {}, [`odd\n\n${namespace}\n${action}`]),
        ]),
      );
    expect(readError(error('archipel:vm:control', 'memory')).code).toBe('vm-memory-failed');
    expect(readError(error('archipel:vm:control', 'setvcpus')).code).toBe('vm-setvcpus-failed');
  });

  it('takes place and action from the echoed request where its text has none', () => {
    const error = el('error', { code: '-9003' }, [el('archipel-error-generic')]);
    expect(readError(iq(writeRequest(hypervisorControl.rostervm, {}), error))).toEqual({
      code: 'rostervm-failed',
      number: -9003,
      namespace: 'archipel:hypervisor:control',
      action: 'rostervm',
      text: '',
    });
  });

  it.each([
    ['nothing at all', []],
    ['a number nobody gives', [el('error', { code: '-77' }, [el('archipel-error-generic')])]],
    ['a number that is none', [el('error', { code: 'x' }, [el('archipel-error-generic')])]],
    ['a condition nobody defined', [el('error', {}, [el('teapot')])]],
  ])('stays unknown with %s', (_, children) => {
    expect(readError(iq(...children)).code).toBe('unknown-error');
  });

  it('of a machine without definition means an empty answer where original agents bounce theirs', () => {
    const bounce = iq(writeError({ code: 'malformed-request', text: 'NoneType' }));
    expect(readReply(vmControl.info, bounce)).toEqual({ ok: true, value: undefined });
    expect(readReply(vmControl.networkinfo, bounce)).toEqual({ ok: true, value: [] });
    expect(readReply(vmControl.create, bounce)).toMatchObject({
      ok: false,
      error: { code: 'malformed-request' },
    });
  });
});

describe('a reply', () => {
  it('of type ignore is an empty one', () => {
    const reply = readerOf(el('iq', { type: 'ignore' }, [el('query')]));
    expect(readReply(vmControl.info, reply)).toEqual({ ok: true, value: undefined });
  });

  it('may come in the second of two queries, or beside an empty one', () => {
    const machine = el('virtualmachine', { jid: 'a@example.org' });
    for (const children of [
      [el('query'), el('query', {}, [machine])],
      [el('query'), machine],
    ]) {
      const reply = readerOf(el('iq', { type: 'result' }, children));
      expect(readReply(hypervisorControl.alloc, reply)).toEqual({
        ok: true,
        value: { jid: 'a@example.org' },
      });
    }
  });

  it('that lacks what it should have is a problem with its place', () => {
    const reply = readerOf(el('iq', { type: 'result' }, [el('query')]));
    expect(readReply(hypervisorControl.alloc, reply)).toEqual({
      ok: false,
      error: {
        code: 'unreadable',
        element: 'query',
        path: 'query/virtualmachine',
        problem: 'missing',
      },
    });
  });
});

describe('the table of errors', () => {
  const rows = Object.entries(PROTOCOL_ERRORS) as [ProtocolErrorCode, ErrorFacts][];

  it('names no number twice for the same namespace and action', () => {
    const places = rows.flatMap(([, facts]) => {
      if (facts.kind !== 'numbered') return [];
      const actions = facts.actions.length === 0 ? ['*'] : facts.actions;
      return actions.map((action) => `${facts.number} ${facts.namespace ?? '*'} ${action}`);
    });
    expect(places).toEqual([...new Set(places)]);
  });

  it('has sentences for every code', () => {
    for (const [code] of rows) {
      expect(protocolErrors[code].what).toMatch(/^\p{L}.*\.$/u);
      expect(protocolErrors[code].remedy).toMatch(/^\p{L}.*\.$/u);
    }
  });
});
