import { expect, it } from 'vitest';
import { ApplicationFixture, ACCOUNT, jid, WINDOW } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const RACK = jid('rack1@example.org');

async function connected() {
  const fleet = new FakeFleet([{ jid: RACK, name: 'rack1' }]);
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${RACK}/rack1`, 'Online (1)'));
  await fixture.time.pass(3000);
  const send = (xml: string) => {
    return fixture.application.handlers.stanzas.send({ account: ACCOUNT, xml }, WINDOW);
  };
  return { fixture, send };
}

it('sends a message as it was written', async () => {
  const { fixture, send } = await connected();
  const sent = await send('<message to="a@b"><body>hello</body></message>');
  expect([sent, fixture.session.sent.at(-1)?.attributes]).toEqual([
    { ok: true, value: undefined },
    { to: 'a@b' },
  ]);
});

it('does not send what makes an original agent hang', async () => {
  const { fixture, send } = await connected();
  const before = fixture.session.requests.length;
  const sent = await send(
    `<iq type="get" to="${RACK}/rack1"><query xmlns="archipel:hypervisor:control"><archipel action="capabilities"/></query></iq>`,
  );
  expect([sent.ok ? 'sent' : sent.error.code, fixture.session.requests.length]).toEqual([
    'unsupported',
    before,
  ]);
});

it.each(['<message', '<stream/>', '<iq type="result"/>', '<!DOCTYPE a><message/>'])(
  'refuses %s',
  async (xml) => {
    const { send } = await connected();
    const sent = await send(xml);
    expect(sent.ok ? 'sent' : sent.error.code).toBe('invalid-input');
  },
);

it('does not send a stanza from which a secret was left out', async () => {
  const { fixture, send } = await connected();
  const before = fixture.session.sent.length;
  const sent = await send('<message to="a@b"><password>•••</password></message>');
  expect([sent, fixture.session.sent.length]).toEqual([
    {
      ok: false,
      error: { code: 'invalid-input', detail: expect.stringContaining('secret') as unknown },
    },
    before,
  ]);
});
