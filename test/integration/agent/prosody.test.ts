import { afterAll, beforeAll, describe } from 'vitest';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { LIBVIRTD_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { agentCases } from './agent-cases.ts';

const canRun = requirePrograms('Agent on Prosody', [...PROSODY_PROGRAMS, ...LIBVIRTD_PROGRAMS]);

describe.runIf(canRun)('an agent on Prosody', () => {
  let server: TestProsody;

  beforeAll(async () => {
    server = await TestProsody.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  agentCases(() => server, { letsAgentsMakeNodes: false });
});
