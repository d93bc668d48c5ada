import { afterAll, beforeAll, describe } from 'vitest';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { LIBVIRTD_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { agentCases } from './agent-cases.ts';

const canRun = requirePrograms('Agent on ejabberd', [...EJABBERD_PROGRAMS, ...LIBVIRTD_PROGRAMS]);

describe.runIf(canRun)('an agent on ejabberd', () => {
  let server: TestEjabberd;

  beforeAll(async () => {
    server = await TestEjabberd.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  agentCases(() => server, { letsAgentsMakeNodes: true });
});
