import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endWithReader } from '../../../cli/output/closed-pipe.ts';

function broken(code: string): Error {
  return Object.assign(new Error(`write ${code}`), { code });
}

describe('output that nobody reads any more', () => {
  it('interrupts the program once, however much was still to be printed', () => {
    const [out, error, program] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
    const heard: unknown[] = [];
    program.on('SIGINT', (signal) => heard.push(signal));
    endWithReader([out, error], program);
    out.emit('error', broken('EPIPE'));
    out.emit('error', broken('EPIPE'));
    error.emit('error', broken('EPIPE'));
    expect(heard).toEqual(['SIGINT']);
  });

  it('interrupts what begins only after the first print into nothing', () => {
    const [out, program] = [new EventEmitter(), new EventEmitter()];
    const heard: unknown[] = [];
    endWithReader([out], program);
    out.emit('error', broken('EPIPE'));
    program.on('SIGINT', (signal) => heard.push(signal));
    out.emit('error', broken('EPIPE'));
    out.emit('error', broken('EPIPE'));
    expect(heard).toEqual(['SIGINT']);
  });

  it('hides no other fault', () => {
    const out = new EventEmitter();
    endWithReader([out], new EventEmitter());
    expect(() => out.emit('error', broken('ENOSPC'))).toThrow('ENOSPC');
  });
});
