import { expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { FakeFleet, presenceOf } from '../fake-fleet.ts';

const CENTRAL = jid('central@example.org');
const DAVE = jid('dave@example.org');
const REGISTER = 'archipel:xmppserver:users register';

async function centralAgentOnline() {
  const fleet = new FakeFleet([{ jid: CENTRAL, name: 'tower' }]);
  fleet.vcards.set(CENTRAL, { role: 'central-agent' });
  fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
  fleet.acts.set(REGISTER, () => err({ code: 'user-register-failed', text: 'conflict' }));
  const fixture = new ApplicationFixture((session) => (session.answer = fleet.answer));
  await fixture.connect();
  fixture.session.receive(presenceOf(`${CENTRAL}/tower`, 'Active'));
  await fixture.time.pass(3000);
  return { fleet, fixture };
}

it('keeps no password longer than the run that needs it', async () => {
  const { fleet, fixture } = await centralAgentOnline();
  const { runs } = fixture.application;
  const input = { jid: DAVE, password: 'five letters' };
  const targets = [entityId(ACCOUNT, CENTRAL)];
  const started = runs.start({ command: 'users.register', targets, input });
  await fixture.time.pass(200);
  const [run] = runs.list();
  expect([run?.items[0]?.state.name, run?.input]).toEqual(['failed', { jid: DAVE }]);
  expect(JSON.stringify(runs.list())).not.toContain(input.password);
  expect(runs.retry(started.ok ? started.value.id : '')).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
  expect(fleet.carriedOut.get(REGISTER)).toBe(1);
});
