import { afterAll, beforeAll, describe } from 'vitest';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { protocolCases } from './cases.ts';
import { resilienceCases } from './resilience-cases.ts';

describe.runIf(requirePrograms('XMPP on Prosody', PROSODY_PROGRAMS))('on Prosody', () => {
  let prosody: TestProsody;

  beforeAll(async () => {
    prosody = await TestProsody.start();
  });

  afterAll(async () => {
    await prosody.stop();
  });

  protocolCases(() => prosody.description);
  resilienceCases(() => prosody);
});
