import { afterAll, beforeAll, describe } from 'vitest';
import { protocolCases } from '../xmpp/cases.ts';
import { resilienceCases } from '../xmpp/resilience-cases.ts';
import { TestEmbedded } from './test-embedded.ts';

describe('on the embedded server', () => {
  let embedded: TestEmbedded;

  beforeAll(async () => {
    embedded = await TestEmbedded.start();
  });

  afterAll(async () => {
    await embedded.stop();
  });

  protocolCases(() => embedded.description);
  resilienceCases(() => embedded);
});
