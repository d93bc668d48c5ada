import { afterAll, beforeAll, describe } from 'vitest';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { protocolCases } from './cases.ts';
import { resilienceCases } from './resilience-cases.ts';

describe.runIf(requirePrograms('XMPP on ejabberd', EJABBERD_PROGRAMS))('on ejabberd', () => {
  let ejabberd: TestEjabberd;

  beforeAll(async () => {
    ejabberd = await TestEjabberd.start();
  });

  afterAll(async () => {
    await ejabberd.stop();
  });

  protocolCases(() => ejabberd.description);
  resilienceCases(() => ejabberd);
});
