import type { SshQuestions } from '../../../core/ssh/ssh-question.ts';
import type { StreamOrder, StreamReport } from '../stream-messages.ts';
import type { SshQuestion } from './ssh-messages.ts';

type Answer = Extract<StreamOrder, { readonly kind: 'answer-ssh' }>['answer'];

/** Passes what SSH hosts ask on to main, and its answers back. */
export class QuestionDesk {
  readonly #report: (report: StreamReport) => void;
  readonly #open = new Map<number, (answer: Answer) => void>();
  #count = 0;

  constructor(report: (report: StreamReport) => void) {
    this.#report = report;
  }

  /** Whoever answers for one attempt; all that is open ends with the signal. */
  questionsUntil(signal: AbortSignal): SshQuestions {
    return {
      trustHostKey: async (question) => {
        const answer = await this.#ask({ kind: 'host-key', ...question }, signal);
        return typeof answer === 'boolean' ? answer : undefined;
      },
      secret: async (question) => {
        const answer = await this.#ask(question, signal);
        return typeof answer === 'string' ? answer : undefined;
      },
    };
  }

  /** Takes main's answer; one that nobody waits for is dropped. */
  answer(id: number, answer: Answer): void {
    this.#open.get(id)?.(answer);
  }

  #ask(question: SshQuestion, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return Promise.resolve(undefined);
    const id = (this.#count += 1);
    return new Promise((resolve) => {
      const settle = (answer: Answer): void => {
        signal.removeEventListener('abort', leave);
        this.#open.delete(id);
        resolve(answer);
      };
      const leave = (): void => {
        this.#report({ kind: 'ssh-question-over', id });
        settle(undefined);
      };
      signal.addEventListener('abort', leave);
      this.#open.set(id, settle);
      this.#report({ kind: 'ssh-question', id, question });
    });
  }
}
