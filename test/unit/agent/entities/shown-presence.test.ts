import { expect, it } from 'vitest';
import { ShownPresence } from '../../../../agent/entities/shown-presence.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { readPresence } from '../../../../core/protocol/presence.ts';
import { settled } from '../../../support/manual-time.ts';

/** An entity whose link the test cuts; what others saw of it. */
function entity() {
  const seen: (string | undefined)[] = [];
  const withNews: (string | undefined)[] = [];
  let isUp = true;
  const shown = new ShownPresence(
    {
      send: async (stanza) => {
        if (!isUp) return err({ code: 'not-sent', because: 'offline' });
        const { status, vcardChanged } = readPresence(readerOf(stanza));
        seen.push(status);
        if (vcardChanged) withNews.push(status);
        return ok(undefined);
      },
    },
    el('c', {}),
  );
  const cut = (): void => void (isUp = false);
  const resumeAtOnce = (): void => {
    isUp = true;
    shown.catchUp();
  };
  const resume = async (): Promise<void> => {
    await settled();
    resumeAtOnce();
  };
  return { seen, withNews, shown, cut, resume, resumeAtOnce };
}

it('is sent when the session goes on, if it changed while the link was down', async () => {
  const { seen, shown, cut, resume } = entity();
  shown.show({ status: 'Running' });
  shown.reveal();
  cut();
  shown.show({ status: 'Paused' });
  shown.show({ status: 'Off' });
  await resume();
  expect(seen).toEqual(['Running', 'Off']);
});

it('is sent when the session goes on before it was told that nothing was sent', async () => {
  const { seen, shown, cut, resumeAtOnce } = entity();
  shown.show({ status: 'Running' });
  shown.reveal();
  await settled();
  cut();
  shown.show({ status: 'Paused' });
  resumeAtOnce();
  await settled();
  expect(seen).toEqual(['Running', 'Paused']);
});

it('is sent once, with its news, however often it could not be sent', async () => {
  const { seen, withNews, shown, cut, resume } = entity();
  shown.show({ status: 'Running' });
  shown.reveal();
  cut();
  shown.send({ vcardChanged: true });
  // More than one call can be given, if all of them were kept.
  for (let count = 0; count < 150_000; count += 1) shown.send();
  shown.show({ status: 'Off' });
  await resume();
  expect({ seen, withNews }).toEqual({ seen: ['Running', 'Off'], withNews: ['Off'] });
});

it('is not said again by a session that goes on when nothing was missed', async () => {
  const { seen, shown, cut, resume } = entity();
  shown.show({ status: 'Running' });
  shown.reveal();
  cut();
  await resume();
  expect(seen).toEqual(['Running']);
});

it('stays unseen until the entity has made itself known anew', async () => {
  const { seen, shown, cut, resume } = entity();
  shown.show({ status: 'Running' });
  shown.reveal();
  cut();
  shown.show({ status: 'Paused' });
  await settled();
  shown.hide();
  await resume();
  shown.show({ status: 'Off' });
  const unseen = [...seen];
  shown.reveal();
  expect([unseen, seen]).toEqual([['Running'], ['Running', 'Off']]);
});
