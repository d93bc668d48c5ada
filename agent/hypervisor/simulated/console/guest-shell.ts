/** What a shell can find out about its guest and do with it. */
export interface GuestFacts {
  readonly name: string;
  readonly vcpus: number;
  readonly totalMiB: number;
  readonly usedMiB: number;
  readonly load: number;
  readonly ranSeconds: number;
  readonly now: Date;
}

export interface ShellSurroundings {
  readonly facts: () => GuestFacts;
  /** What stands above the prompt of the login. */
  readonly introduction: readonly string[];
  /** Text for the screen, with `\n` at the ends of lines. */
  readonly print: (text: string) => void;
  readonly reboot: () => void;
  readonly powerOff: () => void;
}

const MOST_TYPED = 200;
const BANNED = /\p{C}/u;

/** A login and a small shell on one line of a guest: it echoes, and knows a few harmless commands. */
export class GuestShell {
  readonly #surroundings: ShellSurroundings;
  #state: 'login' | 'password' | 'shell' = 'login';
  #user = '';
  #typed = '';

  constructor(surroundings: ShellSurroundings) {
    this.#surroundings = surroundings;
  }

  get prompt(): string {
    const { name } = this.#surroundings.facts();
    if (this.#state === 'login') return `${name} login: `;
    if (this.#state === 'password') return 'Password: ';
    return `${this.#user}@${name}:~${this.#user === 'root' ? '#' : '$'} `;
  }

  /** Begins at the login. */
  greet(): void {
    this.#state = 'login';
    this.#typed = '';
    this.#print(`${this.#surroundings.introduction.join('\n')}\n${this.prompt}`);
  }

  /** Goes on as a user who has logged in before; the prompt is on the screen already. */
  resumeAs(user: string): void {
    this.#state = 'shell';
    this.#user = user;
  }

  /** Takes what is typed: characters, and the controls of a terminal. */
  type(text: string): void {
    for (const character of text) this.#take(character);
  }

  readonly #controls: Readonly<Record<string, () => void>> = {
    '\r': () => this.#finishLine(),
    '\n': () => this.#finishLine(),
    '\x7f': () => this.#takeBack(),
    '\b': () => this.#takeBack(),
    // Ctrl+C, Ctrl+D and Ctrl+L.
    '\x03': () => {
      this.#typed = '';
      this.#print(`^C\n${this.prompt}`);
    },
    '\x04': () => {
      if (this.#state === 'shell' && this.#typed === '') this.#logOut();
    },
    '\x0c': () => this.#print(`\f${this.prompt}${this.#state === 'password' ? '' : this.#typed}`),
  };

  #take(character: string): void {
    const control = this.#controls[character];
    if (control) {
      control();
      return;
    }
    if (BANNED.test(character) || this.#typed.length >= MOST_TYPED) return;
    this.#typed += character;
    if (this.#state !== 'password') this.#print(character);
  }

  #finishLine(): void {
    this.#print('\n');
    this.#enter(this.#typed);
  }

  #takeBack(): void {
    if (this.#typed !== '' && this.#state !== 'password') this.#print('\b \b');
    this.#typed = this.#typed.slice(0, -1);
  }

  #enter(line: string): void {
    this.#typed = '';
    if (this.#state === 'login') {
      this.#user = line.trim();
      if (this.#user !== '') this.#state = 'password';
      this.#print(this.prompt);
    } else if (this.#state === 'password') {
      // Whoever sees the console of a simulated guest may use it.
      this.#state = 'shell';
      this.#print(`\nWelcome. Type help for what is here.\n${this.prompt}`);
    } else {
      this.#run(line.trim());
    }
  }

  #run(line: string): void {
    const [command = '', ...words] = line.replace(/^sudo\s+/u, '').split(/\s+/u);
    const { reboot, powerOff } = this.#surroundings;
    if (command === 'exit' || command === 'logout') this.#logOut();
    else if (command === 'reboot') reboot();
    else if (command === 'poweroff' || command === 'shutdown' || command === 'halt') powerOff();
    else {
      const said = this.#answer(command, words);
      this.#print(`${said === '' || said === '\f' ? said : `${said}\n`}${this.prompt}`);
    }
  }

  #answer(command: string, words: readonly string[]): string {
    const facts = this.#surroundings.facts();
    const answers: Readonly<Record<string, () => string>> = {
      '': () => '',
      help: () =>
        `${Object.keys(answers).filter(Boolean).sort().join('  ')}  exit  reboot  poweroff`,
      clear: () => '\f',
      date: () => facts.now.toUTCString(),
      echo: () => words.join(' '),
      free: () => memoryTable(facts),
      hostname: () => facts.name,
      id: () => `uid=${this.#user === 'root' ? 0 : 1000}(${this.#user})`,
      ls: () => '',
      nproc: () => String(facts.vcpus),
      pwd: () => (this.#user === 'root' ? '/root' : `/home/${this.#user}`),
      uname: () => (words.includes('-a') ? `Linux ${facts.name} 6.1.0 x86_64 GNU/Linux` : 'Linux'),
      uptime: () => uptimeLine(facts),
      whoami: () => this.#user,
    };
    const answer = Object.hasOwn(answers, command) ? answers[command] : undefined;
    return answer?.() ?? `sh: ${command}: not found`;
  }

  #logOut(): void {
    this.#state = 'login';
    this.#print(`\f`);
    this.greet();
  }

  #print(text: string): void {
    this.#surroundings.print(text);
  }
}

export function uptimeLine({ ranSeconds, load }: GuestFacts): string {
  return ` up ${spokenTime(ranSeconds)},  1 user,  load average: ${load.toFixed(2)}`;
}

export function memoryTable({ totalMiB, usedMiB }: GuestFacts): string {
  return `Mem: ${totalMiB} total, ${usedMiB} used`;
}

function spokenTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const clock = `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return days > 0 ? `${days} days, ${clock}` : clock;
}
