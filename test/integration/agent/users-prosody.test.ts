import { afterAll, beforeAll, describe } from 'vitest';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { userCases } from './user-cases.ts';

const canRun = requirePrograms('Users on Prosody', PROSODY_PROGRAMS);

describe.runIf(canRun)('a central agent on Prosody', () => {
  let server: TestProsody;

  beforeAll(async () => {
    server = await TestProsody.start();
  });

  afterAll(async () => {
    await server.stop();
  });

  userCases(() => server.description);
});
