import { describe, expect, it } from 'vitest';
import { ALL_ACTIONS } from '../../../../core/protocol/all-actions.ts';
import { argumentsOf, inputFromArguments } from '../../../../core/protocol/arguments.ts';
import { definitionText } from '../../../../core/protocol/definition-text.ts';
import { hypervisorControl } from '../../../../core/protocol/hypervisor-control.ts';
import { permissionActions } from '../../../../core/protocol/permission-actions.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { vmDefinition } from '../../../../core/protocol/vm-definition.ts';
import { el } from '../../../../core/xml/element.ts';

describe('the arguments of an action', () => {
  it('have names, units and whether they must be given', () => {
    expect(argumentsOf(vmControl.memory)).toEqual([
      {
        name: 'memoryKib',
        doc: 'memory it shall have, KiB',
        isRequired: true,
        isRepeated: false,
        takes: {
          kind: 'value',
          value: { type: 'integer', min: 10, max: Number.MAX_SAFE_INTEGER },
        },
      },
    ]);
    expect(argumentsOf(vmControl.screenshot)).toMatchObject([{ name: 'size', isRequired: false }]);
  });

  it('are described for every action', () => {
    for (const { action } of ALL_ACTIONS) {
      for (const one of argumentsOf(action)) expect(one.doc).not.toBe('');
    }
  });

  it('become its input', () => {
    expect(inputFromArguments(vmControl.memory, { memoryKib: ['2048'] })).toEqual({
      ok: true,
      value: { memoryKib: 2048 },
    });
    expect(inputFromArguments(vmControl.screenshot, {})).toEqual({ ok: true, value: {} });
  });

  it('may be several, of one value or of several named ones', () => {
    expect(inputFromArguments(hypervisorControl.manage, { machines: ['a@x', 'b@x'] })).toEqual({
      ok: true,
      value: { machines: [{ jid: 'a@x' }, { jid: 'b@x' }] },
    });
    const change = 'type=user,user=dave@example.org,name=create,isGranted=yes';
    expect(inputFromArguments(permissionActions.set, { changes: [change] })).toEqual({
      ok: true,
      value: {
        changes: [{ type: 'user', user: 'dave@example.org', name: 'create', isGranted: true }],
      },
    });
  });

  it('may be XML', () => {
    const domain = el('domain', { type: 'kvm' });
    expect(inputFromArguments(vmDefinition.define, { domain: [domain] })).toEqual({
      ok: true,
      value: { domain },
    });
    expect(argumentsOf(vmDefinition.define)).toMatchObject([
      { takes: { kind: 'xml', element: 'domain' } },
    ]);
  });

  it('may be text inside elements', () => {
    const text = '<domain/>';
    expect(inputFromArguments(definitionText.define, { base: ['r1'], text: [text] })).toEqual({
      ok: true,
      value: { base: 'r1', text },
    });
  });

  it('that are missing, unreadable or not known are refused by name', () => {
    expect(inputFromArguments(vmControl.memory, {})).toMatchObject({
      error: { code: 'unreadable', path: 'arguments/@value', problem: 'missing' },
    });
    expect(inputFromArguments(vmControl.memory, { memoryKib: ['much'] })).toMatchObject({
      error: { code: 'unreadable', problem: 'not-an-integer' },
    });
    expect(inputFromArguments(vmControl.memory, { value: ['1'] })).toEqual({
      ok: false,
      error: { code: 'unknown-argument', name: 'value' },
    });
  });
});
