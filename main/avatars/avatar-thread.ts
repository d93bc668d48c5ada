import { parentPort } from 'node:worker_threads';
import { makeAvatar } from './make-avatar.ts';

/** The thread that decodes the pictures of strangers, away from main's event loop: each is answered once. */
parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(makeAvatar(bytes)));
