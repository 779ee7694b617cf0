import type { ErrorAction } from '../../src/ui/commandError';
import type { Answer, BusyRequest, Choice, ConfirmRequest, InputRequest, PickManyRequest, PickRequest, Prompts } from '../../src/ui/prompts/prompts';

export interface Told {
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly actions: readonly ErrorAction[];
}

/** How to answer one question: a line's label, a text, a step back, or leaving. */
export type Reply = string | RegExp | { readonly back: true } | { readonly leave: true };

/** More than any journey has: a question that comes again and again ends the test. */
const MOST_QUESTIONS = 60;

/**
 * Answers questions as a person in a hurry does, who presses Enter: the active or first choice, the text that stands
 * there. Questions whose title matches are answered as told, each reply once. Keeps what was asked and told.
 */
export class ScriptedPrompts implements Prompts {
  readonly asked: string[] = [];
  readonly refused: string[] = [];
  readonly told: Told[] = [];
  readonly confirmed: ConfirmRequest[] = [];
  readonly picks: PickRequest<unknown>[] = [];
  readonly manyPicks: PickManyRequest<unknown>[] = [];
  readonly inputs: InputRequest[] = [];
  agree = true;
  /** What is waited for, by its words; a person who leaves it does so at once. */
  leaveBusy: RegExp | undefined;
  private readonly replies: { readonly title: RegExp; readonly reply: Reply }[] = [];

  when(title: RegExp, reply: Reply): this {
    this.replies.push({ title, reply });
    return this;
  }

  pick<T>(request: PickRequest<T>): Promise<Answer<T>> {
    this.picks.push(request as PickRequest<unknown>);
    const reply = this.replyTo(request.title, request.position);
    if (typeof reply === 'object' && !(reply instanceof RegExp)) {
      return Promise.resolve(turn(reply));
    }
    const usual = request.choices.find(({ value }) => request.active?.(value) === true) ?? request.choices[0];
    const wanted = reply === undefined ? usual : request.choices.find((choice) => matches(choice, reply));
    if (wanted === undefined) {
      const offered = request.choices.map(({ label }) => label).join(', ');
      return Promise.reject(new Error(`"${request.title}" offers no ${String(reply)}, only ${offered}`));
    }
    return Promise.resolve({ kind: 'value', value: wanted.value });
  }

  /** Takes what is taken at first, else the first; a reply is a label, or a pattern that several may match. */
  pickMany<T>(request: PickManyRequest<T>): Promise<Answer<readonly T[]>> {
    this.manyPicks.push(request as PickManyRequest<unknown>);
    const reply = this.replyTo(request.title, request.position);
    if (typeof reply === 'object' && !(reply instanceof RegExp)) {
      return Promise.resolve(turn(reply));
    }
    const usual = request.choices.filter(({ value }) => request.picked(value));
    const wanted = reply === undefined ? (usual.length === 0 ? request.choices.slice(0, 1) : usual) : request.choices.filter((choice) => matches(choice, reply));
    return Promise.resolve({ kind: 'value', value: wanted.map(({ value }) => value) });
  }

  input(request: InputRequest): Promise<Answer<string>> {
    this.inputs.push(request);
    const reply = this.replyTo(request.title, request.position);
    if (typeof reply === 'object' && !(reply instanceof RegExp)) {
      return Promise.resolve(turn(reply));
    }
    const text = typeof reply === 'string' ? reply : request.value;
    const problem = request.validate?.(text);
    if (problem !== undefined) {
      this.refused.push(problem);
      return this.input(request);
    }
    return Promise.resolve({ kind: 'value', value: text });
  }

  async busy<T>({ placeholder }: BusyRequest, task: (signal: AbortSignal) => Promise<T>): Promise<Answer<T>> {
    const stop = new AbortController();
    const done = task(stop.signal).then((value): Answer<T> => ({ kind: 'value', value }));
    if (this.leaveBusy?.test(placeholder) !== true) {
      return done;
    }
    stop.abort();
    done.catch(() => undefined);
    return { kind: 'cancelled' };
  }

  confirm(request: ConfirmRequest): Promise<boolean> {
    this.confirmed.push(request);
    return Promise.resolve(this.agree);
  }

  tell(level: Told['level'], message: string, actions: readonly ErrorAction[]): Promise<ErrorAction | undefined> {
    this.told.push({ level, message, actions });
    return Promise.resolve(undefined);
  }

  focus(): void {
    this.asked.push('(focus)');
  }

  private replyTo(title: string, position: PickRequest<unknown>['position']): Reply | undefined {
    this.asked.push(position === undefined ? title : `${title} (${position.step} of ${position.total})`);
    if (this.asked.length > MOST_QUESTIONS) {
      throw new Error(`asked without end: ${this.asked.slice(-5).join(', ')}`);
    }
    const index = this.replies.findIndex((scripted) => scripted.title.test(title));
    return index < 0 ? undefined : this.replies.splice(index, 1)[0]?.reply;
  }
}

function turn(reply: { readonly back: true } | { readonly leave: true }): Answer<never> {
  return { kind: 'back' in reply ? 'back' : 'cancelled' };
}

function matches({ label }: Choice<unknown>, reply: string | RegExp): boolean {
  return typeof reply === 'string' ? label === reply : reply.test(label);
}
