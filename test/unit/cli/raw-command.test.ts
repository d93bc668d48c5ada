import { describe, expect, it } from 'vitest';
import { harmOf, readRawStanza } from '../../../cli/raw-command.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';

describe('a stanza written by hand', () => {
  it('is an iq with a payload; the rest is filled in', () => {
    const text = `\n<iq type='get'><query xmlns='archipel:hypervisor:health'><archipel action='info'/></query></iq>\n`;
    const { type, payload } = expectOk(readRawStanza(text));
    expect({ type, name: payload.name, namespace: payload.attributes['xmlns'] }).toEqual({
      type: 'get',
      name: 'query',
      namespace: 'archipel:hypervisor:health',
    });
  });

  it.each([
    ['<iq type="get"', /no XML \(.+ in line 1, column \d+\)/u],
    ['<message/>', /must be an <iq>, but is <message>/u],
    ['<iq type="result"><query/></iq>', /type="get" or type="set"/u],
    ['<iq type="set"/>', /is empty/u],
    ['<!DOCTYPE a><iq/>', /no XML/u],
  ])('is refused when it is %s', (text, why) => {
    expect(expectErr(readRawStanza(text))).toMatch(why);
  });

  it('is held back when it would hang an original agent', () => {
    const stanza = (namespace: string) =>
      expectOk(
        readRawStanza(
          `<iq type='get'><query xmlns='${namespace}'><archipel action='capabilities'/></query></iq>`,
        ),
      );
    expect(harmOf(stanza('archipel:hypervisor:control'))).toMatch(/original agent/u);
    expect(harmOf(stanza('archipel:vm:definition'))).toBeUndefined();
  });
});
