import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Roster } from '../../../node/xmpp/roster.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { protocolCases } from './cases.ts';
import { expectOk } from '../../support/expect-result.ts';
import { resilienceCases } from './resilience-cases.ts';
import { Visitors } from './visitors.ts';

describe.runIf(requirePrograms('XMPP on Prosody', PROSODY_PROGRAMS))('on Prosody', () => {
  let prosody: TestProsody;
  const visitors = new Visitors(() => prosody.description);

  beforeAll(async () => {
    prosody = await TestProsody.start();
  });

  afterAll(async () => {
    await prosody.stop();
  });

  it('reads a roster of 5,000 contacts', async () => {
    const { description } = prosody;
    const user = description.users[4]!;
    await prosody.stopProcess();
    const jids = Array.from({ length: 5000 }, (_, index) => `vm-${index}@${description.domain}`);
    await prosody.writeRoster('erin', jids);
    await prosody.startProcess();
    const session = await visitors.online(user);
    const roster = new Roster(session, (cause) => {
      throw cause;
    });
    expect(expectOk(await roster.load())).toHaveLength(5000);
  });

  protocolCases(() => prosody.description);
  resilienceCases(() => prosody);
});
