import { expect, it } from 'vitest';
import { Emitter } from '../../../../node/xmpp/emitter.ts';

interface Events {
  readonly told: string;
}

it('tells every listener, also after one that throws, until it stops', () => {
  const thrown: unknown[] = [];
  const heard: string[] = [];
  const events = new Emitter<Events>((cause, name) => thrown.push([name, cause]));
  events.on('told', () => {
    throw new Error('bug');
  });
  const stop = events.on('told', (event) => heard.push(event));
  events.emit('told', 'one');
  stop();
  events.emit('told', 'two');
  expect([heard, thrown]).toEqual([
    ['one'],
    [
      ['told', new Error('bug')],
      ['told', new Error('bug')],
    ],
  ]);
});
