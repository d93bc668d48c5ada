import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { createStores } from '../../../../renderer/state/stores.ts';
import { graphChoices } from '../../../../renderer/views/palette/graph-choices.ts';
import { commandItems, entityItems } from '../../../../renderer/views/palette/palette-items.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeConsole, fakeGraphs, fakeWall } from '../../../fakes/fake-controls.ts';
import { fakeEntity, fakeFleet } from '../../../fakes/fake-entities.ts';

const words = messagesFor('en');
const { commands, consoles, graphs } = createStores(fakeApi().api, () => words.describeError);
const running = fakeEntity('web@x.test');

describe('the command palette', () => {
  it('names no entity before something is typed', () => {
    expect(entityItems(' ', fakeFleet())).toEqual([]);
  });

  it('finds entities by name and tag, the best first', () => {
    const names = entityItems('db', fakeFleet()).map((item) =>
      item.kind === 'entity' ? item.entity.name : '',
    );
    expect(names.slice(0, 2).sort()).toEqual(['db-primary', 'db-replica']);
  });

  it('puts what is possible before what is not, and says why not', () => {
    const items = commandItems('start', [running], commands, words);
    const start = items.find(({ key }) => key === 'vm.start');
    expect(start).toMatchObject({ reason: 'Not possible while it is running.' });
    const possible = items.map((item) => item.kind === 'command' && item.reason === undefined);
    expect(possible).toEqual([...possible].sort((a, b) => Number(b) - Number(a)));
  });

  it('finds commands by other words, in any order, and not by scattered letters', () => {
    const found = (query: string) =>
      commandItems(query, [running], commands, words).map(({ key }) => key);
    expect(found('problem report')).toEqual(['help.report']);
    expect(found('power off')).toEqual(['vm.shut-down', 'vm.force-off']);
    expect(found('journal')).toEqual(['app.runs']);
    expect(found('screenshot')).toContain('console.save-picture');
    // Its letters are in the order of “show or hide the roster”, which is no shell.
    expect(found('ssh')).toContain('panel.shell');
    expect(found('ssh')).not.toContain('roster.show');
  });

  it('says what is to be opened first, until it is open', () => {
    const reasons = () =>
      ['console.fit', 'wall.choose-all', 'graphs.follow'].map((id) => {
        const item = commandItems(id, [running], commands, words).find(({ key }) => key === id);
        return item?.kind === 'command' ? item.reason : 'not there';
      });
    expect(reasons()).toEqual([
      'Open its console first.',
      'Open a wall first.',
      'Open Health first.',
    ]);
    const ends = [
      consoles.serve(running.id, fakeConsole()),
      consoles.serveWall(fakeWall()),
      graphs.serve(fakeGraphs([])),
    ];
    expect(reasons()).toEqual([undefined, undefined, undefined]);
    for (const end of ends) end();
    expect(reasons()).toEqual([
      'Open its console first.',
      'Open a wall first.',
      'Open Health first.',
    ]);
  });

  it('offers each graph that was last looked at to be saved', () => {
    const titles = () => graphChoices(graphs, words).map(({ title }) => title);
    const ends = ['Memory', 'Load'].map((title) => graphs.serve(fakeGraphs([title])));
    expect(titles().slice(-2)).toEqual(['Save load as PNG', 'Save load as CSV']);
    ends[1]?.();
    expect(titles()).toContain('Save memory as PNG');
    ends[0]?.();
    expect(titles()).toEqual([]);
  });

  it('leaves out what cannot be asked for by a name alone', () => {
    const keys = commandItems('', [running], commands, words).map(({ key }) => key);
    expect(keys).not.toContain('contact.answer-request');
    expect(keys).not.toContain('account.connect');
    expect(keys).not.toContain('app.palette');
  });
});
