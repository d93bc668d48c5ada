import { afterAll, beforeAll, describe } from 'vitest';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { userCases } from './user-cases.ts';

const canRun = requirePrograms('Users on ejabberd', EJABBERD_PROGRAMS);

describe.runIf(canRun)('a central agent on ejabberd', () => {
  let server: TestEjabberd;

  beforeAll(async () => {
    server = await TestEjabberd.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  userCases(() => server.description);
});
