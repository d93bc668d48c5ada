import { describe, expect, it } from 'vitest';
import { platformCommands } from '../../../../core/commands/table.ts';
import { draftOf, settingsOf } from '../../../../renderer/views/accounts/account-draft.ts';
import { readMarkdown } from '../../../../renderer/views/dialogs/markdown.ts';
import { readDock } from '../../../../renderer/views/dock/saved-dock.ts';
import { formFields } from '../../../../renderer/views/forms/form-fields.ts';
import { fakeAccount } from '../../../fakes/fake-accounts.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

describe('forms of commands', () => {
  const OWN_FORM = ['contact.add', 'hypervisor.manage'];

  it('are there for every command that wants one, and for no other', () => {
    const wanting = platformCommands.filter((command) => 'form' in command).map(({ id }) => id);
    expect([...Object.keys(formFields), ...OWN_FORM].sort()).toEqual([...wanting].sort());
  });

  it.each(Object.entries(formFields))('%s gives an input that the command takes', (id, fields) => {
    const vm = fakeEntity('web@x.test', { groups: ['A', 'B'], tags: ['one', 'two'] });
    const typed = (name: string, kind: string) => {
      if (name === 'jid') return 'dave@x.test';
      return kind === 'number' ? '2048' : undefined;
    };
    const input = Object.fromEntries(
      fields.map(({ name, kind, first, read }) => [name, read(typed(name, kind) ?? first(vm))]),
    );
    const command = platformCommands.find((one) => one.id === id);
    // Main adds what no form asks for.
    const asked = command && 'secret' in command ? { password: 'five letters' } : {};
    expect(command?.input['~standard'].validate({ ...input, ...asked })).not.toHaveProperty(
      'issues',
    );
  });
});

describe('the form of an account', () => {
  it('gives back the settings that it was filled with', () => {
    const settings = {
      ...fakeAccount().settings,
      endpoint: { host: 'xmpp.test', port: 5223, directTls: true },
      authorise: { ownDomain: true, jids: [fakeEntity('bob@archipel.test').jid] },
    };
    expect(settingsOf(draftOf(fakeAccount({ settings })))).toEqual(settings);
    expect(settingsOf(draftOf(fakeAccount()))).toEqual(fakeAccount().settings);
  });

  it.each([
    [{ jid: 'example.org' }, 'jid'],
    [{ jid: 'ada@example.org/home' }, 'jid'],
    [{ jid: 'ada@example.org', explicit: true, host: 'h', port: '70000' }, 'port'],
    [{ jid: 'ada@example.org', explicit: true, host: ' ', port: '5222' }, 'host'],
  ])('says at which field %j is wrong', (changes, field) => {
    expect(settingsOf({ ...draftOf(undefined), ...changes })).toBe(field);
  });
});

describe('a change log', () => {
  it('is read into headings, paragraphs and lists', () => {
    const text =
      '# Changes\n\nWhat is\nnew.\n\n## 0.1.0\n- One **thing**\n  goes on\n- [Two](x)\n\nEnd.';
    expect(readMarkdown(text)).toEqual([
      { kind: 'heading', level: 1, text: 'Changes' },
      { kind: 'text', text: 'What is new.' },
      { kind: 'heading', level: 2, text: '0.1.0' },
      { kind: 'list', items: ['One thing goes on', 'Two'] },
      { kind: 'text', text: 'End.' },
    ]);
  });
});

describe('a saved dock', () => {
  it('is taken only when it has a place for each panel that was saved with it', () => {
    const saved = { grid: {}, panels: { a: {}, b: {} } };
    expect(readDock(saved, new Set(['a', 'b']))).toBe(saved);
    expect(readDock(saved, new Set(['a', 'c']))).toBeUndefined();
    expect(readDock(undefined, new Set())).toBeUndefined();
    expect(readDock({ grid: 3, panels: {} }, new Set())).toBeUndefined();
  });

  it('loses the panels that this release does not have, and the places they stood in', () => {
    const leaf = (id: string, ...views: readonly string[]) => ({
      type: 'leaf',
      data: { id, views, activeView: views[0] },
    });
    const gone = { type: 'branch', data: [leaf('2', 'new')] };
    const grid = { root: { type: 'branch', data: [leaf('1', 'new', 'a'), gone, leaf('3', 'b')] } };
    const saved = { grid, panels: { a: {}, b: {}, new: {} }, activeGroup: '2' };
    const root = { type: 'branch', data: [leaf('1', 'a'), leaf('3', 'b')] };
    expect(readDock(saved, new Set(['a', 'b']))).toEqual({
      grid: { root },
      panels: { a: {}, b: {} },
    });
  });
});
