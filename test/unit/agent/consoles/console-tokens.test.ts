import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ConsoleTokens, TOKEN_SECONDS } from '../../../../agent/consoles/console-tokens.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { ok } from '../../../../core/lib/result.ts';

const ONE = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';
const USER = 'carol@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;
const open = async () => ok(new Duplex());

describe('a token', () => {
  it('opens the console it was made for, once', () => {
    const tokens = new ConsoleTokens();
    const token = tokens.issue(USER, ONE, open);
    expect([tokens.take(ONE, token), tokens.take(ONE, token)]).toEqual([open, undefined]);
  });

  it('opens nothing on another machine, and nothing afterwards', () => {
    const tokens = new ConsoleTokens();
    const token = tokens.issue(USER, ONE, open);
    expect([tokens.take(OTHER, token), tokens.take(ONE, token)]).toEqual([undefined, undefined]);
  });

  it('is void when its time is over', () => {
    let nowMs = 0;
    const tokens = new ConsoleTokens(() => nowMs);
    const [early, late] = [tokens.issue(USER, ONE, open), tokens.issue(USER, ONE, open)];
    nowMs = TOKEN_SECONDS * 1000 - 1;
    const before = tokens.take(ONE, early);
    nowMs += 1;
    expect([before, tokens.take(ONE, late)]).toEqual([open, undefined]);
  });

  it('cannot be guessed from another one', () => {
    const tokens = new ConsoleTokens();
    const made = Array.from({ length: 100 }, () => tokens.issue(USER, ONE, open));
    expect(new Set(made).size).toBe(100);
    expect(made.every((token) => token.length === 32)).toBe(true);
  });

  it('is the first to go when its user asks for very many, and none of others', () => {
    const tokens = new ConsoleTokens(() => 0);
    const others = tokens.issue(BOB, ONE, open);
    const made = Array.from({ length: 201 }, () => tokens.issue(USER, ONE, open));
    const [oldest = '', second = ''] = made;
    const taken = [others, oldest, second].map((token) => tokens.take(ONE, token));
    expect(taken).toEqual([open, undefined, open]);
  });

  it('is the first to go of all when very many ask for few each', () => {
    const tokens = new ConsoleTokens(() => 0);
    const made = Array.from({ length: 5001 }, (_, index) => {
      return tokens.issue(`user${index % 50}@example.org` as BareJid, ONE, open);
    });
    const [oldest = '', second = ''] = made;
    expect([tokens.take(ONE, oldest), tokens.take(ONE, second)]).toEqual([undefined, open]);
  });
});
