import { describe, expect, it } from 'vitest';
import { entityId } from '../../../../core/domain/entity.ts';
import { OUTCOME_NAMESPACE } from '../../../../core/protocol/outcome.ts';
import { ALL_ACTIONS } from '../../../../core/protocol/all-actions.ts';
import type { Action } from '../../../../core/protocol/define-action.ts';
import { err } from '../../../../core/lib/result.ts';
import type { FakeAnswer, FakeRequest } from '../../../support/fake-session.ts';
import { ACCOUNT, ApplicationFixture } from '../application-fixture.ts';
import { presenceOf } from '../fake-fleet.ts';
import { HYPERVISOR, MACHINE, OneMachine } from './one-machine.ts';
import { SAMPLES, type Sample } from './order-samples.ts';

type Cut = (act: () => FakeAnswer) => FakeAnswer;

/** Where the link is cut, and whether the entity has acted by then. */
const CUTS: Readonly<Record<string, { readonly cut: Cut; readonly acts: boolean }>> = {
  'before sending': {
    acts: false,
    cut: () => err({ code: 'not-sent', because: 'disconnected' }),
  },
  'after sending': {
    acts: false,
    cut: () => err({ code: 'unknown-outcome', because: 'disconnected' }),
  },
  'after the agent acted': {
    acts: true,
    cut: (act) => {
      act();
      return err({ code: 'unknown-outcome', because: 'disconnected' });
    },
  },
  'before the answer': {
    acts: true,
    cut: (act) => {
      act();
      return err({ code: 'unknown-outcome', because: 'timeout' });
    },
  },
};

type SetAction = Action<unknown, unknown, 'set'>;

function isSet(action: Action): action is SetAction {
  return action.kind === 'set';
}

const ORDERS = ALL_ACTIONS.flatMap(({ module, action }) =>
  isSet(action) ? [{ title: `${module}.${action.name}`, module, action }] : [],
);

function sampleOf(module: string, name: string): Sample<unknown> {
  const samples: Readonly<Record<string, Readonly<Record<string, Sample<unknown>>>>> = SAMPLES;
  const sample = samples[module]?.[name];
  if (!sample) throw new Error(`No sample of ${module}.${name}`);
  return sample;
}

/** Gives one order whose link is cut, reconnects, and waits for what the journal finds out. */
async function orderAndCut(action: SetAction, sample: Sample<unknown>, cut: Cut, keeps: boolean) {
  const world = new OneMachine();
  sample.prepare?.(world);
  let given = 0;
  const fixture = new ApplicationFixture((session) => {
    session.answer = (request: FakeRequest) => {
      const isIt =
        request.type === 'set' && request.payload.attributes['xmlns'] === action.namespace;
      if (!isIt) return world.fleet.answer(request);
      given += 1;
      return cut(() => world.fleet.answer(request));
    };
  });
  if (keeps) world.fleet.keepOutcomes(() => fixture.time.now());
  else world.fleet.features = world.fleet.features?.filter((one) => one !== OUTCOME_NAMESPACE);
  const arrive = async () => {
    fixture.session.receive(presenceOf(`${HYPERVISOR}/rack1`, 'Online (1)'));
    fixture.session.receive(presenceOf(`${MACHINE}/rack1`, 'Off', 'xa'));
    await fixture.time.pass(3000);
  };
  await fixture.connect();
  await arrive();
  const subject = entityId(ACCOUNT, sample.to);
  const { signal } = new AbortController();
  const ordered = fixture.link.order(action, sample.to, sample.input, {
    run: 'r',
    subject,
    signal,
  });
  await fixture.time.pass(100);
  await ordered;
  await fixture.reconnect();
  await arrive();
  await fixture.time.pass(20_000);
  const [entry] = fixture.application.journal.entries;
  const acted = world.fleet.carriedOut.get(`${action.namespace} ${action.name}`) ?? 0;
  return { entry, given, acted, bugs: fixture.bugs };
}

describe.each(ORDERS)('$title', ({ module, action }) => {
  const sample = sampleOf(module, action.name);

  it.each(Object.entries(CUTS))(
    'is given once and settled in the journal when the link is cut %s',
    async (_where, { cut, acts }) => {
      const { entry, given, acted, bugs } = await orderAndCut(action, sample, cut, true);
      expect({ state: entry?.state, given, acted, bugs }).toEqual({
        state: acts ? 'done' : 'failed',
        given: 1,
        acted: acts ? 1 : 0,
        bugs: [],
      });
    },
  );

  it.each(Object.entries(CUTS))(
    'is looked for in the state of an entity without a record when the link is cut %s',
    async (where, { cut, acts }) => {
      const { entry, given, acted, bugs } = await orderAndCut(action, sample, cut, false);
      const isHidden = sample.leavesNoTrace === true && where !== 'before sending';
      expect({ state: entry?.state, given, acted, bugs }).toEqual({
        state: isHidden ? 'unknown' : acts ? 'done' : 'failed',
        given: 1,
        acted: acts ? 1 : 0,
        bugs: [],
      });
    },
  );
});
